"""The creator's own files without a TikTok id in their names, and the posts they are.

`take_originals` gives posts the files that are surely theirs, and those that the creator named. What
is not sure is shown, and never used on its own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from crossover.errors import UsageProblem
from crossover.fetch import Line, has_originals, settle, survey
from crossover.files import explain_os_error
from crossover.gathering import Gathered
from crossover.library import Added, Leftover, Library, name_files
from crossover.media.fetching.outcome import LinkState
from crossover.media.fitter import Unfit
from crossover.media.keep import Placed
from crossover.media.likeness import Decided, Given, Known, decide
from crossover.media.likeness.fingerprint import Look
from crossover.media.likeness.looking import Looks
from crossover.media.likeness.verifying import verify
from crossover.media.match import is_saved_copy, media_kind
from crossover.model import Kind, MediaKind, Post
from crossover.said_files import Said, named_files, refuse_files, without_files
from crossover.sums import Sums

ALIKE = "by likeness"
"""How the evidence of a file begins that came to its post by what it looks like."""

Progress = Callable[[Path, int, int], None]
"""Told each file before it is looked at, with its place and how many there are."""


def _in_silence(_: Path, __: int, ___: int) -> None:
    pass


@dataclass(frozen=True, slots=True)
class Originals:
    """What was found out about files whose names tell nothing; `left` are those of no use."""

    decided: Decided = field(default_factory=Decided)
    left: tuple[Leftover, ...] = ()


NO_ORIGINALS = Originals()


@dataclass(frozen=True, slots=True)
class Workbench:
    """Where files are looked at: the workspace's folder, its sums and looks, and the time, aware."""

    root: Path
    sums: Sums
    looks: Looks
    now: datetime
    progress: Progress = _in_silence


def take_originals(
    added: Added, found: Gathered, said: Said, bench: Workbench
) -> tuple[Added, Originals]:
    """What is to be kept, with the files that are surely a post's own and those that the creator
    named; and what was found out, to be shown.

    What the creator refused is remembered, and lost by the post that had it. Reads files. Raises
    `UsageProblem` for what was said and cannot be, and `MissingTool`.
    """
    try:
        return _take(added, found, said, bench)
    except OSError as exc:
        raise explain_os_error(exc, Path(exc.filename or bench.root)) from exc


def _take(added: Added, found: Gathered, said: Said, bench: Workbench) -> tuple[Added, Originals]:
    library, open_still = refuse_files(added.library, said)
    if said.refused:  # what was fetched takes the place of what was taken away
        lines = survey(library, bench.root, bench.now)
        library = settle(library, lines, {}, bench.root, bench.sums).library
    added = replace(added, library=library)
    named = named_files(library, said, found)
    originals = _find(added, found, named, bench)
    if open_still:
        added = _refuse_doubts(added, originals, open_still, bench.sums)
        originals = _find(added, found, named, bench)
    sure = {one.post: Placed(one.paths, f"{ALIKE}: {one.why}") for one in originals.decided.sure}
    given = name_files(added.library, named)
    taken = replace(
        added,
        library=given.library,
        files={**added.files, **sure, **given.files},
        leftovers=(*added.leftovers, *originals.left),
    )
    return taken, originals


def _refuse_doubts(added: Added, originals: Originals, numbers: Iterable[int], sums: Sums) -> Added:
    library = added.library
    for number in numbers:
        doubts = [one for one in originals.decided.doubts if one.number == number]
        if not doubts:
            raise UsageProblem(
                f"No file is in question for post {number}, so there is nothing to refuse.",
                next="Give the file with it: crossover add FILE --no-pair NOTE",
            )
        files = [sums.of(path) for one in doubts for path in one.paths]
        posts = tuple(
            without_files(post, files) if post.number == number else post for post in library.posts
        )
        library = replace(library, posts=posts)
    return replace(added, library=library)


# --- finding --------------------------------------------------------------------------------


def _find(
    added: Added, found: Gathered, said: Mapping[str, tuple[Path, ...]], bench: Workbench
) -> Originals:
    """`said` are files that the creator named, by post id: neither they nor those posts are open."""
    posts = added.library.posts
    named = {path for paths in said.values() for path in paths}
    nameless = [path for path in found.media.nameless if path not in named]
    if not nameless:
        return NO_ORIGINALS
    fresh, left = _without_known(nameless, posts, bench.sums)
    settled = {*added.files, *said, *(post.id for post in posts if has_originals(post))}
    known = _known_posts(added.library, settled, {media_kind(path) for path in fresh}, bench)
    given: list[Given] = []
    place, unseen = 0, sum(not bench.looks.has(p, media_kind(p) or MediaKind.IMAGE) for p in fresh)
    for path in fresh:
        kind = media_kind(path) or MediaKind.IMAGE
        if not any(_comparable(one, kind) for one in known):
            left.append(Leftover(path.name, _NOTHING_TO_COMPARE))
            continue
        if not bench.looks.has(path, kind):
            place += 1
            bench.progress(path, place, unseen)
        look = bench.looks.of(path, kind)
        if isinstance(look, Unfit):
            left.append(Leftover(path.name, f"no TikTok id in its name, and {look.reason}"))
        else:
            given.append(Given(path, look, saved=is_saved_copy(path)))
    refused = {post.id: set(post.not_files) for post in posts if post.not_files}

    def is_refused(post: str, path: Path) -> bool:
        return post in refused and bench.sums.of(path) in refused[post]

    decided = verify(decide(given, known, is_refused), known, bench.looks.compare)
    return Originals(decided, (*left, *_unlike(given, decided)))


_NOTHING_TO_COMPARE = (
    "no TikTok id in its name, and nothing of TikTok's is here to compare it with;"
    " after `crossover fetch`, add it again"
)


def _without_known(
    paths: Iterable[Path], posts: Iterable[Post], sums: Sums
) -> tuple[list[Path], list[Leftover]]:
    """Those that are neither in use already nor the same as one before them."""
    by_size: dict[int, list[Path]] = defaultdict(list)
    for path in paths:
        by_size[path.stat().st_size].append(path)
    used: dict[int, set[str]] = defaultdict(set)
    for media in (media for post in posts for media in post.media):
        used[media.bytes].add(media.sha256)
    fresh: list[Path] = []
    left: list[Leftover] = []
    for size, some in by_size.items():
        if len(some) == 1 and size not in used:
            fresh += some
            continue
        seen: dict[str, Path] = {}
        for path in some:
            sha256 = sums.of(path)
            if sha256 in used[size]:
                continue
            if first := seen.get(sha256):
                left.append(Leftover(path.name, f"the same file as {first}"))
            else:
                seen[sha256] = path
        fresh += seen.values()
    return sorted(fresh), left


def _known_posts(
    library: Library,
    settled: Collection[str],
    kinds: Collection[MediaKind | None],
    bench: Workbench,
) -> list[Known]:
    by_post: dict[str, list[Line]] = defaultdict(list)
    for line in survey(library, bench.root, bench.now):
        by_post[line.post].append(line)
    posts = [
        _known(post, by_post[post.id], post.id in settled, kinds, bench) for post in library.posts
    ]
    return [post for post in posts if post.video or post.pictures or post.cover]


def _known(
    post: Post,
    lines: Sequence[Line],
    settled: bool,
    kinds: Collection[MediaKind | None],
    bench: Workbench,
) -> Known:
    here = [
        line.known.path
        for line in lines
        if line.known and line.known.state is LinkState.PRESENT and not line.is_cover
    ]
    files = [bench.root / media.path for media in post.media]
    if not files and len(here) == sum(not line.is_cover for line in lines):
        files = [path for path in here if path]
    looks = [
        look
        for path in files
        if (kind := media_kind(path)) in kinds
        and kind is not None
        and isinstance(look := bench.looks.of(path, kind), Look)
    ]
    covers = [line.known.path for line in lines if line.is_cover and line.known and line.known.path]
    cover = None
    if not looks and covers and MediaKind.VIDEO in kinds and post.kind is not Kind.PHOTOS:
        found = bench.looks.of(covers[0], MediaKind.IMAGE)
        cover = found if isinstance(found, Look) else None
    video = next((look for look in looks if look.seconds is not None), None)
    pictures = tuple(look for look in looks if look.seconds is None)
    whole = len(pictures) == len(files)
    return Known(
        post=post.id,
        number=post.number,
        posted_at=post.posted_at,
        video=video,
        pictures=pictures if whole else (),
        cover=cover,
        files=tuple(files),
        settled=settled,
    )


def _comparable(known: Known, kind: MediaKind) -> bool:
    return bool(known.pictures if kind is MediaKind.IMAGE else known.video or known.cover)


def _unlike(given: Iterable[Given], decided: Decided) -> Iterator[Leftover]:
    placed = {p for pairing in (*decided.sure, *decided.doubts) for p in pairing.paths}
    spare = {path: pairing for pairing in decided.spare for path in pairing.paths}
    for one in given:
        if one.path in spare:
            where = spare[one.path].number
            yield Leftover(one.path.name, f"like post {where}, which has an original already")
        elif one.path not in placed:
            reason = "no TikTok id in its name, and like no post that is here to compare"
            yield Leftover(one.path.name, reason)
