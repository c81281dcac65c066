"""Links of posts to files of posts: what is to be fetched, and what became of it.

`survey` puts every link into a line and changes nothing; `take_fetched` gives every post whose
files are all there those files. The creator's own originals always win over fetched copies."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from crossover.exports.links import is_page_link, parse_link
from crossover.library.posts_file import Library
from crossover.media.containers.probe import MP4, PICTURES
from crossover.media.download.leftovers import kept_file
from crossover.media.download.outcomes import LinkState, Result, Wanted
from crossover.media.download.outcomes_file import LinkOutcomes
from crossover.model.posts import FILE, Evidence, Kind, Link, Media, MediaKind, Origin, Post
from crossover.storage.checksums import Checksums

FOLDER = "media/fetched"
"""Where fetched files lie in a workspace, apart from originals, under names that stay."""

_NOT_TRIED = Result(LinkState.LATER, "not tried yet")


@dataclass(frozen=True, slots=True)
class Line:
    """One link of a post. `place` counts from 1 in the post's order; the cover's is 0.

    `known` is how it stands where nothing has to be fetched for that.
    """

    post: str
    number: int
    place: int
    wanted: Wanted
    known: Result | None = None

    @property
    def is_cover(self) -> bool:
        return self.place == 0


@dataclass(frozen=True, slots=True)
class LinkEnd:
    """How one link stands in the end; serialises without the link. `path` is relative to the
    workspace, `bytes` and `sha256` are of the file there."""

    post: str
    number: int
    place: int
    cover: bool
    state: LinkState
    reason: str
    expires: datetime | None
    path: str | None
    bytes: int
    sha256: str | None


@dataclass(frozen=True, slots=True)
class TakenFiles:
    """The library with what was fetched, every link's end, and the posts that lack files still,
    by number."""

    library: Library
    links: tuple[LinkEnd, ...]
    posts_without_files: tuple[int, ...]


def survey(
    library: Library, root: Path, now: datetime, outcomes: LinkOutcomes | None = None
) -> tuple[Line, ...]:
    """List every link of every post, oldest post first, as it stands before a run. `now` is aware.
    Without the `outcomes` of earlier runs every link counts as not tried yet."""
    stems: dict[str, str] = {}
    folder, earlier = root / FOLDER, outcomes or LinkOutcomes()
    return tuple(
        line for post in library.posts for line in _lines(post, folder, now, earlier, stems)
    )


def to_fetch(lines: Sequence[Line]) -> list[Wanted]:
    """List what has to be fetched: each object once, however many links lead to it."""
    wanted = {line.wanted.key: line.wanted for line in reversed(lines) if line.known is None}
    return list(reversed(wanted.values()))


def unfinished(library: Library, lines: Sequence[Line]) -> tuple[int, ...]:
    """Find the posts, by number, that a run may still give files: one of their links is alive, or
    all their files lie there and were not taken, because a run was killed in between."""
    known: dict[str, list[Result | None]] = {}
    for line in lines:
        if not line.is_cover:
            known.setdefault(line.post, []).append(line.known)
    return tuple(
        post.number
        for post in library.posts
        if (links := known.get(post.id)) and (None in links or _is_fetched(post, links))
    )


def is_worth_a_run(library: Library, lines: Sequence[Line]) -> bool:
    """Whether a run has anything to do: to fetch a file or a cover, or to take what lies there."""
    return bool(unfinished(library, lines)) or not all(line.known for line in lines)


def posts_without_files(library: Library) -> tuple[int, ...]:
    """Find the posts that lack files, by number, whether or not they have links."""
    return tuple(post.number for post in library.posts if not post.media)


def take_fetched(
    library: Library,
    lines: Sequence[Line],
    results: Mapping[str, Result],
    root: Path,
    checksums: Checksums,
) -> TakenFiles:
    """Give the posts what was fetched. `results` are by object key; a link without one waits.

    A photo post gets its pictures when all of them are there: never some of them in silence.
    Reads files whose sum is not known yet. Raises `OSError`.
    """
    ends: list[LinkEnd] = []
    posts: list[Post] = []
    by_post: dict[str, list[Line]] = {}
    for line in lines:
        by_post.setdefault(line.post, []).append(line)
    for post in library.posts:
        own = [_end(line, results, root, checksums) for line in by_post.get(post.id, ())]
        ends += own
        files = [end for end in own if not end.cover]
        if files and all(end.path for end in files):
            post = _with_files(post, files, root)
        posts.append(post)
    settled = replace(library, posts=tuple(posts))
    return TakenFiles(settled, tuple(ends), posts_without_files(settled))


# --- before ---------------------------------------------------------------------------------


def _lines(
    post: Post, folder: Path, now: datetime, earlier: LinkOutcomes, stems: dict[str, str]
) -> Iterator[Line]:
    own = has_originals(post)
    links = post.links[:1] if post.kind is Kind.VIDEO else post.links
    for place, link in enumerate(links, 1):
        wanted = _wanted(post, place, link, stems)
        known = Result(LinkState.OWN) if own else _known(wanted, folder, now, earlier)
        yield Line(post.id, post.number, place, wanted, known)
    # The cover of a photo post is its first picture (seen in real exports).
    if post.cover_link is not None and post.kind is not Kind.PHOTOS:
        wanted = _wanted(post, 0, post.cover_link, stems)
        yield Line(post.id, post.number, 0, wanted, _known(wanted, folder, now, earlier))


def _is_fetched(post: Post, links: Sequence[Result | None]) -> bool:
    return not post.media and all(one and one.state is LinkState.PRESENT for one in links)


def has_originals(post: Post) -> bool:
    """Whether the post's files are the creator's own, not fetched ones."""
    return any(not media.path.startswith(f"{FOLDER}/") for media in post.media)


def _wanted(post: Post, place: int, link: Link, stems: dict[str, str]) -> Wanted:
    key = parse_link(link.url).object_key or _path(link.url)
    name = f"{place:02}" if place else "cover"
    stem = f"{post.number:04}-{name}-{sha256(key.encode()).hexdigest()[:12]}"
    pictures, video = frozenset(PICTURES), frozenset({MP4})
    if place == 0 or post.kind is Kind.PHOTOS:
        kinds = pictures
    elif post.kind is Kind.VIDEO:
        kinds = video
    else:
        kinds = pictures | video
    # An object that several links lead to lies there once, named by the first of them.
    return Wanted(key, link.url, stems.setdefault(key, stem), kinds, link.expires)


def _path(url: str) -> str:
    # Of a picture, `~…` only says how it is delivered.
    address = url.partition("://")[2].partition("#")[0].partition("?")[0]
    return address.partition("/")[2].partition("~")[0]


def _known(wanted: Wanted, folder: Path, now: datetime, earlier: LinkOutcomes) -> Result | None:
    if file := kept_file(folder, wanted.stem):
        return Result(LinkState.PRESENT, path=file)
    if is_page_link(wanted.url):
        return Result(LinkState.UNFIT, "it leads to a page of TikTok, not to a file")
    if wanted.expires is not None and wanted.expires <= now:
        return Result(LinkState.EXPIRED, "the link has died")
    return earlier.of(wanted)


# --- after ----------------------------------------------------------------------------------


def _end(line: Line, results: Mapping[str, Result], root: Path, checksums: Checksums) -> LinkEnd:
    result = line.known or results.get(line.wanted.key, _NOT_TRIED)
    path, size, total = None, 0, None
    if result.path is not None:
        path = result.path.relative_to(root).as_posix()
        size, total = result.path.stat().st_size, checksums.of(result.path)
    return LinkEnd(
        post=line.post,
        number=line.number,
        place=line.place,
        cover=line.is_cover,
        state=result.state,
        reason=result.reason,
        expires=line.wanted.expires,
        path=path,
        bytes=size,
        sha256=total,
    )


def _with_files(post: Post, files: Sequence[LinkEnd], root: Path) -> Post:
    media = tuple(_media(end, root) for end in files)
    if media == post.media:
        return post
    how = Origin.LINK, "its link in the export"
    proof = tuple(Evidence(FILE, *how, Path(end.path or "").name) for end in files)
    others = tuple(e for e in post.evidence if e.what != FILE)
    kind = Kind.VIDEO if media[0].kind is MediaKind.VIDEO else Kind.PHOTOS
    return replace(post, kind=post.kind or kind, media=media, evidence=(*others, *proof))


def _media(end: LinkEnd, root: Path) -> Media:
    path = end.path or ""
    kind = MediaKind.VIDEO if path.endswith(".mp4") else MediaKind.IMAGE
    time = (root / path).stat().st_mtime_ns
    return Media(path, kind, end.sha256 or "", end.bytes, time, Path(path).name)
