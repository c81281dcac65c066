"""posts.json: the posts of one account with their words and files, merged, joined and matched.

`add` merges what was gathered; `keep` puts the files into the workspace and saves. Numbers and ids,
once given, never change.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from crossover.captions.caption import Caption
from crossover.captions.join import Joined, join
from crossover.captions.pairing import candidates, freed, is_said, known_words, pair_up
from crossover.captions.questions import Question, questions_of
from crossover.errors import UsageProblem
from crossover.exports.base import Export
from crossover.gathering import Gathered
from crossover.media.file_names import OwnFiles, media_kind
from crossover.media.keep import BY_NAME, SAID, Placed, drop_unused, keep_files
from crossover.merging import Merged, merge
from crossover.model.posts import Kind, MediaKind, Post, Unreadable
from crossover.storage.checksums import read_sums
from crossover.storage.documents import read_document, write_document


@dataclass(frozen=True, slots=True)
class Library:
    """What posts.json holds. `posts` are oldest first; `made` is when the newest export was made
    of which that is known. Nothing else of an export is kept.

    `unsettled` are words that may belong to one of several posts, and those that were in question
    and nobody has now: the creator may change their mind. `listed`: a listing of the public page
    came once, or the words of most posts, so a post without words is not simply waiting for that."""

    handle: str | None = None
    name: str | None = None
    posts: tuple[Post, ...] = ()
    unreadable: tuple[Unreadable, ...] = ()
    deleted: int = 0
    made: datetime | None = None
    unsettled: tuple[Caption, ...] = ()
    listed: bool = False


@dataclass(frozen=True, slots=True)
class Leftover:
    """Something that was given and not used, and why."""

    what: str
    reason: str


@dataclass(frozen=True, slots=True)
class Added:
    """The library after an `add`, and what the creator should hear of it. The posts of the given
    exports are new, changed or unchanged."""

    library: Library
    new_posts: int
    changed_posts: int
    unchanged_posts: int
    got_words: int
    got_files: int
    files: Mapping[str, Placed] = field(repr=False)
    leftovers: tuple[Leftover, ...] = ()


def read_library(path: Path) -> Library:
    """The posts of a workspace; empty before the first `add`."""
    return read_document(path, "posts", 1, Library) if path.exists() else Library()


def write_library(path: Path, library: Library) -> None:
    """Save the posts, readable by their owner alone: links are signed."""
    write_document(path, "posts", 1, library, private=True)


# --- merging and joining --------------------------------------------------------------------


def add(library: Library, found: Gathered) -> Added:
    """Merge exports, then give every post the words and files that are surely its own.

    Raises `UsageProblem` when an export is of another account. Pure; files are only named.
    """
    merged = library
    new: set[str] = set()
    changed: set[str] = set()
    seen: set[str] = set()
    for export in found.exports:
        merged, one = _take(merged, export)
        new |= one.new
        changed |= one.changed
        seen |= one.seen
    fresh = _own_words(merged.handle, found.words)
    files = {f.tiktok_id: f for f in found.media.files}
    words = known_words(merged.posts, _named_only(files), merged.unsettled, fresh)
    joined = join(freed(merged.posts), candidates(words))
    by_post = {pair.post: pair for pair in joined.pairs}
    posts = []
    placed: dict[str, Placed] = {}
    got_words = 0
    for post in merged.posts:
        pair = by_post.get(post.id)
        if pair is None:
            posts.append(post)
            continue
        told = pair_up(post, pair, words.get(pair.tiktok_id))
        got_words += told.text != post.text
        own = files.get(pair.tiktok_id)
        paths = _fitting_files(told, own) if own else ()
        if paths:
            placed[post.id] = Placed(paths, BY_NAME)
            kind = Kind.VIDEO if own and own.video else Kind.PHOTOS
            told = replace(told, kind=told.kind or kind)
        posts.append(told)
    asked = {post for group in joined.ambiguous for post in group.posts}
    posts = [replace(p, in_question=p.id in asked and not is_said(p)) for p in posts]
    unsettled = _unsettled(posts, joined, words, merged.unsettled)
    several = max(Counter(one.source for one in fresh).values(), default=0) > 1
    # Who brought the words of most posts has looked for the others.
    most = sum(bool(post.text) for post in posts) * 2 > len(posts)
    listed = merged.listed or several or most
    return Added(
        library=replace(merged, posts=tuple(posts), unsettled=unsettled, listed=listed),
        new_posts=len(new),
        changed_posts=len(changed - new),
        unchanged_posts=len(seen - new - changed),
        got_words=got_words,
        got_files=len(placed),
        files=placed,
        leftovers=tuple(_leftovers(found, fresh, joined, files, merged, placed)),
    )


def name_files(library: Library, files: Mapping[str, tuple[Path, ...]]) -> Added:
    """Give posts, by id, the files that the creator named for them: a video, or pictures in order.

    They stay over every later `add`. Pure; `keep` puts them into the workspace.
    """
    posts = []
    for post in library.posts:
        if paths := files.get(post.id):
            kind = Kind.VIDEO if media_kind(paths[0]) is MediaKind.VIDEO else Kind.PHOTOS
            post = replace(post, kind=post.kind or kind)
        posts.append(post)
    placed = {post: Placed(paths, SAID) for post, paths in files.items()}
    return Added(replace(library, posts=tuple(posts)), 0, 0, 0, 0, len(placed), placed)


def open_questions(library: Library) -> tuple[Question, ...]:
    """The posts whose words are not sure, each with what comes into question for it."""
    words = known_words(library.posts, library.unsettled)
    joined = join(freed(library.posts), candidates(words))
    return questions_of(joined.ambiguous, library.posts, words)


def _take(library: Library, export: Export) -> tuple[Library, Merged]:
    handle = export.profile.handle
    if not _same_handle(library.handle, handle):
        raise UsageProblem(
            f"This export is of @{handle}, but this workspace is of @{library.handle}.",
            next="Give it a workspace of its own: crossover add EXPORT -w DIR",
        )
    older = bool(export.made and library.made and export.made < library.made)
    merged = merge(library.posts, export, older=older)
    first, second = (library, export.profile) if older else (export.profile, library)
    # An export without the post section says nothing of posts, nor of what cannot be read.
    counts = library if older or export.posts_section == "absent" else export
    taken = replace(
        library,
        handle=library.handle or handle,
        name=first.name or second.name,
        posts=merged.posts,
        unreadable=counts.unreadable,
        deleted=counts.deleted,
        made=library.made if older else export.made or library.made,
    )
    return taken, merged


def _same_handle(one: str | None, other: str | None) -> bool:
    return one is None or other is None or one.casefold() == other.casefold()


def _own_words(handle: str | None, words: tuple[Caption, ...]) -> tuple[Caption, ...]:
    """Those of this account. An export without a profile takes them from one account only."""
    if handle is None and len({w.handle.casefold() for w in words if w.handle}) > 1:
        return ()
    return tuple(w for w in words if _same_handle(handle, w.handle))


def _named_only(files: Mapping[str, OwnFiles]) -> tuple[Caption, ...]:
    """TikTok posts known from the name of a file alone: no text, but a kind."""
    found = []
    for own in files.values():
        kind = None if own.lone_picture else Kind.VIDEO if own.video else Kind.PHOTOS
        found.append(Caption(own.tiktok_id, None, None, kind, None, _paths(own)[0].name))
    return tuple(found)


def _unsettled(
    posts: Iterable[Post], joined: Joined, words: Mapping[str, Caption], before: Iterable[Caption]
) -> tuple[Caption, ...]:
    """Words in question, and those that the creator refused or gave up and may want back."""
    wanted = dict.fromkeys(i for group in joined.ambiguous for i in group.tiktok_ids)
    lasting = {tiktok_id for post in posts for tiktok_id in post.not_tiktok_ids}
    lasting |= {one.tiktok_id for one in before}
    wanted |= dict.fromkeys(i for i in joined.tiktok_ids_left if i in lasting)
    return tuple(words[tiktok_id] for tiktok_id in wanted)


def _has_said_files(post: Post) -> bool:
    return any(e.what == "file" and e.how == SAID for e in post.evidence)


def _fitting_files(post: Post, own: OwnFiles) -> tuple[Path, ...]:
    if _has_said_files(post):
        return ()
    if own.video is not None:
        return (own.video,) if post.kind is not Kind.PHOTOS else ()
    return own.pictures if post.kind is not Kind.VIDEO else ()


# --- what was not used ----------------------------------------------------------------------


def _leftovers(
    found: Gathered,
    fresh: tuple[Caption, ...],
    joined: Joined,
    files: Mapping[str, OwnFiles],
    library: Library,
    placed: Mapping[str, Placed],
) -> Iterator[Leftover]:
    left = set(joined.tiktok_ids_left)
    said = {post.id for post in library.posts if _has_said_files(post)}
    alone = [words for words in fresh if words.tiktok_id in left]
    names = [path.name for i in joined.tiktok_ids_left if i in files for path in _paths(files[i])]
    for what in (*_counted(alone, found.words), *names):
        yield Leftover(what, "no post of the export was made within a minute of it")
    for pair in joined.pairs:
        if pair.tiktok_id in files and pair.post not in placed:
            reason = "its post is of another kind; perhaps a thumbnail"
            if pair.post in said:
                reason = "you named another file for its post"
            for path in _paths(files[pair.tiktok_id]):
                yield Leftover(path.name, reason)
    for odd in found.media.odd:
        for path in odd.paths:
            yield Leftover(path.name, odd.reason)
    for one in found.absent:
        yield Leftover(one.name, one.reason)
    for wordless in found.wordless:
        yield Leftover(wordless.source, wordless.reason)
    whose = f"not of @{library.handle}" if library.handle else "and others are of others"
    mine = set(fresh)
    foreign = [words for words in found.words if words not in mine]
    for handle in dict.fromkeys(words.handle for words in foreign):
        of_one = [words for words in foreign if words.handle == handle]
        for what in _counted(of_one, found.words):
            yield Leftover(what, f"it is of @{handle}, {whose}")
    for path in found.unused:
        yield Leftover(path.name, f"files ending in {path.suffix} are not moved")
    for own in found.media.files:
        for note in own.notes:
            yield Leftover(f"pictures of {own.tiktok_id}", note)


def _counted(some: Iterable[Caption], all_words: Iterable[Caption]) -> Iterator[str]:
    """Each source of them, with how many of its posts they are where it has several."""
    total = Counter(words.source for words in all_words)
    for source, count in Counter(words.source for words in some).items():
        yield f"{count:,} of {total[source]:,} posts in {source}" if total[source] > 1 else source


def _paths(own: OwnFiles) -> tuple[Path, ...]:
    return own.pictures or ((own.video,) if own.video else ())


# --- keeping --------------------------------------------------------------------------------


def keep(added: Added, root: Path) -> Library:
    """Put the files of `added` into `root/media` and save posts.json there.

    A crash at any point leaves posts.json true: it is written after the files it names, and
    files that nothing refers to any more are removed after that.
    """
    sums = read_sums(root / "sums.json")
    posts = tuple(
        keep_files(post, added.files[post.id], root, sums) if post.id in added.files else post
        for post in added.library.posts
    )
    library = replace(added.library, posts=posts)
    sums.save(root / "sums.json")
    write_library(root / "posts.json", library)
    drop_unused(posts, root)
    return library
