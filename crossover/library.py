"""posts.json: the posts of one account with their words and files, merged, joined and matched.

`gather` reads what the creator named and changes nothing; `add` merges it; `keeping.keep` puts the
files into the workspace and saves. Numbers and ids, once given, never change.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import chain
from pathlib import Path

from crossover.captions import info_json
from crossover.captions.info_json import NoWords, Words
from crossover.captions.join import Candidate, Joined, Pair, join
from crossover.errors import ExportError, UsageProblem
from crossover.exports import Export, is_export, read_export
from crossover.files import read_document, write_document
from crossover.media.match import Matched, OwnFiles, find_ids, match_files, media_kind
from crossover.model import Evidence, Kind, Link, Post, Unreadable


@dataclass(frozen=True, slots=True)
class Library:
    """What posts.json holds. `posts` are oldest first. Nothing else of an export is kept."""

    handle: str | None = None
    name: str | None = None
    posts: tuple[Post, ...] = ()
    unreadable: tuple[Unreadable, ...] = ()
    deleted: int = 0


@dataclass(frozen=True, slots=True)
class Gathered:
    """What was found at the paths the creator named."""

    exports: tuple[Export, ...]
    words: tuple[Words, ...]
    wordless: tuple[NoWords, ...]
    media: Matched
    unused: tuple[Path, ...] = ()

    @property
    def handle(self) -> str | None:
        return next((e.profile.handle for e in self.exports if e.profile.handle), None)


@dataclass(frozen=True, slots=True)
class Leftover:
    """Something that was given and not used, and why."""

    what: str
    reason: str


@dataclass(frozen=True, slots=True)
class Added:
    """The library after an `add`, and what the creator should hear of it."""

    library: Library
    new_posts: int
    changed_posts: int
    got_words: int
    got_files: int
    files: Mapping[str, tuple[Path, ...]] = field(repr=False)
    leftovers: tuple[Leftover, ...] = ()
    ambiguous: tuple[Leftover, ...] = ()


def read_library(path: Path) -> Library:
    """The posts of a workspace; empty before the first `add`."""
    return read_document(path, "posts", 1, Library) if path.exists() else Library()


def write_library(path: Path, library: Library) -> None:
    """Save the posts, readable by their owner alone: links are signed."""
    write_document(path, "posts", 1, library, private=True)


# --- finding --------------------------------------------------------------------------------


def gather(paths: Iterable[Path], now: datetime) -> Gathered:
    """Recognise what lies at `paths` by its shape: exports, `.info.json` files, media.

    Raises `UsageProblem` for a path with nothing at it and `ExportError` for one that holds
    nothing of use.
    """
    exports: list[Export] = []
    infos: list[Path] = []
    media: list[Path] = []
    unused: list[Path] = []
    for path in paths:
        if not path.exists():
            raise UsageProblem(
                f"There is nothing at {path}.", next="Check the name, then try again."
            )
        files = list(_files_below(path))
        found = [f for f in files if info_json.recognises(f)], [f for f in files if media_kind(f)]
        if is_export(path) or not any(found):
            exports.append(read_export(path))
        infos += found[0]
        media += found[1]
        rest = set(files).difference(*found)
        unused += sorted(f for f in rest if find_ids(f.stem, now) and not is_export(f))
    read = [info_json.read_info(path) for path in sorted(set(infos))]
    return Gathered(
        exports=tuple(sorted(exports, key=lambda e: e.made.timestamp() if e.made else 0)),
        words=tuple(r for r in read if isinstance(r, Words)),
        wordless=tuple(r for r in read if isinstance(r, NoWords)),
        media=match_files(media, now),
        unused=tuple(unused),
    )


def _files_below(path: Path) -> Iterator[Path]:
    if path.is_file():
        yield path
        return
    for folder, _, names in os.walk(path):
        for name in sorted(names):
            file = Path(folder, name)
            if not file.is_symlink() and file.is_file():
                yield file


# --- merging and joining --------------------------------------------------------------------


def add(library: Library, found: Gathered) -> Added:
    """Merge exports, then give every post the words and files that are surely its own.

    Raises `UsageProblem` when an export is of another account. Pure; files are only named.
    """
    merged = library
    new = changed = 0
    for export in found.exports:
        merged, more, other = _merge(merged, export)
        new, changed = new + more, changed + other
    words = {w.tiktok_id: w for w in _own_words(merged.handle, found.words)}
    files = {f.tiktok_id: f for f in found.media.files}
    joined = join(merged.posts, chain(_word_candidates(words), _file_candidates(files)))
    by_post = {pair.post: pair for pair in joined.pairs}
    posts = []
    placed: dict[str, tuple[Path, ...]] = {}
    got_words = 0
    for post in merged.posts:
        pair = by_post.get(post.id)
        if pair is None:
            posts.append(post)
            continue
        told = _with_words(post, pair, words.get(pair.tiktok_id))
        got_words += told.text != post.text
        own = files.get(pair.tiktok_id)
        paths = _fitting_files(told, own) if own else ()
        if paths:
            placed[post.id] = paths
            kind = Kind.VIDEO if own and own.video else Kind.PHOTOS
            told = replace(told, kind=told.kind or kind)
        posts.append(told)
    return Added(
        library=replace(merged, posts=tuple(posts)),
        new_posts=new,
        changed_posts=changed,
        got_words=got_words,
        got_files=len(placed),
        files=placed,
        leftovers=tuple(_leftovers(found, joined, words, files, merged, placed)),
        ambiguous=tuple(_ambiguous(joined, merged)),
    )


def _merge(library: Library, export: Export) -> tuple[Library, int, int]:
    handle = export.profile.handle
    if not _same_handle(library.handle, handle):
        raise UsageProblem(
            f"This export is of @{handle}, but this workspace is of @{library.handle}.",
            next="Give it a workspace of its own: crossover add EXPORT -w DIR",
        )
    by_key = {key: post for post in library.posts for key in post.object_keys}
    by_id = {post.id: post for post in library.posts}
    number = max((post.number for post in library.posts), default=0)
    new = changed = 0
    for post in export.posts:
        known = next((by_key[key] for key in post.object_keys if key in by_key), None)
        known = known or by_id.get(post.id)
        if known is None:
            number += 1
            new += 1
            by_id[post.id] = replace(post, number=number)
        else:
            later = _refreshed(known, post)
            changed += replace(later, links=known.links, cover_link=known.cover_link) != known
            by_id[known.id] = later
    posts = sorted(by_id.values(), key=lambda post: (post.posted_at, post.number))
    merged = Library(
        handle=library.handle or handle,
        name=export.profile.name or library.name,
        posts=tuple(posts),
        unreadable=export.unreadable,
        deleted=export.deleted,
    )
    return merged, new, changed


def _refreshed(known: Post, later: Post) -> Post:
    """What the later export says, where it says something; words and files stay."""
    return replace(
        known,
        kind=known.kind or later.kind,
        title=later.title or known.title,
        text=known.text or later.text,
        visibility=later.visibility or known.visibility,
        visibility_said=later.visibility_said or known.visibility_said,
        declaration=later.declaration,
        links=_longer_alive(known.links, later.links),
        cover_link=next(iter(_longer_alive(_cover(known), _cover(later))), None),
        object_keys=tuple(dict.fromkeys((*known.object_keys, *later.object_keys))),
        tiktok_id=known.tiktok_id or later.tiktok_id,
    )


def _longer_alive(known: tuple[Link, ...], later: tuple[Link, ...]) -> tuple[Link, ...]:
    """The later export's links, unless it was an older one, whose links die first."""
    old, new = ([link.expires for link in links if link.expires] for links in (known, later))
    return known if old and new and min(old) > min(new) else later or known


def _cover(post: Post) -> tuple[Link, ...]:
    return (post.cover_link,) if post.cover_link else ()


def _same_handle(one: str | None, other: str | None) -> bool:
    return one is None or other is None or one.casefold() == other.casefold()


def _own_words(handle: str | None, words: tuple[Words, ...]) -> tuple[Words, ...]:
    """Those of this account. An export without a profile takes them from one account only."""
    if handle is None and len({w.handle.casefold() for w in words if w.handle}) > 1:
        return ()
    return tuple(w for w in words if _same_handle(handle, w.handle))


def _word_candidates(words: Mapping[str, Words]) -> Iterator[Candidate]:
    for found in words.values():
        yield Candidate(found.tiktok_id, found.kind)


def _file_candidates(files: Mapping[str, OwnFiles]) -> Iterator[Candidate]:
    for own in files.values():
        kind = None if own.lone_picture else Kind.VIDEO if own.video else Kind.PHOTOS
        yield Candidate(own.tiktok_id, kind)


def _with_words(post: Post, pair: Pair, words: Words | None) -> Post:
    told = any(evidence.what == "words" for evidence in post.evidence)
    if words is None or words.text is None or (words.text == post.text and told):
        return replace(post, tiktok_id=pair.tiktok_id)
    how = (
        "the same TikTok id"
        if pair.sure
        else f"posted {abs(pair.seconds)} s apart, nothing else near"
    )
    whose = f" of @{words.handle}" if words.handle else ""
    proof = Evidence("words", how, f"{words.source.name}{whose}")
    others = tuple(e for e in post.evidence if e.what != "words")
    return replace(post, tiktok_id=pair.tiktok_id, text=words.text, evidence=(*others, proof))


def _fitting_files(post: Post, own: OwnFiles) -> tuple[Path, ...]:
    if own.video is not None:
        return (own.video,) if post.kind is not Kind.PHOTOS else ()
    return own.pictures if post.kind is not Kind.VIDEO else ()


# --- what was not used ----------------------------------------------------------------------


def _leftovers(
    found: Gathered,
    joined: Joined,
    words: Mapping[str, Words],
    files: Mapping[str, OwnFiles],
    library: Library,
    placed: Mapping[str, tuple[Path, ...]],
) -> Iterator[Leftover]:
    for tiktok_id in joined.tiktok_ids_left:
        for name in _names(tiktok_id, words, files):
            yield Leftover(name, "no post of the export was made within a minute of it")
    for pair in joined.pairs:
        if pair.tiktok_id in files and pair.post not in placed:
            for path in _paths(files[pair.tiktok_id]):
                yield Leftover(path.name, "its post is of another kind; perhaps a thumbnail")
    for odd in found.media.odd:
        for path in odd.paths:
            yield Leftover(path.name, odd.reason)
    for path in found.media.nameless:
        yield Leftover(path.name, "no TikTok id in its name, so its post is not known")
    for wordless in found.wordless:
        yield Leftover(wordless.source.name, wordless.reason)
    for other in found.words:
        if other.tiktok_id not in words:
            whose = f"not of @{library.handle}" if library.handle else "and others are of others"
            yield Leftover(other.source.name, f"it is of @{other.handle}, {whose}")
    for path in found.unused:
        yield Leftover(path.name, f"files ending in {path.suffix} are not moved")
    for own in found.media.files:
        for note in own.notes:
            yield Leftover(f"pictures of {own.tiktok_id}", note)


def _ambiguous(joined: Joined, library: Library) -> Iterator[Leftover]:
    numbers = {post.id: post.number for post in library.posts}
    for group in joined.ambiguous:
        posts = ", ".join(str(numbers[post]) for post in group.posts)
        ids = ", ".join(group.tiktok_ids)
        yield Leftover(f"posts {posts}", f"too close in time to tell which of {ids} is whose")


def _names(
    tiktok_id: str, words: Mapping[str, Words], files: Mapping[str, OwnFiles]
) -> Iterator[str]:
    if tiktok_id in words:
        yield words[tiktok_id].source.name
    if tiktok_id in files:
        yield from (path.name for path in _paths(files[tiktok_id]))


def _paths(own: OwnFiles) -> tuple[Path, ...]:
    return own.pictures or ((own.video,) if own.video else ())


def nothing_found(paths: Iterable[Path]) -> ExportError:
    """For a first `add` without an export among its paths."""
    names = ", ".join(str(path) for path in paths)
    return ExportError(
        f"There is no TikTok export in {names}.",
        next="Begin with the export that TikTok gave you; words and files come after it.",
    )
