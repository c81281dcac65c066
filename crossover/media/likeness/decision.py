"""Which of the creator's files is which post, told by how they look, how long and how old they are.

    sure: the same length within 0.3 s, the same pictures in every part, filmed before the post,
          and neither the file nor the post is like any other one
          and, laid side by side closely from end to end, nothing differs that can be seen or heard
    doubt: anything less; it is shown, and used only when the creator says so

`decide` is pure: fingerprints were taken before. `verification` has the files of the sure ones
compared."""

from __future__ import annotations

from collections.abc import Sequence

from crossover.media.likeness.evidence import Decision, IsRefused, NewFile, Pairing, Reference
from crossover.media.likeness.pictures import decide_pictures
from crossover.media.likeness.videos import decide_videos


def decide(given: Sequence[NewFile], posts: Sequence[Reference], refused: IsRefused) -> Decision:
    """Pair files with posts one to one. The order of neither matters."""
    given = sorted(given, key=lambda one: one.path)
    films = decide_videos([g for g in given if g.fingerprint.seconds is not None], posts, refused)
    pictures = decide_pictures([g for g in given if g.fingerprint.seconds is None], posts, refused)
    return Decision(
        sure=_in_order(*films.sure, *pictures.sure),
        doubts=_in_order(*films.doubts, *pictures.doubts),
        spare=_in_order(*films.spare, *pictures.spare),
    )


def _in_order(*pairings: Pairing) -> tuple[Pairing, ...]:
    return tuple(sorted(pairings, key=lambda pairing: (pairing.number, pairing.paths)))
