"""Tiny makers of values for tests: name only what matters."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from crossover.accounts.ledger.entry import Entry
from crossover.accounts.ledger.ledger import Ledger
from crossover.library.posts_file import Library
from crossover.limits.limits import load_limits
from crossover.mapping.note_files import NoteFiles
from crossover.mapping.notes import map_post
from crossover.media.containers.video_coding import VideoCoding
from crossover.media.fit.fitted import Fitted, FittedPicture, FittedVideo
from crossover.model.account import Account, Marker, SiteName
from crossover.model.carried import Carried
from crossover.model.choices import Edit, Rules, TopicPolicy
from crossover.model.notes import Cover, Note, NoteMedia, Plan, State
from crossover.model.posts import Kind, Link, Media, MediaKind, Post, Visibility
from crossover.plan.compiler import compile_plan
from crossover.plan.sent import group_sent
from crossover.settings.edits import Edits

LIMITS = load_limits(SiteName.REHEARSAL)
NOON = datetime(2025, 2, 6, 12, 0, 0, tzinfo=UTC)
ACCOUNT = Account(SiteName.REHEARSAL, "5f0000000000000000000001", "Practice account")
MARKER = Marker((), NOON)
KEEP_TOPICS = Rules(topics_policy=TopicPolicy.KEEP)
CARRIED = Carried("Words", None, (("a" * 64,),))


def try_again(one: Note, ledger: Ledger) -> None:
    """What the creator says of a note that was refused, or is gone from the account."""
    ledger.answer(one, State.READY, kind="again", said="another try", operator="mara")


def post(number: int = 1, **fields: Any) -> Post:
    """A public video post with words and a file, one minute after the one before it."""
    moment = datetime(2025, 1, 1 + number // 1440, (number // 60) % 24, number % 60, tzinfo=UTC)
    pictures = fields.pop("pictures", 0)
    values: dict[str, Any] = {
        "id": f"{moment:%Y-%m-%dT%H:%M:%SZ}",
        "posted_at": moment,
        "kind": Kind.PHOTOS if pictures else Kind.VIDEO,
        "number": number,
        "text": f"Words of post {number} #sunset",
        "visibility": Visibility.PUBLIC,
        "media": tuple(image(number, n) for n in range(1, pictures + 1)) or (video(number),),
    }
    return Post(**(values | fields))


def video(number: int = 1) -> Media:
    return Media(f"media/{number:04}-01.mp4", MediaKind.VIDEO, f"{number:064x}", 5000, 0, "v.mp4")


def image(number: int = 1, place: int = 1) -> Media:
    name = f"media/{number:04}-{place:02}.jpg"
    return Media(name, MediaKind.IMAGE, f"{number:060x}{place:04x}", 3000, 0, "p.jpg")


def link(kind: MediaKind = MediaKind.IMAGE) -> Link:
    return Link("https://p16.example/x", kind, NOON)


def files(item: Post) -> NoteFiles:
    """The files of a post as they would be sent."""
    media = tuple(
        NoteMedia(
            path=m.path,
            kind=m.kind,
            sha256=m.sha256,
            bytes=m.bytes,
            width=1080,
            height=1920 if m.kind is MediaKind.VIDEO else 1440,
            duration=12.0 if m.kind is MediaKind.VIDEO else None,
        )
        for m in item.media
    )
    cover = Cover("ready/c.jpg", "c" * 64, 900, 1080, 1440) if item.kind is Kind.VIDEO else None
    return NoteFiles(media, cover)


def notes_of(item: Post, rules: Rules | None = None) -> tuple[Note, ...]:
    return map_post(item, files(item), rules or Rules(), LIMITS)


def note(**fields: Any) -> Note:
    return replace(notes_of(post())[0], **fields)


def entry(post: str, part: int, state: State, **fields: Any) -> Entry:
    """A public video note that was tried once."""
    values: dict[str, Any] = {
        "attempt": 1,
        "marker": Marker((), NOON),
        "note_id": None,
        "url": None,
        "evidence": None,
        "reason": None,
        "title": "Title",
        "kind": Kind.VIDEO,
        "visibility": Visibility.PUBLIC,
    }
    return Entry(post, part, state, **(values | fields))


def fitted(library: Library) -> dict[tuple[str, MediaKind], Fitted]:
    """What fitting would give for every file of the library."""
    done: dict[tuple[str, MediaKind], Fitted] = {}
    for item in library.posts:
        for m in item.media:
            if m.kind is MediaKind.IMAGE:
                done[m.sha256, m.kind] = FittedPicture(m.path, m.sha256, m.bytes, 1080, 1440)
            else:
                cover = Cover("ready/c.jpg", "c" * 64, 900, 1080, 1440)
                done[m.sha256, m.kind] = FittedVideo(
                    width=1080,
                    height=1920,
                    duration=12.0,
                    coding=VideoCoding("mp4", "h264", 1080, 1920, fps=30.0, sound="aac", sounds=1),
                    cover=cover,
                    cover_at=0.4,
                )
    return done


def edited(**by_note: Edit) -> Edits:
    """The edits of notes, `n17_2` for note 17.2."""
    return Edits(Path("edits.yaml"), {n[1:].replace("_", "."): e for n, e in by_note.items()})


def plan(
    *posts: Post,
    rules: Rules | None = None,
    edits: Edits | None = None,
    sent: Iterable[Entry] = (),
    **library: Any,
) -> Plan:
    """The compiled plan of these posts, some of which were `sent` before."""
    made = Library(handle="mara", posts=posts, **library)
    return compile_plan(
        made,
        fitted(made),
        rules or Rules(),
        edits or edited(),
        LIMITS,
        to="rehearsal",
        site=SiteName.REHEARSAL,
        sent=group_sent(sent),
    )
