"""What `add` took, what is still missing, what is not sure, what was not used."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from crossover.cli.log import log
from crossover.cli.view.laid_aside import show_laid_aside
from crossover.cli.view.next_step import Flags, placed
from crossover.cli.view.originals import show_originals, warn_of_watermarks
from crossover.cli.view.progress import bytes_text, progress
from crossover.cli.view.questions import show_questions
from crossover.cli.view.screen import console, count, numbers_text, say, say_points
from crossover.cli.view.waiting import words_by_hand
from crossover.exports.archive.unopened import why_unopened
from crossover.exports.base import Export
from crossover.exports.problems import find_section_problems
from crossover.library.add import AddProgress, AddResult
from crossover.library.file_counts import FileCounts
from crossover.library.unused import UnusedItem
from crossover.library.update import open_questions
from crossover.media.files.file_names import media_kind, why_unmoved
from crossover.model.next_step import Hint, step
from crossover.model.posts import Unreadable
from crossover.text import one_line

_READ_PAGE = Hint(" (", step("captions"), " reads them from your public page)")


_FEW = 3
"""So many are named one by one, although they share a reason, where there is room."""
_SHOWN = 12


@contextmanager
def adding() -> Iterator[AddProgress]:
    """Show how far an `add` is."""
    with progress("looking at what you named") as shown:

        def looked_at(path: Path, place: int, total: int) -> None:
            log.debug("looking at %s (%d/%d)", path, place, total)
            shown.rename(f"looking at {path.name}")
            shown.at(place - 1, total)

        yield AddProgress(
            read_bytes=shown.stage("reading the export", text=bytes_text),
            read_files=shown.stage("reading captions"),
            looked_at=looked_at,
            kept=shown.stage("putting files into the workspace"),
        )


def show_added(result: AddResult, flags: Flags) -> None:
    """Show what was taken, what is still missing, what is not sure and what was not used."""
    has_posts = any(export.found for export in result.found.exports)
    for export in result.found.exports:
        _show_export(export, flags, has_posts=has_posts)
    _show_counts(result)
    _show_file_counts(result.files)
    _show_missing(result, flags)
    show_questions(open_questions(result.library), flags)
    show_originals(result.originals, result.library, flags)
    warn_of_watermarks(result.found, flags)
    if result.found.system_files:
        what = count(result.found.system_files, "file")
        say(
            f"Left aside: {what} of macOS and Windows themselves; nothing of yours is in such files."
        )
    if result.added.leftovers:
        _show_leftovers(result.added.leftovers, flags)
    console.print()
    show_laid_aside(result.laid_aside)


def _show_export(export: Export, flags: Flags, *, has_posts: bool) -> None:
    """Show an export that was read. Where one of those given `has_posts`, the others need none."""
    made = f", made {export.made:%Y-%m-%d}" if export.made else ""
    form = export.format.upper()
    say(f"Export: {export.name} ({form}{made}, {count(export.found, 'post')})")
    _log_and_say([f"left out: {left.name}: {left.reason}" for left in export.left_out])
    _log_and_say(_unreadable(export.unreadable))
    missing = () if has_posts else find_section_problems(export)
    for problem in (*missing, *export.problems):
        say(problem.message)
        say_points([placed(problem.next, flags)], style="dim")


def _show_counts(result: AddResult) -> None:
    library = result.library
    who = f"@{library.handle}: " if library.handle else ""
    posts = [
        count(len(result.added.new), "new post"),
        f"{result.changed_posts:,} changed",
        f"{result.unchanged_posts:,} unchanged",
    ]
    news = [
        *(posts if result.found.exports else []),
        f"new captions for {result.added.got_words}",
        f"new files for {result.got_files}",
    ]
    say(who + count(len(library.posts) + len(library.unreadable), "post") + f" ({', '.join(news)})")


def _show_file_counts(files: FileCounts) -> None:
    if not files.given:
        return
    what = count(files.given, "video or picture", "videos and pictures")
    parts = [f"{files.used:,} used", f"{files.unused:,} not used"]
    if files.asked:
        parts.insert(1, f"{files.asked:,} in question")
    say(f"{what} given = {' + '.join(parts)}")


def _show_missing(result: AddResult, flags: Flags) -> None:
    """Show the posts without files or words, and the records that an earlier export left."""
    exports, library = result.found.exports, result.library
    bare = [p.number for p in library.posts if not p.media]
    wordless = [p for p in library.posts if not (p.text or p.title)]
    public = [p.number for p in wordless if p.may_be_listed]
    read_page = placed(_READ_PAGE, flags) if exports and not library.tiktok_gone else ""
    say_points(
        f"{count(len(lacking), 'post')} without {what}: {numbers_text(lacking)}{how}"
        for what, lacking, how in (("files", bare, ""), ("words", public, read_page))
        if lacking
    )
    if by_hand := [str(p.number) for p in wordless if not p.may_be_listed]:
        say_points([placed(words_by_hand(by_hand), flags)])
    told = {record for export in exports for record in export.unreadable}
    _log_and_say(_unreadable(record for record in library.unreadable if record not in told))


def _show_leftovers(leftovers: Sequence[UnusedItem], flags: Flags) -> None:
    number = sum(item.number for item in leftovers)
    say(f"Not used ({number:,}){'; all are named in the log' if number > _FEW else ''}:")
    for item in leftovers:
        log.info("not used: %s: %s%s", one_line(item.what), item.reason, _instead(item))
    like = [item for item in leftovers if not item.unlike]
    lines = _by_reason(like, flags)
    _say_first(lines if len(lines) <= _SHOWN else _by_reason(like, flags, few=1))
    say_points(_by_reason((x for x in leftovers if x.unlike), flags))


def _by_reason(leftovers: Iterable[UnusedItem], flags: Flags, *, few: int = _FEW) -> list[str]:
    """List what was not used: rare reasons first, file by file; a reason that more than a `few`
    share is one line."""
    by_reason: dict[str, list[UnusedItem]] = defaultdict(list)
    for item in leftovers:
        by_reason[placed(item.reason, flags)].append(item)
    lines = []
    for reason, items in sorted(by_reason.items(), key=lambda one: len(one[1]) > few):
        if len(items) > few:
            files = " files" if all(_is_file(item.what) for item in items) else ""
            first = f"{one_line(items[0].what)}{_instead(items[0])}"
            lines.append(f"{len(items):,}{files}, such as {first}: {reason}")
        else:
            lines += [f"{one_line(item.what)}: {reason}{_instead(item)}" for item in items]
    return lines


def _instead(item: UnusedItem) -> str:
    return f" (instead: {one_line(item.instead)})" if item.instead else ""


def _is_file(name: str) -> bool:
    return bool(media_kind(Path(name)) or why_unmoved(Path(name)) or why_unopened(name))


def _unreadable(records: Iterable[Unreadable]) -> list[str]:
    return [f"record {record.position} cannot be read: {record.reason}" for record in records]


def _log_and_say(points: Sequence[str]) -> None:
    for point in points:
        log.info("%s", point)
    _say_first(points)


def _say_first(points: Sequence[str]) -> None:
    """Say the first of what the log has."""
    say_points(points[:_SHOWN])
    if len(points) > _SHOWN:
        say_points([f"and {len(points) - _SHOWN:,} more; all of them are in the log"])
