"""Fills a whole note into the studio page, up to where the creator presses publish."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from crossover.destinations.base import Unsendable
from crossover.destinations.studio.contract.contract import Bound, Contract, When
from crossover.destinations.studio.contract.page_contract import find_missing
from crossover.destinations.studio.dialogue import Doing, StudioStep
from crossover.destinations.studio.filling.controls.cover import set_cover
from crossover.destinations.studio.filling.controls.declaration import set_declaration
from crossover.destinations.studio.filling.controls.original import set_original
from crossover.destinations.studio.filling.controls.schedule import set_schedule
from crossover.destinations.studio.filling.controls.visibility import set_visibility
from crossover.destinations.studio.filling.form_page import FormPage
from crossover.destinations.studio.filling.media import choose_tab, give_files, wait_until_taken
from crossover.destinations.studio.filling.obstacles import clear_obstacles
from crossover.destinations.studio.filling.topics import add_topics
from crossover.destinations.studio.filling.upload_messages import UploadFailed
from crossover.destinations.studio.filling.words import fill_body, fill_title
from crossover.errors import RetryLater
from crossover.model.notes import Note
from crossover.model.posts import Kind
from crossover.model.uploads import Progress

if TYPE_CHECKING:
    from playwright.sync_api import Page

_TARGETS = {Kind.VIDEO: "video", Kind.PHOTOS: "image"}


@dataclass(frozen=True, slots=True)
class Filled:
    """What is known of a filled page that the page itself does not show. `cover_taken`: it shows
    another cover since it was given ours; None for a note without one."""

    cover_taken: bool | None


def publish_address(origin: str, kind: Kind) -> str:
    """The address of the empty publish page for notes of that kind. `origin` has no slash at its
    end."""
    return f"{origin}/publish/publish?from=homepage&target={_TARGETS[kind]}"


def fill(
    page: Page,
    note: Note,
    files: Path,
    contract: Contract,
    *,
    origin: str,
    hear: Callable[[StudioStep], None],
    progress: Progress,
    check_stop: Callable[[], None],
) -> Filled:
    """Fill the note into the publish page, which is loaded anew on the site at `origin` (no
    slash at its end); the note's files lie below `files`. Nothing is published. Repeatable.

    Raises `PageChanged` where the page is not as it is known, before the first text where that can
    be seen by then; `Unsendable` with RedNote's words for a file that it does not take;
    `LoginNeeded`, `AccountAtRisk`, `RetryLater`; what `check_stop` raises, which is called in every
    wait; and Playwright's errors where the window is gone.
    """
    form = FormPage(page, contract, hear, check_stop)
    done = _try_to_fill(form, note, files, origin, progress)
    if isinstance(done, UploadFailed):
        # Once more, from an empty page: a connection that broke is the usual reason.
        done = _try_to_fill(form, note, files, origin, progress)
    if isinstance(done, Filled):
        return done
    if done.network:
        raise RetryLater(
            f"A file did not reach RedNote, twice; its page says “{done.said}”.",
            next="Check the connection, then run the same command.",
        ) from done
    raise Unsendable(f"RedNote did not take a file, twice: “{done.said}”") from done


def _try_to_fill(
    form: FormPage, note: Note, files: Path, origin: str, progress: Progress
) -> Filled | UploadFailed:
    counted: list[int] = []

    def count(sent: int) -> None:
        counted.append(sent)
        progress(sent)

    try:
        return _fill(form, note, files, origin, count)
    except UploadFailed as failed:
        progress(-sum(counted))
        return failed


def _fill(form: FormPage, note: Note, files: Path, origin: str, progress: Progress) -> Filled:
    if note.kind is None:
        raise Unsendable("it is neither a video nor pictures")
    _open(form, origin, note.kind)
    clear_obstacles(form)
    choose_tab(form, note.kind)
    _check(form, When.OPEN, note)
    give_files(form, note, files, progress)
    form.doing = Doing.TITLE
    _check(form, When.FORM, note)
    clear_obstacles(form)
    fill_title(form, note.title)
    fill_body(form, note.body)
    add_topics(form, note.topics)
    clear_obstacles(form)
    set_visibility(form, note.visibility)
    set_original(form, original=note.original)
    set_schedule(form, note.schedule)
    wait_until_taken(form, note, progress)
    clear_obstacles(form)
    _check(form, When.END, note)
    taken = set_cover(form, note, files)
    # Last, as the page may ask the creator for more in a dialog that stays open.
    set_declaration(form, note.declaration)
    return Filled(taken if note.cover else None)


def _open(form: FormPage, origin: str, kind: Kind) -> None:
    form.tell(Doing.OPENING)
    address = publish_address(origin, kind)
    seconds = form.contract.seconds[Bound.PAGE]
    form.page.goto(address, wait_until="domcontentloaded", timeout=seconds * 1000)
    form.page.bring_to_front()
    form.need("upload-area", bound=Bound.PAGE)


def _check(form: FormPage, when: When, note: Note) -> None:
    """Raise `PageChanged` for all that should be there by now and does not come."""
    complete = form.wait(
        lambda: not find_missing(form.page, form.contract, when, note), Bound.APPEAR
    )
    if not complete:
        raise form.changed(*find_missing(form.page, form.contract, when, note))
