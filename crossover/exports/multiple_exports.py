"""Reads several exports of one account: all of them, to be merged, or of each part the newest. One that
cannot be read is always reported."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import islice

from crossover.errors import ExportError
from crossover.exports.archive.bundle import DOWNLOAD_AGAIN
from crossover.exports.base import Export, ExportProblem, ExportSource
from crossover.exports.damage import EXPORT_DAMAGED
from crossover.model.next_step import Hint, Placeholder, step

MAX_EXPORTS = 20
"""Exports read at once; of more it is said that they were not."""

_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
_PASSED_OVER = "export-passed-over"
_KEPT_OF_ALL = (EXPORT_DAMAGED, _PASSED_OVER, "too-many-exports")


def read_newest(sources: Iterable[ExportSource]) -> Export:
    """Read all `sources` and combine the newest of each part. Those that cannot be read are in
    `problems`, each with its own message.

    Raises `ExportError` with those messages when none can be read, `ValueError` without sources.
    """
    exports, failed, is_all = _read_sources(sources)
    return _with_failures(combine_newest(exports), failed, is_all=is_all)


def read_each(sources: Iterable[ExportSource]) -> tuple[Export, ...]:
    """Read all `sources`, to be merged: the newest is last; of those of one time, or of none, the
    first. Those that cannot be read are in the problems of the newest. Raises what `read_newest`
    raises."""
    exports, failed, is_all = _read_sources(sources)
    _check_one_account(exports)
    newest, *older = sorted(exports, key=_made, reverse=True)
    return *reversed(older), _with_failures(newest, failed, is_all=is_all)


_Failed = list[tuple[ExportSource, ExportError]]


def _read_sources(sources: Iterable[ExportSource]) -> tuple[list[Export], _Failed, bool]:
    """Read as many as are read at once. Returns those that cannot be, and whether these are all."""
    exports: list[Export] = []
    failed: _Failed = []
    left = iter(sources)
    for source in islice(left, MAX_EXPORTS):
        try:
            exports.append(source.read())
        except ExportError as exc:
            failed.append((source, exc))
    if not exports:
        raise _all_failed_error([exc for _, exc in failed])
    return exports, failed, next(left, None) is None


def _with_failures(export: Export, failed: _Failed, *, is_all: bool) -> Export:
    told = [_failed_export_problem(source, exc, export.made) for source, exc in failed]
    if not is_all:
        told.append(_too_many_problem())
    return replace(export, problems=(*told, *export.problems))


def combine_newest(exports: Sequence[Export]) -> Export:
    """Combine the posts of the newest export that holds posts with the public name of the newest
    that holds one. Its `problems` say what was taken from which.

    Among exports of one time, or of none, the first counts. Raises `ExportError` where they are
    of different accounts.
    """
    if len(exports) == 1:
        return exports[0]
    _check_one_account(exports)
    newest_first = sorted(exports, key=_made, reverse=True)
    posts = max(newest_first, key=_rank_content)  # of equal ones the first, which is the newest
    named = next((e for e in newest_first if e.profile.handle), posts)
    others = [e for e in newest_first if e is not posts]
    empty = [e for e in newest_first[: newest_first.index(posts)] if e.posts_section == "present"]
    said = (
        f"{len(exports)} exports lie here. "
        + (
            f"The posts are from the newest that holds posts: {_describe_export(posts)}."
            if posts.found
            else f"None of them holds posts; shown is {_describe_export(posts)}."
        )
        + (
            f" {_describe_export(empty[0])} is newer, and its list of posts is empty."
            if empty
            else ""
        )
        + (f" The name is from {_describe_export(named)}." if named is not posts else "")
        + f" Not shown here: {'; '.join(_describe_export(e) for e in others)}."
    )
    told = ExportProblem(
        "several-exports",
        said,
        Hint(
            step("add", Placeholder("FOLDER")), " merges all of them. To look at another, name it."
        ),
    )
    kept = [p for other in others for p in other.problems if p.code in _KEPT_OF_ALL]
    return replace(posts, profile=named.profile, problems=(told, *kept, *posts.problems))


def _made(export: Export) -> datetime:
    return export.made or _LONG_AGO


def _check_one_account(exports: Iterable[Export]) -> None:
    handles = {e.profile.handle.casefold(): e.profile.handle for e in exports if e.profile.handle}
    if len(handles) > 1:
        raise ExportError(
            "These are exports of different accounts: "
            f"{', '.join(f'@{handle}' for handle in sorted(handles.values()))}.",
            next="Name the export of one account.",
        )


def _rank_content(export: Export) -> int:
    """Rank posts over records that cannot be read, over an empty section, over none."""
    if export.posts:
        return 3
    return 2 if export.found else int(export.posts_section == "present")


def _all_failed_error(errors: Sequence[ExportError]) -> ExportError:
    if not errors:
        raise ValueError("nothing to read")
    if len(errors) == 1:
        return errors[0]
    messages = " ".join(dict.fromkeys(exc.message for exc in errors))
    return ExportError(messages, next=errors[0].next)


def _failed_export_problem(
    source: ExportSource, exc: ExportError, read: datetime | None
) -> ExportProblem:
    """Make the problem of an export that cannot be read. Unless it is known to be older than the
    one that was `read`, posts may be missing."""
    if source.made and read and source.made > read:
        return ExportProblem(
            EXPORT_DAMAGED,
            f"Your newest export {source.name} is damaged, so an older one was read. {exc.message}",
            exc.next or DOWNLOAD_AGAIN,
        )
    if source.made and read and source.made < read:
        return ExportProblem(
            _PASSED_OVER,
            f"{exc.message} A newer export was read.",
            "Nothing to do for the newer one; this one may be deleted.",
        )
    return ExportProblem(
        EXPORT_DAMAGED,
        f"{exc.message} What was read instead may be older.",
        exc.next or DOWNLOAD_AGAIN,
    )


def _too_many_problem() -> ExportProblem:
    return ExportProblem(
        "too-many-exports",
        f"More than {MAX_EXPORTS} exports lie here; only {MAX_EXPORTS} of them were looked at.",
        "Name the export you mean instead of the folder.",
    )


def _describe_export(export: Export) -> str:
    made = f"made {export.made:%Y-%m-%d %H:%M} UTC, " if export.made else ""
    return f"{export.name} ({made}{export.found:,} {'post' if export.found == 1 else 'posts'})"
