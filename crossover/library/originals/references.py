"""What is here of the posts for the creator's own files to be compared with."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from itertools import chain
from pathlib import Path

from crossover.library.link_survey import Line
from crossover.library.posts_file import Library
from crossover.media.download.outcomes import LinkState
from crossover.media.files.file_names import media_kind
from crossover.media.likeness.evidence import Reference
from crossover.media.likeness.fingerprint import Fingerprint
from crossover.media.likeness.fingerprint_cache import FileProgress, FingerprintCache, in_silence
from crossover.model.next_step import Hint, step
from crossover.model.posts import Kind, MediaKind, Post


def references_of(
    library: Library,
    lines: Sequence[Line],
    settled: Collection[str],
    kinds: Collection[MediaKind | None],
    root: Path,
    fingerprints: FingerprintCache,
    begin: FileProgress = in_silence,
) -> list[Reference]:
    """Collect the posts of which something is here; of those in `settled` (ids) with their
    originals. `lines` are a survey of the library; only files of these `kinds` are looked at, and
    `begin` hears of each before."""
    by_post: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        by_post[line.post].append(line)
    fingerprints.take(_own_files(library, by_post, kinds, root), begin)
    posts = [
        _reference(post, by_post[post.id], post.id in settled, kinds, root, fingerprints)
        for post in library.posts
    ]
    return [post for post in posts if post.video or post.pictures or post.cover]


def _own_files(
    library: Library,
    lines: Mapping[str, list[Line]],
    kinds: Collection[MediaKind | None],
    root: Path,
) -> dict[Path, MediaKind]:
    """Find the files of the posts that are looked at, and what each is."""
    files = chain.from_iterable(
        _files_here(post, lines.get(post.id, ()), root) for post in library.posts
    )
    return {
        path: kind for path in files if (kind := media_kind(path)) in kinds and kind is not None
    }


def _reference(
    post: Post,
    lines: Sequence[Line],
    settled: bool,
    kinds: Collection[MediaKind | None],
    root: Path,
    fingerprints: FingerprintCache,
) -> Reference:
    files = _files_here(post, lines, root)
    known = [
        fingerprint
        for path in files
        if (kind := media_kind(path)) in kinds
        and kind is not None
        and isinstance(fingerprint := fingerprints.of(path, kind), Fingerprint)
    ]
    cover = None
    if not known and MediaKind.VIDEO in kinds and post.kind is not Kind.PHOTOS:
        cover = _cover(lines, fingerprints)
    pictures = tuple(fingerprint for fingerprint in known if fingerprint.seconds is None)
    return Reference(
        post=post.id,
        number=post.number,
        posted_at=post.posted_at,
        video=next((one for one in known if one.seconds is not None), None),
        pictures=pictures if len(pictures) == len(files) else (),
        cover=cover,
        files=tuple(files),
        settled=settled,
    )


def _files_here(post: Post, lines: Sequence[Line], root: Path) -> list[Path]:
    """List the files that the post has, or else the fetched ones where all of them are here."""
    if post.media:
        return [root / media.path for media in post.media]
    results = [line.known for line in lines if not line.is_cover]
    if not all(one and one.state is LinkState.PRESENT for one in results):
        return []
    return [one.path for one in results if one and one.path]


def _cover(lines: Sequence[Line], fingerprints: FingerprintCache) -> Fingerprint | None:
    covers = [line.known.path for line in lines if line.is_cover and line.known and line.known.path]
    found = fingerprints.of(covers[0], MediaKind.IMAGE) if covers else None
    return found if isinstance(found, Fingerprint) else None


def is_comparable(known: Reference, kind: MediaKind) -> bool:
    """Whether a file of this kind can be compared with what is here of the post."""
    return bool(known.pictures if kind is MediaKind.IMAGE else known.video or known.cover)


_NAME_IT = "name its post: --pair NOTE=FILE"


def why_not_compared(kind: MediaKind, posts: Sequence[Post], lines: Sequence[Line]) -> str:
    """Explain why a file of this kind has nothing to be compared with, and what to do."""
    what = "video" if kind is MediaKind.VIDEO else "photo"
    wanted = Kind.VIDEO if kind is MediaKind.VIDEO else Kind.PHOTOS
    some = {post.id for post in posts if post.kind in (None, wanted)}
    start = "no TikTok id in its name, and"
    if not some:
        return f"{start} no {what} post to compare it with"
    states = {line.known and line.known.state for line in lines if line.post in some}
    if states & {None, LinkState.LATER, LinkState.NO_ROOM}:
        return Hint(
            f"{start} nothing of TikTok's is here to compare it with; after ",
            step("fetch"),
            ", add it again",
        )
    if states & {LinkState.PRESENT, LinkState.OWN}:
        return f"{start} too little of your {what} posts is here to compare it with; {_NAME_IT}"
    return f"{start} no {what} post has a link that works, so nothing to compare; {_NAME_IT}"
