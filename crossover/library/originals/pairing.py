"""The creator's own files without a TikTok id in their names, and the posts they are.

`take_originals` gives posts the files that are surely theirs, and those that the creator named. What
is not sure is shown, and never used on its own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import chain, count
from pathlib import Path

from crossover.errors import UsageProblem
from crossover.library.gathering import Gathered, names_apart
from crossover.library.importing import Placed
from crossover.library.link_survey import FOLDER, has_originals, settle, survey
from crossover.library.originals.candidates import CandidateFile, rank
from crossover.library.originals.named_files import (
    check_readable,
    check_refused,
    is_removable,
    named_files,
    way_out,
    without_files,
)
from crossover.library.originals.references import is_comparable, references_of, why_not_compared
from crossover.library.posts_file import Library
from crossover.library.unused import Leftover
from crossover.library.update import Added, name_files
from crossover.media.download.outcomes_file import read_outcomes
from crossover.media.file_names import is_saved_copy, media_kind
from crossover.media.fitted import Unfit
from crossover.media.likeness.closeness import Closeness
from crossover.media.likeness.evidence import Decision, NewFile
from crossover.media.likeness.fingerprint_cache import FingerprintCache
from crossover.media.likeness.verification import Compare, verify
from crossover.model.next_step import Hint, Placeholder, step
from crossover.model.posts import MediaKind, Origin, Post
from crossover.settings.answers import FileChoices
from crossover.storage.checksums import Checksums
from crossover.storage.os_errors import explain_os_error

FileProgress = Callable[[Path, int, int], None]
"""Told each file before it is looked at, with its place and how many there are."""


def _no_progress(_: Path, __: int, ___: int) -> None:
    pass


@dataclass(frozen=True, slots=True)
class Originals:
    """What was found out about files whose names tell nothing; `left` are those of no use. `asked`
    are the files like a post in question, by its id; `candidates` are to be kept. `names` say what to
    call each file, so that no two are called the same."""

    decided: Decision = field(default_factory=Decision)
    left: tuple[Leftover, ...] = ()
    asked: Mapping[str, tuple[Path, ...]] = field(default_factory=dict)
    candidates: tuple[CandidateFile, ...] = ()
    names: Mapping[Path, str] = field(default_factory=dict)


NO_ORIGINALS = Originals()


@dataclass(frozen=True, slots=True)
class OriginalsContext:
    """Where files are looked at: the workspace's folder, its checksums, fingerprints and candidates, and the time,
    aware."""

    root: Path
    checksums: Checksums
    fingerprints: FingerprintCache
    now: datetime
    candidates: tuple[CandidateFile, ...] = ()
    progress: FileProgress = _no_progress


def take_originals(
    added: Added, found: Gathered, said: FileChoices, context: OriginalsContext
) -> tuple[Added, Originals]:
    """What is to be kept, with the files that are surely a post's own and those that the creator
    named; and what was found out, to be shown.

    What the creator refused is remembered, and lost by the post that had it. Reads files. Raises
    `UsageProblem` for what was said and cannot be, and `MissingTool`.
    """
    try:
        return _take(added, found, said, context)
    except OSError as exc:
        raise explain_os_error(exc, Path(exc.filename or context.root)) from exc


def _take(
    added: Added, found: Gathered, said: FileChoices, context: OriginalsContext
) -> tuple[Added, Originals]:
    check_refused(added.library, said)
    named = named_files(added.library, said, found)
    check_readable(added.library, named, context.fingerprints)
    originals = _find(added, found, named, context)
    if said.refused:
        library = _refuse(added.library, found, said, originals, context)
        # What was fetched takes the place of what was taken away.
        lines = survey(library, context.root, context.now)
        library = settle(library, lines, {}, context.root, context.checksums).library
        added = replace(added, library=library)
        originals = _find(added, found, named, context)
    sure = {
        one.post: Placed(one.paths, Origin.LIKENESS, f"by likeness: {one.why}")
        for one in originals.decided.sure
    }
    given = name_files(added.library, named)
    taken = replace(
        added,
        library=given.library,
        files={**added.files, **sure, **given.files},
        leftovers=(*added.leftovers, *originals.left),
    )
    return taken, originals


def _refuse(
    library: Library,
    found: Gathered,
    said: FileChoices,
    originals: Originals,
    context: OriginalsContext,
) -> Library:
    """Without what is in question among the files given; where nothing is, without what likeness
    or the creator gave the post: when it is among them, or none were given."""
    given = found.media.nameless
    posts = []
    for post in library.posts:
        if post.number in said.refused:
            sure = (p for one in originals.decided.sure if one.post == post.id for p in one.paths)
            asked = [*sure, *originals.asked.get(post.id, ())]
            own = [media.sha256 for media in post.media] if is_removable(post) else []
            sizes = {media.bytes for media in post.media}
            if asked:
                refused = [context.checksums.of(path) for path in asked]
            elif not given or any(
                path.stat().st_size in sizes and context.checksums.of(path) in own for path in given
            ):
                refused = own
            else:  # said once more, it is no mistake
                given_sums = (
                    {context.checksums.of(path) for path in given} if post.not_files else set()
                )
                refused = [sha256 for sha256 in post.not_files if sha256 in given_sums]
            if not refused:
                raise _nothing_to_refuse(post.number, has_own=bool(own))
            post = without_files(post, refused)
        posts.append(post)
    return replace(library, posts=tuple(posts))


def _nothing_to_refuse(number: int, *, has_own: bool) -> UsageProblem:
    if has_own:
        return UsageProblem(
            f"No file of those you gave is in question for post {number}.",
            next=Hint("To take back the one it has: ", step("add", "--no-pair", str(number))),
        )
    return UsageProblem(
        f"No file is in question for post {number}, so there is nothing to refuse.",
        next=Hint(
            "Give the file with it: ",
            step("add", Placeholder("FILE"), "--no-pair", Placeholder("NOTE")),
        ),
    )


# --- finding --------------------------------------------------------------------------------


def _find(
    added: Added, found: Gathered, said: Mapping[str, tuple[Path, ...]], context: OriginalsContext
) -> Originals:
    """`said` are files that the creator named, by post id: neither they nor those posts are open."""
    posts = added.library.posts
    named = {path for paths in said.values() for path in paths}
    nameless = [path for path in found.media.nameless if path not in named]
    if not nameless:
        return Originals(candidates=context.candidates)
    names = names_apart(nameless)
    fresh, left = _without_known(nameless, posts, context.checksums, names)
    settled = {*added.files, *said, *(post.id for post in posts if has_originals(post))}
    lines = survey(added.library, context.root, context.now, read_outcomes(context.root / FOLDER))
    kinds = {*map(media_kind, fresh), *(candidate.kind for candidate in context.candidates)}
    known = references_of(added.library, lines, settled, kinds, context.root, context.fingerprints)
    given: list[NewFile] = []
    place, unseen = (
        0,
        sum(not context.fingerprints.has(p, media_kind(p) or MediaKind.IMAGE) for p in fresh),
    )
    for path in fresh:
        kind = media_kind(path) or MediaKind.IMAGE
        if not any(is_comparable(one, kind) for one in known):
            left.append(Leftover(names[path], why_not_compared(kind, posts, lines)))
            continue
        if not context.fingerprints.has(path, kind):
            place += 1
            context.progress(path, place, unseen)
        fingerprint = context.fingerprints.of(path, kind)
        if isinstance(fingerprint, Unfit):
            reason = f"no TikTok id in its name, and {fingerprint.reason}{way_out(path)}"
            left.append(Leftover(names[path], reason))
        else:
            given.append(NewFile(path, fingerprint, saved=is_saved_copy(path)))
    refused = {post.id: frozenset(post.not_files) for post in posts if post.not_files}
    used = {media.sha256 for post in posts for media in post.media}
    used |= {context.checksums.of(path) for path in named}
    open_still = [candidate for candidate in context.candidates if candidate.sha256 not in used]
    ranking = rank(given, known, refused, open_still, context.checksums.of)
    verified = verify(ranking.decided, known, _closely(ranking.decided, context))
    differing = {one.post: one.paths for one in ranking.decided.sure if one not in verified.sure}
    decided, challenged = _challenge(verified, posts)
    asked = {
        post: tuple(
            chain.from_iterable(
                some.get(post, ()) for some in (ranking.asked, differing, challenged)
            )
        )
        for post in {*ranking.asked, *differing, *challenged}
    }
    in_question = {path for paths in asked.values() for path in paths}
    left += _unlike((one.path for one in given if one.path not in in_question), decided, names)
    return Originals(decided, tuple(left), asked, ranking.candidates, names)


def _closely(decided: Decision, context: OriginalsContext) -> Compare:
    """Compares, and says before how far it is: this takes longer than a look."""
    total = sum(len(one.paths) for one in decided.sure)
    places = count(1)

    def compare(path: Path, own: Path, kind: MediaKind) -> Closeness | Unfit:
        context.progress(path, next(places), total)
        return context.fingerprints.compare(path, own, kind)

    return compare


def _challenge(
    decided: Decision, posts: Sequence[Post]
) -> tuple[Decision, dict[str, tuple[Path, ...]]]:
    """What is like a post that has its original by likeness alone is in question; what the creator
    named, and what came by its name, stays. With the files, by post id."""
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


def _without_known(
    paths: Iterable[Path], posts: Iterable[Post], checksums: Checksums, names: Mapping[Path, str]
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
            sha256 = checksums.of(path)
            if sha256 in used[size]:
                continue
            if first := seen.get(sha256):
                what = f"{names[path]} (also {names[first]})"
                left.append(Leftover(what, "the same file is given twice"))
            else:
                seen[sha256] = path
        fresh += seen.values()
    return sorted(fresh), left


def _unlike(
    paths: Iterable[Path], decided: Decision, names: Mapping[Path, str]
) -> Iterator[Leftover]:
    placed = {p for pairing in (*decided.sure, *decided.doubts) for p in pairing.paths}
    spare = {path: pairing for pairing in decided.spare for path in pairing.paths}
    for path in paths:
        if path in spare:
            where = spare[path].number
            yield Leftover(names[path], f"like post {where}, which has an original already")
        elif path not in placed:
            reason = "no TikTok id in its name, and like no post that is here to compare"
            yield Leftover(names[path], reason, unlike=True)
