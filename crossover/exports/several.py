"""Several exports of one account, given at once: of each part the newest counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from crossover.errors import ExportError
from crossover.exports.base import Export, ExportProblem

_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


def newest_of_each(exports: Sequence[Export]) -> Export:
    """One export with the posts of the newest that holds posts, and the public name of the
    newest that holds one. What was taken from where is said in its `problems`.

    Among exports of one time, or of none, the first counts. Raises `ExportError` where they are
    of different accounts.
    """
    if len(exports) == 1:
        return exports[0]
    newest_first = sorted(exports, key=lambda e: e.made or _LONG_AGO, reverse=True)
    handles = {e.profile.handle.casefold(): e.profile.handle for e in exports if e.profile.handle}
    if len(handles) > 1:
        raise ExportError(
            "These are exports of different accounts: "
            f"{', '.join(f'@{handle}' for handle in sorted(handles.values()))}.",
            next="Name the export of one account.",
        )
    posts = next((e for e in newest_first if e.posts_section == "present"), newest_first[0])
    named = next((e for e in newest_first if e.profile.handle), posts)
    others = [e for e in newest_first if e is not posts]
    said = (
        f"{len(exports)} exports lie here. The posts are from the newest that holds posts: "
        f"{_name(posts)}."
        + (f" The name is from {_name(named)}." if named is not posts else "")
        + f" Not used for posts: {'; '.join(_name(e) for e in others)}."
    )
    told = ExportProblem(
        "several-exports", said, "To use another one, name it instead of the folder."
    )
    return replace(posts, profile=named.profile, problems=(told, *posts.problems))


def _name(export: Export) -> str:
    made = f"made {export.made:%Y-%m-%d %H:%M} UTC, " if export.made else ""
    where = export.source.name
    name = where if where == export.file or export.source.suffix == ".zip" else export.file
    return f"{name} ({made}{export.found:,} posts)"
