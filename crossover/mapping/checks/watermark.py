"""TikTok's watermark in the files of a note: held where it is seen, told of where it is possible.

Newcomers' accounts were suspended, or notes removed, after a first post that showed it (news and guides
since January 2025; no official text was found).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from crossover.mapping.checks.advice import get_without_mark
from crossover.mapping.checks.file_questions import AS_DECIDED
from crossover.model.choices import Action, Edit, WatermarkRule
from crossover.model.notes import Level, Problem
from crossover.model.watermark import SURE, MarkHints, Watermark, WatermarkSign

WATERMARK = "watermark"
"""The code of a note that shows the mark."""
POSSIBLE = "watermark-possible"
"""The code of one that may."""
LONGER_SECONDS = 1.0
"""A video so much longer than its post may have a card at its end that the post has not."""


def check_watermark(
    hints: MarkHints, rule: WatermarkRule, edit: Edit, *, linked: bool
) -> Iterator[Problem]:
    """Hold a note that shows the mark, unless the creator moves it, and warn of one that may.
    `linked`: its post has links to fetch other files by."""
    if rule is WatermarkRule.IGNORE:
        return
    seen = hints.seen
    held = Level.ERROR if rule is WatermarkRule.HOLD else Level.WARNING
    possible = Level.WARNING
    if edit.action is Action.MOVE:
        held = possible = Level.NOTE
    advice = AS_DECIDED if edit.action is Action.MOVE else get_without_mark(linked=linked)
    if seen and seen.sign in SURE:
        what = f"It shows what looks like TikTok's watermark: {_describe(seen)}."
        yield Problem(WATERMARK, held, what, advice)
    elif reasons := tuple(_reasons(hints)):
        what = f"It may show TikTok's watermark: {' and '.join(reasons)}."
        yield Problem(POSSIBLE, possible, what, advice)


def _describe(seen: Watermark) -> str:
    times = [_clock(at) for at in seen.at]
    where = {
        WatermarkSign.BOTH_CORNERS: "the same sign with a line under it in two opposite corners, by"
        f" turns, as at {' and '.join(times)}",
        WatermarkSign.CORNER_AND_CARD: f"a sign in a corner at {times[0]}, and its card at the end"
        f" at {times[-1]}",
        WatermarkSign.CHANGES_CORNERS: "something stands in two opposite corners by turns, as at"
        f" {' and '.join(times)}",
        WatermarkSign.CARD: f"it ends with a dark card at {times[0]}",
    }
    return f"{where[seen.sign]} (marked in {seen.evidence.path})"


def _reasons(hints: MarkHints) -> Iterator[str]:
    seen = hints.seen
    if hints.saved:
        yield f"by its name {hints.saved} was saved from TikTok"
    if seen and seen.sign is WatermarkSign.CHANGES_CORNERS:
        yield _describe(seen)
    # Many creators end with a card of their own: it says something only with another hint.
    if seen and seen.sign is WatermarkSign.CARD:
        if hints.longer >= LONGER_SECONDS:
            yield f"{_describe(seen)} and is {hints.longer:.0f} s longer than its post"
        elif hints.saved:
            yield _describe(seen)


def _clock(seconds: float) -> str:
    return f"{int(seconds) // 60}:{int(seconds) % 60:02}"


def join_hints(several: Sequence[MarkHints]) -> MarkHints:
    """What speaks for it in any of the files of a post."""
    seen = [one.seen for one in several if one.seen]
    return MarkHints(
        next((one for one in seen if one.sign in SURE), seen[0] if seen else None),
        next((one.saved for one in several if one.saved), ""),
        max((one.longer for one in several), default=0.0),
    )
