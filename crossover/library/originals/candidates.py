"""rivals.json: files that were in question, so that one of them is not sure when it comes alone;
and those that wait for the creator to say whose they are.

Two files that are as like a post are both in question. Given one after the other, the first would
be sure and nobody asked; so the fingerprints of such files are kept until the question is settled,
and every later file is decided beside them, as if all had been given together."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from crossover.library.originals.waiting import NONE_WAITING, WaitingFiles
from crossover.media.files.file_names import media_kind
from crossover.media.likeness.decision import decide
from crossover.media.likeness.evidence import Decision, NewFile, Pairing, Reference
from crossover.media.likeness.fingerprint import Fingerprint
from crossover.media.likeness.fingerprint_cache import RECIPE
from crossover.model.posts import MediaKind
from crossover.storage.cache import read_cache, write_cache
from crossover.text import one_line


@dataclass(frozen=True, slots=True)
class CandidateFile:
    """A file that was in question. `look` is its fingerprint, `saved` as in `NewFile`."""

    sha256: str
    name: str
    look: Fingerprint
    saved: bool = False

    @property
    def key(self) -> Path:
        """A path for it among the files given. None of theirs is like it, because none begins with
        a checksum; and its name can be shown."""
        return Path(self.sha256, self.name)

    @property
    def kind(self) -> MediaKind:
        return MediaKind.IMAGE if self.look.seconds is None else MediaKind.VIDEO


@dataclass(frozen=True, slots=True)
class _CandidatesDocument:
    recipe: int = RECIPE
    files: tuple[CandidateFile, ...] = ()
    waiting: WaitingFiles = NONE_WAITING


@dataclass(frozen=True, slots=True)
class Ranking:
    """What was decided of the files given. `asked` are those of them that are like a post in
    question, by its id; `candidates` are to be kept for the next time."""

    decided: Decision = field(default_factory=Decision)
    asked: Mapping[str, tuple[Path, ...]] = field(default_factory=dict)
    candidates: tuple[CandidateFile, ...] = ()


def read_candidates(path: Path) -> tuple[CandidateFile, ...]:
    """Read the files in question in rivals.json; none where there is no such file."""
    return _read(path).files


def read_waiting(path: Path) -> WaitingFiles:
    """Read the files in rivals.json that wait for the creator; none where there is no such file."""
    return _read(path).waiting


def write_candidates(
    path: Path, candidates: tuple[CandidateFile, ...], waiting: WaitingFiles
) -> None:
    """Write rivals.json. Raises what `write_document` raises."""
    document = _CandidatesDocument(files=candidates, waiting=waiting)
    if document != _read(path):
        write_cache(path, "rivals", document)


def _read(path: Path) -> _CandidatesDocument:
    found = read_cache(path, "rivals", _CandidatesDocument, recipe=RECIPE)
    return found or _CandidatesDocument()


def rank(
    given: Sequence[NewFile],
    posts: Sequence[Reference],
    refused: Mapping[str, frozenset[str]],
    before: Sequence[CandidateFile],
    sum_of: Callable[[Path], str],
) -> Ranking:
    """Pair files with posts one to one, beside the candidates from `before`. `refused` are the
    checksums of files that the creator refused, by post id. Reads files for their checksums; raises
    `OSError`."""
    given_again = {
        sum_of(one.path)
        for one in given
        if any(one.fingerprint == candidate.look for candidate in before)
    }
    absent = {one.key: one for one in before if one.sha256 not in given_again}
    files = [*given, *(NewFile(path, one.look, one.saved) for path, one in absent.items())]

    def is_refused(post: str, path: Path) -> bool:
        if not (checksums := refused.get(post)):
            return False
        return (absent[path].sha256 if path in absent else sum_of(path)) in checksums

    decided = decide(files, posts, is_refused)
    asked = _find_asked(decided, files, posts, is_refused)
    in_question = {path for paths in asked.values() for path in paths}
    kept = [
        absent.get(one.path)
        or CandidateFile(sum_of(one.path), one_line(one.path.name), one.fingerprint, one.saved)
        for one in files
        if one.path in in_question
    ]
    return Ranking(
        decided=_remove_absent(decided, absent, asked),
        asked={post: tuple(p for p in paths if p not in absent) for post, paths in asked.items()},
        candidates=tuple(sorted(kept, key=lambda candidate: candidate.sha256)),
    )


def _find_asked(
    decided: Decision,
    files: Sequence[NewFile],
    posts: Sequence[Reference],
    is_refused: Callable[[str, Path], bool],
) -> dict[str, tuple[Path, ...]]:
    """Find the files in question for each post. A doubt about a photo post names the best files
    alone; the others like it are candidates too."""
    doubted = {pairing.post for pairing in decided.doubts}
    asked: dict[str, tuple[Path, ...]] = {}
    for post in (post for post in posts if post.post in doubted):
        paths = {p for one in decided.doubts if one.post == post.post for p in one.paths}
        for one in files if post.pictures else ():
            found = decide([one], [post], is_refused)
            if one.fingerprint.seconds is None and (found.sure or found.doubts):
                paths.add(one.path)
        asked[post.post] = tuple(sorted(paths))
    return asked


def _remove_absent(
    decided: Decision, absent: Mapping[Path, CandidateFile], asked: Mapping[str, tuple[Path, ...]]
) -> Decision:
    """Remove the files that were not given this time."""

    def without_absent(pairing: Pairing) -> Pairing | None:
        missing = ", ".join(absent[path].name for path in pairing.paths if path in absent)
        if not missing:
            return pairing
        if paths := tuple(path for path in pairing.paths if path not in absent):
            why = f"{pairing.why}; {missing}, given before, belongs to it: give all together"
            return replace(pairing, paths=paths, why=why)
        # A film has a doubt of its own; of pictures only the one that is most like the post.
        is_film = media_kind(pairing.paths[0]) is MediaKind.VIDEO
        here = [path for path in asked.get(pairing.post, ()) if path not in absent]
        if is_film or not here:
            return None
        why = f"{missing}, given before, is as like it or more"
        return replace(pairing, paths=(here[0],), why=why)

    sure = [(one, without_absent(one)) for one in decided.sure]
    partly = [part for whole, part in sure if part and part is not whole]
    return Decision(
        sure=tuple(part for whole, part in sure if part is whole),
        doubts=(*(one for one in map(without_absent, decided.doubts) if one), *partly),
        spare=tuple(one for one in map(without_absent, decided.spare) if one),
    )
