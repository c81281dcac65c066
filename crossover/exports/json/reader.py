"""The reader of the JSON family: a file's sections become an `Export`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from crossover.errors import ExportError
from crossover.exports.archive.bundle import DOWNLOAD_AGAIN, Bundle, Member
from crossover.exports.archive.utf8 import decode_to_utf8, find_line_and_column
from crossover.exports.base import Export, ExportProblem, ExportSource
from crossover.exports.damage import cut_off_problem, letters_replaced_problem
from crossover.exports.export_time import find_export_time
from crossover.exports.json.post_list import PostList
from crossover.exports.json.salvage import salvage
from crossover.exports.json.sections import PATHS, Sections, read_sections
from crossover.exports.json.stream import BrokenJson, JsonStream
from crossover.exports.keys import SECTIONS, normalise_key, redact_key
from crossover.exports.locate import find_json_candidates
from crossover.exports.same_second import assign_unique_ids

_UNDO = "Download the export again from TikTok; if you edited the file, undo that."


class JsonReader:
    """Reads `user_data_tiktok.json`, `user_data.json` and files of their shape, of every layout
    since 2020."""

    def recognises(self, bundle: Bundle) -> bool:
        """Whether some member has the name or the beginning of a JSON export."""
        return next(find_json_candidates(bundle), None) is not None

    def sources(self, bundle: Bundle) -> Iterator[ExportSource]:
        """Yield an export for each such member."""
        for member in find_json_candidates(bundle):
            made, _ = find_export_time(bundle, member, ())
            yield ExportSource(member.name, made, partial(_read_file, bundle, member))


def _read_file(bundle: Bundle, member: Member) -> Export:
    twins = sum(other.name == member.name for other in bundle.members)
    if twins > 1:
        raise ExportError(
            f"{bundle.path.name} holds {member.name} {twins} times; which one counts is unclear.",
            next="Use the ZIP as TikTok gave it, or name the JSON file itself.",
        )
    blocks = decode_to_utf8(bundle.blocks(member))
    found = read_sections(JsonStream(blocks))
    for _ in blocks:
        pass  # to the end, where the check sum is
    if found.broken:
        salvage(JsonStream(decode_to_utf8(bundle.blocks(member))), found)
    section, listed = _find_post_list(found, member.name)
    damage = _DamageLocator(bundle, member)
    if not found.is_export or (found.broken and not _is_readable(section, listed)):
        raise _unusable_error(found, member.name, damage)
    unreadable = list(listed.unreadable)
    if listed.broken:
        unreadable[-1] = replace(
            unreadable[-1],
            reason=f"the file breaks off here, at {damage.describe_place(listed.broken)}",
        )
    posts = assign_unique_ids(listed.posts)
    made, made_from = find_export_time(bundle, member, posts)
    return Export(
        format="json",
        source=bundle.path,
        file=member.name,
        layout=".".join(PATHS[section][:2]) if section else None,
        posts_section="present" if section else "absent",
        made=made,
        made_from=made_from,
        profile=found.profile,
        posts=posts,
        unreadable=tuple(unreadable),
        deleted=next((found.deleted[name] for name in PATHS if name in found.deleted), 0),
        stories=found.stories,
        left_out=bundle.left_out,
        sections=tuple(name for name in found.names if normalise_key(name) in SECTIONS),
        unknown_keys=tuple(sorted({redact_key(key) for key in found.unknown_keys})),
        problems=tuple(_find_problems(found, section, listed, damage)),
    )


def _find_post_list(found: Sections, file: str) -> tuple[str | None, PostList]:
    """Find the section that counts, and its list: of a section without a list, an empty one.

    Raises `ExportError` for a list of another shape, rather than call it empty.
    """
    section = next((name for name in PATHS if name in found.lists), None)
    if section is None:
        section = next((name for name in PATHS if name in found.empty | found.malformed), None)
    listed = found.lists.get(section or "", PostList("empty"))
    if listed.shape == "odd" or (section in found.malformed and section not in found.lists):
        raise ExportError(
            f"{file}: the posts at {' > '.join(PATHS[section or ''])} are not a list.", next=_UNDO
        )
    return section, listed


def _is_readable(section: str | None, listed: PostList) -> bool:
    return section is not None and (bool(listed.posts) or listed.broken is None)


class _DamageLocator:
    """Finds line and column of damage in a file, which is read anew for it."""

    def __init__(self, bundle: Bundle, member: Member) -> None:
        self._bundle = bundle
        self._member = member

    def find_line_and_column(self, broken: BrokenJson) -> tuple[int, int]:
        return find_line_and_column(decode_to_utf8(self._bundle.blocks(self._member)), broken.at)

    def describe_place(self, broken: BrokenJson) -> str:
        line, column = self.find_line_and_column(broken)
        return f"line {line}, column {column}"


def _unusable_error(found: Sections, file: str, damage: _DamageLocator) -> ExportError:
    broken = found.broken
    if broken is None:
        names = ", ".join(redact_key(name) for name in found.names[:12])
        return ExportError(
            f"{file} has no section of a TikTok export."
            + (f" Its sections are: {names}." if names else ""),
            next="Name the ZIP file that TikTok gave you.",
        )
    if broken.at == 0:
        return ExportError(
            f"{file} is not a TikTok export: it does not begin with `{{`.",
            next="Name the ZIP file that TikTok gave you.",
        )
    return ExportError(
        f"{file} is broken JSON at {damage.describe_place(broken)}: {broken.why}. No posts can be read from it.",
        next=f"{DOWNLOAD_AGAIN} If you edited the file, undo that.",
    )


def _find_problems(
    found: Sections, section: str | None, listed: PostList, damage: _DamageLocator
) -> Iterator[ExportProblem]:
    if listed.broken:
        yield cut_off_problem(*damage.find_line_and_column(listed.broken))
    elif found.broken:
        yield ExportProblem(
            "damaged-elsewhere",
            f"The file is broken at {damage.describe_place(found.broken)}, outside your posts: "
            f"{found.broken.why}. All posts in it were read.",
            "Nothing to do for the posts.",
        )
    if section in found.repeated:
        yield ExportProblem(
            "posts-twice",
            "The file holds the list of posts more than once; the last one was read, as every "
            "JSON reader does.",
            "If you put files together by hand, name the original exports instead.",
        )
    if listed.mended:
        yield letters_replaced_problem(listed.mended)
