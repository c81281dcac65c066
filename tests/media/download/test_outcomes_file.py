"""What ended for good is remembered, without a link, until the link is another."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from crossover.media.download.outcomes import LinkState, Result, Wanted
from crossover.media.download.outcomes_file import LinkOutcomes, read_outcomes

NOW = datetime(2026, 11, 22, tzinfo=UTC)
FILM = Wanted(
    "storage/v1/b/film",
    "https://video-va.tiktokv.com/storage/v1/b/film?x-tos-signature=CANARY",
    "0001-01-abc",
    frozenset({"MP4"}),
    NOW + timedelta(days=3),
)
REFUSED = Result(LinkState.REFUSED, "TikTok no longer gives it out")


@pytest.mark.parametrize("state", ["gone", "refused", "not-allowed", "unfit"])
def test_what_ended_for_good_is_known_in_the_next_run(tmp_path: Path, state: str) -> None:
    end = Result(LinkState(state), "why")
    LinkOutcomes().after([(FILM, end)], NOW).save(tmp_path)
    assert read_outcomes(tmp_path).of(FILM) == end
    text = (tmp_path / "outcomes.json").read_text("utf-8")
    assert "CANARY" not in text
    assert "tiktokv" not in text
    assert FILM.key not in text
    if os.name != "nt":
        assert (tmp_path / "outcomes.json").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("state", ["fetched", "present", "later", "no-room", "expired"])
def test_what_may_pass_is_not_kept_and_ends_what_was_known(state: str) -> None:
    known = LinkOutcomes().after([(FILM, REFUSED)], NOW)
    assert known.after([(FILM, Result(LinkState(state)))], NOW) == LinkOutcomes()


def test_a_link_that_was_not_tried_stays_known_and_one_that_is_no_more_does_not() -> None:
    known = LinkOutcomes().after([(FILM, REFUSED)], NOW)
    assert known.after([(FILM, None)], NOW + timedelta(days=1)) == known
    assert known.after([], NOW) == LinkOutcomes()


def test_the_link_of_a_later_export_begins_anew() -> None:
    known = LinkOutcomes().after([(FILM, REFUSED)], NOW)
    assert known.of(replace(FILM, url="https://video-sg.tiktokv.com/other")) == REFUSED
    assert known.of(replace(FILM, expires=NOW + timedelta(days=9))) is None


@pytest.mark.parametrize("damage", ["", "{", '{"format": "crossover/outcomes", "version": 9}'])
def test_a_damaged_memory_is_none(tmp_path: Path, damage: str) -> None:
    (tmp_path / "outcomes.json").write_text(damage)
    assert read_outcomes(tmp_path) == LinkOutcomes()
