"""The reader of the TXT family, 2020 to 2026: one file of posts, read line by line.

A record is read by the same code as a JSON one (`record`), so the same post gets the same id and
fields from both.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import partial

from crossover.errors import ExportError
from crossover.exports.archive.bundle import DOWNLOAD_AGAIN, Bundle, Member
from crossover.exports.archive.utf8 import decode_to_utf8, find_line_and_column
from crossover.exports.base import Export, ExportProblem, ExportSource
from crossover.exports.damage import cut_off_problem, letters_replaced_problem
from crossover.exports.export_time import find_export_time
from crossover.exports.json.post_list import MAX_RECORDS
from crossover.exports.keys import none_if_empty, normalise_key
from crossover.exports.record import UnreadableRecord, read_record
from crossover.exports.same_second import assign_unique_ids
from crossover.exports.txt.files import HEAD, find_files, find_unread, read_labels, split_exports
from crossover.exports.txt.labels import DATE, LINK, Labels, load_names, split_at_colon
from crossover.exports.txt.lines import read_lines, split_lines
from crossover.exports.txt.passed_labels import PassedLabels
from crossover.exports.txt.records import TxtRecord, read_records
from crossover.model.posts import Post, Profile, Unreadable
from crossover.model.tiktok import clean_handle
from crossover.text import one_line


class TxtReader:
    """Reads the folders of text files that TikTok gives for the format TXT, or the posts file
    alone (`Posts.txt`, 2020 `Videos.txt`, or its name in another language)."""

    def recognises(self, bundle: Bundle) -> bool:
        """Whether a file has the name or the content of TikTok's, by its beginning."""
        return find_files(bundle) is not None or find_unread(bundle) is not None

    def sources(self, bundle: Bundle) -> Iterator[ExportSource]:
        """Yield an export for each list of posts, the newest first."""
        if find_files(bundle) is None and (unread := find_unread(bundle)):
            yield ExportSource(unread.name, None, partial(self._read, bundle))
        for part, first in split_exports(bundle):
            made, _ = find_export_time(part, first, ())
            yield ExportSource(first.name, made, partial(self._read, part))

    def _read(self, bundle: Bundle) -> Export:
        """Read the newest list of posts. Raises `ExportError` where more than one file may be
        it."""
        files = find_files(bundle)
        if (files is None or files.posts is None) and (unread := find_unread(bundle)):
            raise _unread_error(unread)
        if files is None or files.first is None:
            raise ExportError(f"{bundle.path.name} holds no TXT export.")
        if files.ambiguous and files.posts:
            names = " and ".join(m.name for m in (files.posts, *files.ambiguous))
            raise ExportError(
                f"{bundle.path.name}: {names} both look like the list of your posts.",
                next="Name the file with your posts itself; the other may be deleted posts.",
            )
        listed = _read_posts_file(bundle, files.posts) if files.posts else _PostsFile()
        if not (listed.posts or listed.unreadable) and (unread := find_unread(bundle)):
            raise _unread_error(unread)
        posts = assign_unique_ids(listed.posts)
        made, made_from = find_export_time(bundle, files.posts or files.first, posts)
        return Export(
            format="txt",
            source=bundle.path,
            file=files.first.name,
            layout=files.posts.base.rpartition(".")[0] if files.posts else None,
            posts_section="present" if files.posts else "absent",
            made=made,
            made_from=made_from,
            profile=_read_profile(bundle, files.profile),
            posts=posts,
            unreadable=tuple(listed.unreadable),
            deleted=_count_records(bundle, files.deleted) if files.deleted else 0,
            left_out=bundle.left_out,
            problems=tuple(_find_problems(posts, listed)),
        )


@dataclass(slots=True)
class _PostsFile:
    """The records of a posts file, in its order; `cut` is the line and column of its end where
    that lies inside a record; `passed` are the labels whose meaning is not known."""

    posts: list[Post] = field(default_factory=list)
    unreadable: list[Unreadable] = field(default_factory=list)
    cut: tuple[int, int] | None = None
    passed: PassedLabels = field(default_factory=PassedLabels)


def _read_posts_file(bundle: Bundle, member: Member) -> _PostsFile:
    labels = read_labels(bundle, member)
    found = _PostsFile(passed=PassedLabels(labels.spelled))
    ends: set[str] = set()
    for position, (record, is_last) in enumerate(
        _mark_last(_read_member_records(bundle, member, labels)), start=1
    ):
        found.passed.count(record.passed)
        if is_last:
            found.cut = _find_cut(bundle, member, record, ends)
        ends.update(record.labels[-1:])
        try:
            found.posts.append(_to_post(_drop_last_value(record) if found.cut else record))
        except UnreadableRecord as exc:
            found.unreadable.append(Unreadable(position, str(exc)))
    return found


def _unread_error(member: Member) -> ExportError:
    return ExportError(
        f"{member.name} holds links to your videos or pictures, but no list of posts that crossover"
        " can read.",
        next="Ask TikTok for the export again as JSON, which has the same names in every language. If"
        " you edited the file, undo that.",
    )


def _count_records(bundle: Bundle, member: Member) -> int:
    return sum(1 for _ in _read_member_records(bundle, member, read_labels(bundle, member)))


def _mark_last(records: Iterator[TxtRecord]) -> Iterator[tuple[TxtRecord, bool]]:
    held = next(records, None)
    for record in records:
        if held is not None:
            yield held, False
        held = record
    if held is not None:
        yield held, True


def _find_cut(
    bundle: Bundle, member: Member, last: TxtRecord, ends: set[str]
) -> tuple[int, int] | None:
    """Find line and column where the file breaks off: its last record ends with a label as no other
    one does. Of a single record it is known only where it ends in the middle of a date or link
    line."""
    end = last.labels[-1]
    if end in ends or (not ends and end not in (DATE, LINK)):
        return None
    line, column = find_line_and_column(decode_to_utf8(bundle.blocks(member)), member.size * 2 + 1)
    return (line, column) if ends or column > 1 else None


def _drop_last_value(record: TxtRecord) -> TxtRecord:
    """Remove the value in which the file breaks off: half a link or half a title must not replace a
    whole one, nor some links all of them, so they are kept only where a known label follows them. A
    date stays: its form shows whether it is whole."""
    end = record.labels[-1]
    unsure = {end} if end in load_names().order else {end, LINK}
    kept = {key: value for key, value in record.fields.items() if key == DATE or key not in unsure}
    return replace(record, fields=kept)


def _find_problems(posts: tuple[Post, ...], listed: _PostsFile) -> Iterator[ExportProblem]:
    if listed.cut:
        yield cut_off_problem(*listed.cut)
    if passed := str(listed.passed):
        yield ExportProblem(
            "labels-passed-over",
            f"Labels in a language that crossover does not know were passed over: {passed}.",
            "If they say who can see a post, or its title: ask TikTok for the export again as JSON,"
            " which has the same names in every language. Or say once who could see all of these"
            " posts: the rule not_told in crossover.yaml.",
        )
    damaged = sum("\ufffd" in f"{post.title}{post.text}" for post in posts)
    if damaged:
        yield letters_replaced_problem(damaged)


def _read_member_records(bundle: Bundle, member: Member, labels: Labels) -> Iterator[TxtRecord]:
    lines = read_lines(bundle, member)
    for count, record in enumerate(read_records(lines, labels), start=1):
        if count > MAX_RECORDS:
            raise ExportError(
                f"{member.name} holds more than {MAX_RECORDS:,} records, which no account has.",
                next=DOWNLOAD_AGAIN,
            )
        yield record


def _to_post(record: TxtRecord) -> Post:
    if not record.whole:
        raise UnreadableRecord("it is longer than any post")
    return read_record(record.fields)


def _read_profile(bundle: Bundle, member: Member | None) -> Profile:
    """Read the public handle and name, and keep nothing else of the file."""
    found: dict[str, str] = {}
    names = load_names()
    for line in split_lines([bundle.head(member, HEAD)]) if member else ():
        label, value = split_at_colon(line)
        for key, spellings in (("handle", names.handle), ("name", names.name)):
            if normalise_key(label) in spellings and (text := none_if_empty(value)):
                found.setdefault(key, text)
    return Profile(clean_handle(found.get("handle")), one_line(found.get("name", "")) or None)
