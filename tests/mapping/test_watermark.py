"""What becomes of a note whose files show TikTok's watermark, or may."""

from __future__ import annotations

from dataclasses import replace

import pytest

from crossover.mapping.checks.watermark import check_watermark, join_hints
from crossover.model.choices import Action, Edit, WatermarkRule
from crossover.model.notes import Level, Problem
from crossover.model.watermark import (
    NO_HINTS,
    SURE,
    MarkedFrame,
    MarkHints,
    Watermark,
    WatermarkSign,
)
from tests.makers import edited, plan, post, video

HOLD, WARN, IGNORE = WatermarkRule.HOLD, WatermarkRule.WARN, WatermarkRule.IGNORE
SAVED = "ssstik.io_@mara_1746100000000.mp4"


def seen(sign: WatermarkSign) -> Watermark:
    at = (75.0,) if sign is WatermarkSign.CARD else (2.4, 65.0)
    return Watermark(sign, at, MarkedFrame("ready/ab-watermark.jpg", "0" * 64, 9, 3, 3))


def check(
    hints: MarkHints,
    rule: WatermarkRule = HOLD,
    action: Action | None = None,
    *,
    linked: bool = True,
) -> list[Problem]:
    return list(check_watermark(hints, rule, Edit(action=action), linked=linked))


@pytest.mark.parametrize("sign", sorted(SURE))
def test_a_seen_mark_holds_a_note_and_says_when_where_and_the_way_out(sign: WatermarkSign) -> None:
    (problem,) = check(MarkHints(seen(sign)))
    assert (problem.code, problem.level) == ("watermark", Level.ERROR)
    for said in ("0:02", "1:05", "ready/ab-watermark.jpg"):
        assert said in problem.message
    assert "camera roll" in problem.next
    assert "crossover fetch" in problem.next
    assert "action: move" in problem.next
    (without_links,) = check(MarkHints(seen(sign)), linked=False)
    assert "fetch" not in without_links.next


@pytest.mark.parametrize(
    ("rule", "level"), [(HOLD, Level.ERROR), (WARN, Level.WARNING), (IGNORE, None)]
)
def test_the_rule_says_what_becomes_of_a_seen_mark(
    rule: WatermarkRule, level: Level | None
) -> None:
    found = check(MarkHints(seen(WatermarkSign.BOTH_CORNERS)), rule)
    assert [problem.level for problem in found] == ([level] if level else [])
    assert check(MarkHints(saved=SAVED), IGNORE) == []


def test_a_creator_who_moves_the_note_is_told_only() -> None:
    for hints in (MarkHints(seen(WatermarkSign.BOTH_CORNERS)), MarkHints(saved=SAVED)):
        (problem,) = check(hints, action=Action.MOVE)
        assert problem.level is Level.NOTE
        assert "as you decided" in problem.next


@pytest.mark.parametrize(
    ("hints", "words"),
    [
        (MarkHints(saved=SAVED), SAVED),
        (MarkHints(seen(WatermarkSign.CHANGES_CORNERS)), "two opposite corners"),
        (MarkHints(seen(WatermarkSign.CARD), longer=2.6), "3 s longer"),
        (MarkHints(seen(WatermarkSign.CARD), saved=SAVED), "dark card at 1:15"),
    ],
)
def test_hints_and_weak_sightings_warn_and_never_hold(hints: MarkHints, words: str) -> None:
    (problem,) = check(hints)
    assert (problem.code, problem.level) == ("watermark-possible", Level.WARNING)
    assert words in problem.message


@pytest.mark.parametrize(
    "hints", [NO_HINTS, MarkHints(longer=3), MarkHints(seen(WatermarkSign.CARD), longer=0.3)]
)
def test_a_card_of_the_creators_own_and_a_longer_original_say_nothing(hints: MarkHints) -> None:
    assert check(hints) == []


def test_of_several_files_the_surest_sighting_counts() -> None:
    weak, sure = (seen(s) for s in (WatermarkSign.CHANGES_CORNERS, WatermarkSign.BOTH_CORNERS))
    joined = join_hints([MarkHints(weak), MarkHints(sure), MarkHints(saved=SAVED, longer=2)])
    assert joined == MarkHints(sure, SAVED, 2)


def test_a_photo_post_of_saved_files_is_warned_of_by_their_names() -> None:
    photos = post(1, pictures=2)
    saved = replace(photos.media[1], source="snaptik_7312000000000000000_2.jpg")
    (note,) = plan(replace(photos, media=(photos.media[0], saved))).notes
    (problem,) = [one for one in note.problems if one.code == "watermark-possible"]
    assert saved.source in problem.message
    assert note.action is Action.MOVE


def test_an_edit_overrules_for_one_note_alone() -> None:
    one, two = (
        replace(post(n), media=(replace(video(n), source=f"tiktok_{n}.mp4"),)) for n in (1, 2)
    )
    first, second = plan(one, two, edits=edited(n1=Edit(action=Action.MOVE))).notes
    levels = [
        [p.level for p in note.problems if p.code == "watermark-possible"]
        for note in (first, second)
    ]
    assert levels == [[Level.NOTE], [Level.WARNING]]
