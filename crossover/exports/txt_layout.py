"""The TXT family, 2020 to 2026: one file of posts, read line by line; no other is opened whole.

A record goes through the same reading as a JSON one, so the same post gets the same id and
fields from both.
"""

from __future__ import annotations

from collections.abc import Iterator

from crossover.errors import ExportError
from crossover.exports.base import Export
from crossover.exports.bundle import DOWNLOAD_AGAIN, Bundle, LeftOut, Member
from crossover.exports.keys import filled, plain
from crossover.exports.made import made_at
from crossover.exports.record import UnreadableRecord, read_record
from crossover.exports.twins import name_twins
from crossover.exports.txt_files import HEAD, TxtFiles, find_files, labels_of
from crossover.exports.txt_labels import known_names
from crossover.exports.txt_lines import read_lines, split_lines
from crossover.exports.txt_records import TxtRecord, read_records
from crossover.model import Post, Profile, Unreadable

MAX_RECORDS = 200_000
"""Records of one file. An account of 20 posts a day since 2016 has fewer than half."""


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
        posts, unreadable = _posts(bundle, files.posts) if files.posts else ((), ())
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
            unreadable=unreadable,
            deleted=sum(1 for _ in _records(bundle, files.deleted)) if files.deleted else 0,
            left_out=(*bundle.left_out, *_older(files)),
        )


def _posts(bundle: Bundle, member: Member) -> tuple[tuple[Post, ...], tuple[Unreadable, ...]]:
    posts: list[Post] = []
    unreadable: list[Unreadable] = []
    for position, record in enumerate(_records(bundle, member), start=1):
        try:
            posts.append(_post(record))
        except UnreadableRecord as exc:
            unreadable.append(Unreadable(position, str(exc)))
    return name_twins(posts), tuple(unreadable)


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
