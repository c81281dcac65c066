"""Files without a TikTok id in their names, as the creator sees them: what they are, or may be."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

from crossover.cli.log import log
from crossover.cli.view.next_step import Flags, command_line, placed
from crossover.cli.view.screen import count, say, say_command, say_points
from crossover.library.gathering import Gathered
from crossover.library.originals.finding import Originals
from crossover.library.originals.named_files import pictures_of
from crossover.library.posts_file import Library
from crossover.media.files.file_names import is_saved_copy
from crossover.media.files.own_files import paths_of
from crossover.media.likeness.evidence import Pairing
from crossover.model.next_step import Hint, step
from crossover.text import one_line

_SHOWN = 12
_FEW = 3


def show_originals(originals: Originals, library: Library, flags: Flags) -> None:
    """Show which files were taken by what they look like and why, and which only may be."""
    decided = originals.decided
    _show(
        f"Known by what they look like ({len(decided.sure)}):",
        [
            f"{_names(one, originals)} {'is' if len(one.paths) == 1 else 'are'} post {one.number}:"
            f" {one_line(one.why)}"
            for one in decided.sure
        ],
    )
    by_post: dict[int, list[Pairing]] = defaultdict(list)
    for one in decided.doubts:
        by_post[one.number].append(one)
    _show(
        f"Perhaps a post's own ({len(by_post)}), not used until you say so:",
        [_doubt(some, originals) for some in by_post.values()],
    )
    _show_dated(originals, flags)
    _show_hints(originals, {post.number: pictures_of(post) for post in library.posts}, flags)


def _show_dated(originals: Originals, flags: Flags) -> None:
    """Tell how many files may be posts by their dates alone, and how they are settled."""
    if files := len(originals.dated):
        posts = count(originals.open_posts, "post")
        said = f"By date, {count(files, 'file')} may belong to {posts} without files: say which,"
        hint = Hint(f"{said} one key each, with ", step("add", "--confirm"), ".")
        say(placed(hint, flags))


def _doubt(some: Sequence[Pairing], originals: Originals) -> str:
    """All that may be one post's, in one line."""
    first = some[0]
    names = _names(first, originals)
    if len(some) == 1:
        return f"{names}, post {first.number}? {one_line(first.why)}"
    for one in some:
        log.info("%s, post %d? %s", _names(one, originals), one.number, one_line(one.why))
    called = [_names(one, originals) for one in some]
    rest = f" and {len(called) - _FEW:,} more" if len(called) > _FEW else ""
    several = f"{', '.join(called[:_FEW])}{rest}, post {first.number}?"
    return f"{several} {names}: {one_line(first.why)}"


def _show_hints(originals: Originals, pictures: Mapping[int, int | None], flags: Flags) -> None:
    """The commands that settle the first question. One that would take a part of a photo post for
    the whole is not offered."""
    doubts = originals.decided.doubts
    if not doubts:
        return
    whole = [one for one in doubts if len(one.paths) == (pictures[one.number] or len(one.paths))]
    first = (whole or doubts)[0]
    if any(one_line(path) != str(path) for path in first.paths):
        say_points(["A name among these cannot be typed: rename the file, then add it again."])
        return
    if whole:
        pairs = [f"{first.number}={_told_apart(path, originals)}" for path in first.paths]
        words = [word for pair in pairs for word in ("--pair", pair)]
        say_command("  If it is:", command_line(step("add", *first.paths, *words), flags))
    no = step("add", *first.paths, "--no-pair", str(first.number))
    say_command("  If not:", command_line(no, flags))
    if len(doubts) > 1 or originals.dated:
        one_by_one = Hint("All of them, one by one: ", step("add", "--confirm"))
        say_points([placed(one_by_one, flags)], style="dim")


def _told_apart(path: Path, originals: Originals) -> str:
    """Shorten to the name, or the whole path where another file is called the same."""
    return path.name if originals.names[path] == path.name else str(path)


def warn_of_watermarks(found: Gathered, flags: Flags) -> None:
    """Warn of names that say the file was saved from TikTok."""
    media = found.media
    others = (path for odd in media.odd if odd.instead is None for path in odd.paths)
    paths = [*media.nameless, *others]
    for own in media.files:
        paths += paths_of(own)
    if saved := sorted(one_line(path.name) for path in paths if is_saved_copy(path)):
        hint = Hint(
            f"Saved from TikTok, by their names ({len(saved)}): they may show its watermark. ",
            step("plan"),
            " looks for it; your own originals, or ",
            step("fetch"),
            ", are better.",
        )
        _show(placed(hint, flags), saved)


def _show(heading: str, points: Sequence[str]) -> None:
    if not points:
        return
    say(heading)
    say_points(points[:_SHOWN])
    if len(points) > _SHOWN:
        say_points([f"and {len(points) - _SHOWN:,} more; all of them are in the log"])
    for point in points:
        log.info("%s", point)


def _names(pairing: Pairing, originals: Originals) -> str:
    return ", ".join(originals.names[path] for path in pairing.paths)
