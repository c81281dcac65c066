"""Finds what was given and not used, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from crossover.captions.caption import KINDS, Caption
from crossover.captions.pairs import JoinResult
from crossover.captions.unpaired import Unpaired, UnpairedReason
from crossover.library.gathering import Gathered, UnmovedFile, names_apart
from crossover.library.importing import Placed
from crossover.library.posts_file import Library
from crossover.library.unopened_files import explain_unopened
from crossover.media.files.file_names import SOUND_SUFFIXES, media_kind, why_unmoved
from crossover.media.files.own_files import THUMBNAIL, Odd, OwnFiles, paths_of
from crossover.model.next_step import Hint, Placeholder, step
from crossover.model.posts import Kind, MediaKind, Origin, Post

_FEW = 2
"""Posts named in a reason."""
_SLIDESHOW = "its post has pictures, which are here; TikTok makes such videos of posts of pictures"
_RENDERED = "TikTok makes such videos of posts of pictures; add the pictures instead"


@dataclass(frozen=True, slots=True)
class UnusedItem:
    """Something that was given and not used, and why. `unlike`: it was compared with every post
    that is here, and is like none. `number`: so many things, told as one. `instead` is the name of what was taken for
    it."""

    what: str
    reason: str
    unlike: bool = False
    number: int = 1
    instead: str = ""


def find_unused(
    found: Gathered,
    fresh: tuple[Caption, ...],
    joined: JoinResult,
    unpaired: tuple[Unpaired, ...],
    files: Mapping[str, OwnFiles],
    library: Library,
    placed: Mapping[str, Placed],
) -> Iterator[UnusedItem]:
    """Find everything that was given and is no post's now, with the reason."""
    total = Counter(words.source for words in found.words)
    yield from _unpaired_captions(fresh, unpaired, total)
    yield from _unpaired_files(unpaired, files)
    yield from _unplaced_files(joined, files, library, placed)
    for odd in found.media.odd:
        for path in odd.paths:
            yield _make_item(path, odd)
    for one in found.missing_content:
        yield UnusedItem(one.name, one.reason)
    for name, reason, number in explain_unopened(found.unopened):
        yield UnusedItem(name, reason, number=number)
    for wordless in found.wordless:
        yield UnusedItem(wordless.source, wordless.reason)
    yield from _others_captions(found.words, set(fresh), library.handle, total)
    for other in found.unused:
        yield UnusedItem(other.path.name, _why_unmoved(other))
    for own in found.media.files:
        for note in own.notes:
            yield UnusedItem(f"pictures of {own.tiktok_id}", note)


def _make_item(path: Path, odd: Odd) -> UnusedItem:
    """Name a file and the one taken instead so that they are told apart."""
    if odd.instead is None:
        return UnusedItem(path.name, odd.reason)
    names = names_apart([path, odd.instead])
    return UnusedItem(names[path], odd.reason, instead=names[odd.instead])


def _why_unmoved(file: UnmovedFile) -> str:
    if file.path.name.startswith("."):
        return "its name begins with a dot, as hidden files are named; rename it to move it"
    if file.path.suffix.lower() in SOUND_SUFFIXES:
        return "it is sound alone; a note is made of a video or pictures"
    return why_unmoved(file.path) or f"files ending in {file.path.suffix} are not moved"


def _unpaired_captions(
    fresh: Iterable[Caption], unpaired: Iterable[Unpaired], total: Mapping[str, int]
) -> Iterator[UnusedItem]:
    reasons = {one.words.tiktok_id: _with_way_out(_why_unpaired(one), one) for one in unpaired}
    by_reason: dict[str, list[Caption]] = {reason: [] for reason in reasons.values()}
    for words in fresh:
        if words.tiktok_id in reasons:
            by_reason[reasons[words.tiktok_id]].append(words)
    for reason, some in by_reason.items():
        for what in _counted(some, total):
            yield UnusedItem(what, reason)


def _unpaired_files(
    unpaired: Iterable[Unpaired], files: Mapping[str, OwnFiles]
) -> Iterator[UnusedItem]:
    for one in unpaired:
        if own := files.get(one.words.tiktok_id):
            reason = _why_unpaired(one)
            if one.why is UnpairedReason.KIND and own.video is not None:
                reason = f"{reason}: {_RENDERED}"
            for path in paths_of(own):
                yield UnusedItem(path.name, reason)


def _unplaced_files(
    joined: JoinResult,
    files: Mapping[str, OwnFiles],
    library: Library,
    placed: Mapping[str, Placed],
) -> Iterator[UnusedItem]:
    posts = {post.id: post for post in library.posts}
    for pair in joined.pairs:
        if own := files.get(pair.tiktok_id):
            taken = placed[pair.post].paths if pair.post in placed else ()
            post = posts[pair.post]
            has = {file.source for file in post.media} if not taken else set()
            for path in paths_of(own):
                if path in taken or path.name in has:
                    continue
                if not _is_asked_about(post, own, path):
                    yield UnusedItem(path.name, _why_unplaced(post, own, path))


def _is_asked_about(post: Post, own: OwnFiles, path: Path) -> bool:
    """Whether it is one of several videos that `originals` asks about."""
    is_video = media_kind(path) is MediaKind.VIDEO
    return is_video and path in own.unclear and post.kind is not Kind.PHOTOS and not post.media


def _why_unplaced(post: Post, own: OwnFiles, path: Path) -> str:
    if post.origin_of_files is Origin.NAMED:
        return "you named another file for its post"
    if media_kind(path) is MediaKind.IMAGE and post.kind is not Kind.PHOTOS and own.video:
        return THUMBNAIL
    if media_kind(path) is MediaKind.VIDEO and post.kind is Kind.PHOTOS:
        return _SLIDESHOW if own.pictures else f"its post has pictures: {_RENDERED}"
    if media_kind(path) is MediaKind.IMAGE and post.kind is Kind.VIDEO:
        return THUMBNAIL if own.lone_picture else "its post is a video"
    pair = Placeholder(f"{post.number}=FILE")
    return Hint(
        f"one of several files with the TikTok id of post {post.number}; say which is its own, of"
        " pictures each in its order: ",
        step("add", Placeholder("FOLDER"), "--pair", pair),
    )


def _others_captions(
    given: Iterable[Caption], own: Collection[Caption], handle: str | None, total: Mapping[str, int]
) -> Iterator[UnusedItem]:
    """Find the captions of other accounts than `handle`."""
    contrast = f"not of @{handle}" if handle else "and others are of others"
    foreign = [words for words in given if words not in own]
    for other in dict.fromkeys(words.handle for words in foreign):
        for what in _counted((words for words in foreign if words.handle == other), total):
            yield UnusedItem(what, f"it is of @{other}, {contrast}")


def _why_unpaired(one: Unpaired) -> str:
    numbers = [f"{post.number}" for post in one.posts[:_FEW]]
    posts = (
        f"post{'s' if len(numbers) > 1 else ''} {' and '.join(numbers)}, made within a minute of it"
    )
    has = "has" if len(numbers) == 1 else "have"
    match one.why:
        case UnpairedReason.KIND:
            theirs = "pictures" if one.words.kind is Kind.VIDEO else "a video"
            return f"it says {KINDS[one.words.kind]}, and {posts}, {has} {theirs}"
        case UnpairedReason.REFUSED:
            return f"you said that it is not post {' or '.join(numbers)}"
        case UnpairedReason.TAKEN:
            return f"{posts}, {has} another TikTok id"
        case UnpairedReason.NOT_NEAR:
            return "no post of the export was made within a minute of it"


def _with_way_out(reason: str, one: Unpaired) -> str:
    """The reason, and how the creator brings words to a post of another kind."""
    if one.why is not UnpairedReason.KIND:
        return reason
    pair = f"{one.posts[0].number}={one.words.tiktok_id}"
    return Hint(reason, "; if they belong together: ", step("captions", "--pair", pair))


def _counted(some: Iterable[Caption], total: Mapping[str, int]) -> Iterator[str]:
    """Each source of them, with how many of its posts they are where it has several."""
    for source, count in Counter(words.source for words in some).items():
        yield f"{count:,} of {total[source]:,} posts in {source}" if total[source] > 1 else source
