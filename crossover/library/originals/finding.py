"""Finds which posts files are, whose names tell nothing: what is sure, in question, and of no use.

Reads files, and changes nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import chain
from pathlib import Path

from crossover.library.gathering import Gathered, names_apart
from crossover.library.link_survey import FOLDER, Line, has_originals, survey
from crossover.library.originals.candidates import CandidateFile, Ranking, rank
from crossover.library.originals.dating import date_files
from crossover.library.originals.references import is_comparable, references_of, why_not_compared
from crossover.library.originals.versions import EDITED, LIVE, Versions, drop_same, find_versions
from crossover.library.originals.waiting import (
    NONE_WAITING,
    WaitingFiles,
    find_open_posts,
    merge_waiting,
)
from crossover.library.unused import UnusedItem
from crossover.library.update import Added
from crossover.media.dating.dated import DatedFile
from crossover.media.download.outcomes_file import read_outcomes
from crossover.media.files.doubles import SAME_FILE, Contents, how_plain
from crossover.media.files.file_names import is_saved_copy, media_kind
from crossover.media.fit.fitted import Unfit
from crossover.media.likeness.evidence import Decision, NewFile, Reference
from crossover.media.likeness.fingerprint_cache import FileProgress, FingerprintCache, in_silence
from crossover.media.likeness.verification import pairs_to_compare, verify
from crossover.model.posts import MediaKind, Origin, Post
from crossover.storage.checksums import Checksums


@dataclass(frozen=True, slots=True)
class Originals:
    """What was found out about files whose names tell nothing; `leftovers` are those of no use.
    `asked` are the files like a post in question, by its id; `dated` may be some of the
    `open_posts` by their dates; `candidates` and `waiting` are to be kept. `names` say what to call
    each file, so that no two are called the same. `in_use` are files that posts have already."""

    decided: Decision = field(default_factory=Decision)
    leftovers: tuple[UnusedItem, ...] = ()
    asked: Mapping[str, tuple[Path, ...]] = field(default_factory=dict)
    candidates: tuple[CandidateFile, ...] = ()
    names: Mapping[Path, str] = field(default_factory=dict)
    dated: tuple[DatedFile, ...] = ()
    open_posts: int = 0
    waiting: WaitingFiles = NONE_WAITING
    in_use: frozenset[Path] = frozenset()


NO_ORIGINALS = Originals()


@dataclass(frozen=True, slots=True)
class OriginalsContext:
    """Where files are looked at: the workspace's folder, its checksums, fingerprints, candidates
    and files that wait, and the time, aware."""

    root: Path
    checksums: Checksums
    fingerprints: FingerprintCache
    now: datetime
    candidates: tuple[CandidateFile, ...] = ()
    waiting: WaitingFiles = NONE_WAITING
    progress: FileProgress = in_silence


def find_originals(
    added: Added, found: Gathered, named: Mapping[str, tuple[Path, ...]], context: OriginalsContext
) -> Originals:
    """`named` are the creator's choices, by post id: neither those files nor those posts are
    open."""
    posts = added.library.posts
    chosen = set(chain.from_iterable(named.values()))
    nameless = [path for path in found.media.nameless if path not in chosen]
    if not nameless:
        return Originals(candidates=context.candidates, waiting=context.waiting)
    names = names_apart(nameless)
    new, in_use, repeated = _find_known(nameless, posts, context.checksums, names)
    versions = find_versions(sorted([*new, *in_use]), context.fingerprints)
    fresh = [path for path in versions.first if path not in in_use]
    lines = survey(added.library, context.root, context.now, read_outcomes(context.root / FOLDER))
    references = _find_references(added, named, fresh, lines, context)
    incomparable = {
        kind: why_not_compared(kind, posts, lines)
        for kind in MediaKind
        if not any(is_comparable(reference, kind) for reference in references)
    }
    files, unread, uncompared = _take_fingerprints(fresh, incomparable, names, context)
    contents = Contents(context.checksums, context.fingerprints)
    files, same = drop_same(files, contents, names, context.progress)
    refused = {post.id: frozenset(post.not_files) for post in posts if post.not_files}
    candidates = _open_candidates(posts, chosen, context)
    ranking = rank(files, references, refused, candidates, context.checksums.of)
    tried = [path for path in fresh if path not in uncompared]
    again = versions.second_choice(tried, {*in_use, *_paths_in(ranking)})
    if again:
        more, damaged, _ = _take_fingerprints(again, incomparable, names, context)
        files, unread = [*files, *more], [*unread, *damaged]
        ranking = rank(files, references, refused, candidates, context.checksums.of)
    pairs = pairs_to_compare(ranking.decided, references)
    context.fingerprints.take_comparisons(pairs, context.progress)
    verified = verify(ranking.decided, references, context.fingerprints.compare)
    differing = {one.post: one.paths for one in ranking.decided.sure if one not in verified.sure}
    decided, challenged = _challenge(verified, posts)
    asked = _merge_asked(ranking.asked, differing, challenged)
    in_question = set(chain.from_iterable(asked.values()))
    unlike, spare = _unlike((f.path for f in files if f.path not in in_question), decided, names)
    settled = {*added.files, *named, *(one.post for one in decided.sure)}
    open_posts = find_open_posts(posts, lines, settled)
    unplaced = dict(sorted((uncompared | unlike).items()))
    dated, left = date_files(unplaced, open_posts, context.fingerprints, context.progress)
    return Originals(
        decided=decided,
        leftovers=(
            *repeated,
            *unread,
            *same,
            *spare,
            *left,
            *_explain(versions, {*again, *in_use}, names),
        ),
        asked=asked,
        candidates=ranking.candidates,
        names=names,
        dated=tuple(dated),
        open_posts=len(open_posts),
        waiting=merge_waiting(context.waiting, nameless, dated, decided.doubts),
        in_use=frozenset(in_use),
    )


def _paths_in(ranking: Ranking) -> set[Path]:
    """The files that were found to be a post's own, or may be."""
    decided = ranking.decided
    pairings = (*decided.sure, *decided.doubts, *decided.spare)
    return {path for one in pairings for path in one.paths}


def _explain(
    versions: Versions, others: Collection[Path], names: Mapping[Path, str]
) -> Iterator[UnusedItem]:
    """Say of the files that others stand for which those are, but of the `others`."""
    for reason, found in ((LIVE, versions.live), (EDITED, versions.edited)):
        for path, instead in found.items():
            if path not in others:
                yield UnusedItem(names[path], reason, instead=names[instead])


def _find_references(
    added: Added,
    named: Collection[str],
    fresh: Iterable[Path],
    lines: Sequence[Line],
    context: OriginalsContext,
) -> list[Reference]:
    library = added.library
    originals = (post.id for post in library.posts if has_originals(post))
    settled = {*added.files, *named, *originals}
    kinds = {*map(media_kind, fresh), *(candidate.kind for candidate in context.candidates)}
    return references_of(
        library, lines, settled, kinds, context.root, context.fingerprints, context.progress
    )


def _take_fingerprints(
    paths: Iterable[Path],
    incomparable: Mapping[MediaKind, str],
    names: Mapping[Path, str],
    context: OriginalsContext,
) -> tuple[list[NewFile], list[UnusedItem], dict[Path, UnusedItem]]:
    """Take the fingerprints of the files that can be compared and read; the others are left over,
    apart the `incomparable`: why files of a kind have nothing to be compared with."""
    kinds = {path: media_kind(path) or MediaKind.IMAGE for path in paths}
    known = context.fingerprints
    comparable = {path: kind for path, kind in kinds.items() if kind not in incomparable}
    known.take(comparable, context.progress)
    files: list[NewFile] = []
    leftovers: list[UnusedItem] = []
    uncompared: dict[Path, UnusedItem] = {}
    for path, kind in kinds.items():
        if kind in incomparable:
            uncompared[path] = UnusedItem(names[path], incomparable[kind])
            continue
        fingerprint = known.of(path, kind)
        if isinstance(fingerprint, Unfit):
            reason = f"no TikTok id in its name, and {fingerprint.reason}"
            leftovers.append(UnusedItem(names[path], reason))
        else:
            files.append(NewFile(path, fingerprint, saved=is_saved_copy(path)))
    return files, leftovers, uncompared


def _open_candidates(
    posts: Iterable[Post], chosen: Iterable[Path], context: OriginalsContext
) -> list[CandidateFile]:
    """Return the candidates that no post has and that were not chosen for one."""
    used = {media.sha256 for post in posts for media in post.media}
    used |= {context.checksums.of(path) for path in chosen}
    return [candidate for candidate in context.candidates if candidate.sha256 not in used]


def _merge_asked(*several: Mapping[str, tuple[Path, ...]]) -> dict[str, tuple[Path, ...]]:
    """Merge files in question, by post id."""
    merged: dict[str, tuple[Path, ...]] = defaultdict(tuple)
    for asked in several:
        for post, paths in asked.items():
            merged[post] += paths
    return dict(merged)


def _challenge(
    decided: Decision, posts: Sequence[Post]
) -> tuple[Decision, dict[str, tuple[Path, ...]]]:
    """Put files in question that are like a post whose original came by likeness alone; what the
    creator named, and what came by its name, stays. Returns those files too, by post id."""
    by_likeness = {
        post.id: ", ".join(media.source for media in post.media)
        for post in posts
        if post.origin_of_files is Origin.LIKENESS
    }
    challenged: dict[str, tuple[Path, ...]] = defaultdict(tuple)
    doubts = list(decided.doubts)
    for one in decided.spare:
        if has := by_likeness.get(one.post):
            instead = f"post {one.number} has {has} by likeness; --pair takes this one instead"
            doubts.append(replace(one, why=f"{one.why}; {instead}"))
            challenged[one.post] += one.paths
    spare = tuple(one for one in decided.spare if one.post not in by_likeness)
    return replace(decided, doubts=tuple(doubts), spare=spare), challenged


def _find_known(
    paths: Iterable[Path], posts: Iterable[Post], checksums: Checksums, names: Mapping[Path, str]
) -> tuple[list[Path], set[Path], list[UnusedItem]]:
    """Find the files that are new, those that posts have already, and what is said of those that are
    the same as another one."""
    by_size: dict[int, list[Path]] = defaultdict(list)
    for path in paths:
        by_size[path.stat().st_size].append(path)
    used: dict[int, set[str]] = defaultdict(set)
    for media in (media for post in posts for media in post.media):
        used[media.bytes].add(media.sha256)
    fresh: list[Path] = []
    in_use: set[Path] = set()
    leftovers: list[UnusedItem] = []
    for size, some in by_size.items():
        if len(some) == 1 and size not in used:
            fresh += some
            continue
        seen: dict[str, Path] = {}
        for path in sorted(some, key=how_plain):
            sha256 = checksums.of(path)
            if first := seen.get(sha256):
                leftovers.append(UnusedItem(names[path], SAME_FILE, instead=names[first]))
                continue
            seen[sha256] = path
            if sha256 in used[size]:
                in_use.add(path)
            else:
                fresh.append(path)
    return fresh, in_use, leftovers


def _unlike(
    paths: Iterable[Path], decided: Decision, names: Mapping[Path, str]
) -> tuple[dict[Path, UnusedItem], list[UnusedItem]]:
    """The files that are like no post, and those that are like one that needs none."""
    placed = {p for pairing in (*decided.sure, *decided.doubts) for p in pairing.paths}
    like = {path: pairing for pairing in decided.spare for path in pairing.paths}
    unlike: dict[Path, UnusedItem] = {}
    spare: list[UnusedItem] = []
    for path in paths:
        if path in like:
            reason = f"like post {like[path].number}, which has an original already"
            spare.append(UnusedItem(names[path], reason))
        elif path not in placed:
            reason = "no TikTok id in its name, and like no post that is here to compare"
            unlike[path] = UnusedItem(names[path], reason, unlike=True)
    return unlike, spare
