"""The TXT family, 2020 to 2026: one file of posts, read line by line; no other is opened whole.

A record goes through the same reading as a JSON one, so the same post gets the same id and
fields from both.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from crossover.errors import ExportError
from crossover.exports.archive.bundle import DOWNLOAD_AGAIN, Bundle, LeftOut, Member
from crossover.exports.archive.utf8 import as_utf8, line_and_column
from crossover.exports.base import Export, ExportProblem
from crossover.exports.damage import cut_off, letters_replaced
from crossover.exports.export_time import made_at
from crossover.exports.json.post_list import MAX_RECORDS
from crossover.exports.keys import filled, plain
from crossover.exports.record import UnreadableRecord, read_record
from crossover.exports.same_second import name_twins
from crossover.exports.txt.files import HEAD, TxtFiles, find_files, labels_of
from crossover.exports.txt.labels import DATE, LINK, known_names
from crossover.exports.txt.lines import read_lines, split_lines
from crossover.exports.txt.records import TxtRecord, read_records
from crossover.model.posts import Post, Profile, Unreadable


class TxtReader:
    """Reads the folders of text files that TikTok gives for the format TXT, or the posts file
    alone (`Posts.txt`, 2020 `Videos.txt`, or its name in another language)."""

    def recognises(self, bundle: Bundle) -> bool:
        """Whether a file has the name or the content of TikTok's, by its beginning."""
        return find_files(bundle) is not None

    def read(self, bundle: Bundle) -> Export:
        """The newest list of posts. Raises `ExportError` where more than one file may be it."""
        files = find_files(bundle)
        if files is None or files.first is None:
            raise ExportError(f"{bundle.path.name} holds no TXT export.")
        if files.rivals and files.posts:
            names = " and ".join(m.name for m in (files.posts, *files.rivals))
            raise ExportError(
                f"{bundle.path.name}: {names} both look like the list of your posts.",
                next="Name the file with your posts itself; the other may be deleted posts.",
            )
        listed = _list(bundle, files.posts) if files.posts else _List()
        posts = name_twins(listed.posts)
        made, made_from = made_at(bundle, files.posts or files.first, posts)
        return Export(
            format="txt",
            source=bundle.path,
            file=files.first.name,
            layout=files.posts.base.rpartition(".")[0] if files.posts else None,
            posts_section="present" if files.posts else "absent",
            made=made,
            made_from=made_from,
            profile=_profile(bundle, files.profile),
            posts=posts,
            unreadable=tuple(listed.unreadable),
            deleted=sum(1 for _ in _records(bundle, files.deleted)) if files.deleted else 0,
            left_out=(*bundle.left_out, *_older(files)),
            problems=tuple(_problems(posts, listed)),
        )


@dataclass(slots=True)
class _List:
    """The records of a posts file, in its order; `cut` is the line and column of its end where
    that lies inside a record."""

    posts: list[Post] = field(default_factory=list)
    unreadable: list[Unreadable] = field(default_factory=list)
    cut: tuple[int, int] | None = None


def _list(bundle: Bundle, member: Member) -> _List:
    found = _List()
    ends: set[str] = set()
    for position, (record, is_last) in enumerate(_with_last(_records(bundle, member)), start=1):
        if is_last:
            found.cut = _cut(bundle, member, record, ends)
        ends.update(record.labels[-1:])
        try:
            found.posts.append(_post(_without_end(record) if found.cut else record))
        except UnreadableRecord as exc:
            found.unreadable.append(Unreadable(position, str(exc)))
    return found


def _with_last(records: Iterator[TxtRecord]) -> Iterator[tuple[TxtRecord, bool]]:
    held = next(records, None)
    for record in records:
        if held is not None:
            yield held, False
        held = record
    if held is not None:
        yield held, True


def _cut(bundle: Bundle, member: Member, last: TxtRecord, ends: set[str]) -> tuple[int, int] | None:
    """Where the file breaks off: its last record ends with a label as no other one does. The
    end of a lone record tells only where it is the middle of a line that never is the last."""
    end = last.labels[-1]
    if end in ends or (not ends and end not in (DATE, LINK)):
        return None
    line, column = line_and_column(as_utf8(bundle.blocks(member)), member.size * 2 + 1)
    return (line, column) if ends or column > 1 else None


def _without_end(record: TxtRecord) -> TxtRecord:
    """The record without the value in which the file breaks off: half a link or half a title
    must not take the place of a whole one, nor some links that of all, so they are kept only
    where a known label follows them. A date is told to be whole by its form."""
    end = record.labels[-1]
    unsure = {end} if end in known_names().order else {end, LINK}
    kept = {key: value for key, value in record.fields.items() if key == DATE or key not in unsure}
    return replace(record, fields=kept)


def _problems(posts: tuple[Post, ...], listed: _List) -> Iterator[ExportProblem]:
    if listed.cut:
        yield cut_off(*listed.cut)
    damaged = sum("\ufffd" in f"{post.title}{post.text}" for post in posts)
    if damaged:
        yield letters_replaced(damaged)


def _records(bundle: Bundle, member: Member) -> Iterator[TxtRecord]:
    lines = read_lines(bundle, member)
    for count, record in enumerate(read_records(lines, labels_of(bundle, member)), start=1):
        if count > MAX_RECORDS:
            raise ExportError(
                f"{member.name} holds more than {MAX_RECORDS:,} records, which no account has.",
                next=DOWNLOAD_AGAIN,
            )
        yield record


def _post(record: TxtRecord) -> Post:
    if not record.whole:
        raise UnreadableRecord("it is longer than any post")
    return read_record(record.fields)


def _profile(bundle: Bundle, member: Member | None) -> Profile:
    """The public handle and name; nothing else of the file is looked at twice."""
    found: dict[str, str] = {}
    names = known_names()
    for line in split_lines([bundle.head(member, HEAD)]) if member else ():
        label, _, value = line.partition(":")
        for key, spellings in (("handle", names.handle), ("name", names.name)):
            if plain(label) in spellings and (text := filled(value)):
                found.setdefault(key, text)
    handle = found.get("handle")
    return Profile(handle.removeprefix("@") if handle else None, found.get("name"))


def _older(files: TxtFiles) -> Iterator[LeftOut]:
    for member in files.other_posts:
        posts = files.posts.name if files.posts else ""
        yield LeftOut(member.name, f"{posts} was read, which is newer or more complete")
