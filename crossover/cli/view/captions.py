"""Captions from the creator's page: the consent to read it, what was listed, what answers did."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import typer

from crossover.cli.view.added import show_added
from crossover.cli.view.laid_aside import show_laid_aside
from crossover.cli.view.next_step import Flags, command_line, placed
from crossover.cli.view.progress import progress
from crossover.cli.view.screen import count, is_terminal, say, say_command, say_points
from crossover.errors import UsageProblem
from crossover.library.caption_answers import Answered, AnswerResult, Effect
from crossover.library.page_captions import Lack, PageResult
from crossover.library.posts_file import Library
from crossover.library.update import open_questions
from crossover.model.next_step import Hint, step

HOW_IT_READS = (
    "crossover adds nothing; yt-dlp itself poses as a browser and answers TikTok's script check;"
    " nothing logs in, a puzzle meant for a person is left to you."
)
_BY_HAND = Hint("Words can also be written by hand: ", step("sheet out", "words.csv"))

_LACKS = {
    Lack.UNSURE: "not sure: several captions come into question",
    Lack.NO_CAPTION: "listed, without a caption",
    Lack.NOT_PUBLIC: "not public: TikTok lists only what everybody may see",
    Lack.PHOTOS: "with photos, not listed; yt-dlp may not see all of them",
    Lack.NOT_LISTED: "not listed",
}
_UNLISTED = (Lack.PHOTOS, Lack.NOT_LISTED)


def show_offer(posts: int) -> None:
    """Say why the page is worth a read: so many posts have no caption."""
    have = "has" if posts == 1 else "have"
    say(f"{count(posts, 'post')} {have} no caption: TikTok leaves captions out of exports.")


def confirm_read(handle: str, flags: Flags, *, yes: bool) -> bool:
    """Say how the page is read, and ask whether it may be. Raises `UsageProblem` where nobody can
    be asked."""
    say(f"This reads the public page of @{handle} on TikTok through yt-dlp.")
    say(HOW_IT_READS)
    if yes:
        return True
    if not is_terminal():
        raise UsageProblem(
            "The first read of your TikTok page needs a yes, and nobody is there to be asked.",
            next=Hint(
                "Add --yes; it is asked once. Or bring the words another way: ",
                step("sheet out", "words.csv"),
            ),
        )
    if typer.confirm("Read it now?", default=True, err=True):
        return True
    say("Nothing was read.", placed(_BY_HAND, flags))
    return False


def confirm_gone(handle: str) -> bool:
    """Ask whether the account was deleted, where somebody can be asked."""
    return is_terminal() and typer.confirm(
        f"TikTok has no page of @{handle}. Did you delete the account?", default=False, err=True
    )


def show_gone(*, gone: bool, flags: Flags) -> None:
    """Tell what was kept of that."""
    if not gone:
        say("Noted: your TikTok account is there.")
        return
    say("Noted: your TikTok account is deleted. No advice leads there any more.")
    back = Hint("If it comes back: ", step("captions", "--not-gone"))
    say_points([placed(back, flags)], style="dim")


@contextmanager
def listing_screen(handle: str) -> Iterator[Callable[[int], None]]:
    """Show how many posts of the page are listed."""
    say(f"Reading the public page of @{handle} on TikTok through yt-dlp.")
    with progress("asking TikTok", text=lambda number: count(int(number), "post")) as shown:
        yield shown.at


def show_page(read: PageResult, flags: Flags) -> None:
    """Show what was listed and added, how many posts have captions, and why the others may not."""
    say(f"{count(len(read.page.words), 'post')} listed by yt-dlp {read.page.version}")
    show_added(read.added, flags)
    posts = len(read.added.library.posts)
    have = "has a caption" if posts == 1 else "have captions"
    say(f"{posts - sum(read.lacks.values()):,} of {count(posts, 'post')} {have}.")
    say_points(f"{read.lacks[lack]:,} {why}" for lack, why in _LACKS.items() if lack in read.lacks)
    if Lack.PHOTOS in read.lacks:
        _show_way_to_photos(read.added.library.handle, flags)
    if any(lack in read.lacks for lack in _UNLISTED):
        say_points([placed(_BY_HAND, flags)], style="dim")
    if read.page.trouble is not None:
        say("The list broke off; what was listed is kept.")


def _show_way_to_photos(handle: str | None, flags: Flags) -> None:
    """Show the two commands that get the words and pictures of photo posts. gallery-dl's reading of
    whole pages was reported broken in July 2026, that of single posts not."""
    page = f"https://www.tiktok.com/@{handle or 'name'}"
    say("gallery-dl, if you have it, gets the words and pictures of photo posts:")
    say_command(" ", f"gallery-dl -d photos --write-metadata -o videos=false {page}")
    say_command(" ", command_line(step("add", "photos"), flags))
    say_points(
        ["If it finds nothing on the page, name the addresses of the posts in its place."],
        style="dim",
    )


def show_answers(result: AnswerResult, flags: Flags) -> None:
    """Show what answers did to the posts, and the files that these lost."""
    gone = result.library.tiktok_gone is not None
    for one in result.answered:
        say(f"Post {one.number}:", placed(_effect(one, tiktok_gone=gone), flags))
    show_laid_aside(result.laid_aside)


def _effect(one: Answered, *, tiktok_gone: bool) -> str:
    match one.effect:
        case Effect.GOT_CAPTION:
            return f"has the words of {one.tiktok_id}"
        case Effect.CAPTION_UNKNOWN if tiktok_gone:
            return f"is {one.tiktok_id}, whose words are not known here"
        case Effect.CAPTION_UNKNOWN:
            return Hint(
                f"is {one.tiktok_id}, whose words are not known here; ",
                step("captions"),
                " gets them from your public page",
            )
        case Effect.RELEASED:
            return f"no longer {one.tiktok_id}"
        case Effect.REFUSED:
            return "none of those in question"


def show_unsure(library: Library, *, answered: bool) -> None:
    """Show how many posts are not sure yet; `answered` says whether some were settled just now."""
    left = open_questions(library)
    none = "Nothing else is open." if answered else "Nothing is open."
    say(f"Still not sure: {count(len(left), 'post')}" if left else none)
