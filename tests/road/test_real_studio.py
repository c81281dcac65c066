"""The road of a real account through the studio: what is asked before the first note, what each day
brings, and what stops it. The hosts of the real sites lead to stand-ins."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from crossover.destinations.api.destination import RedNote
from crossover.destinations.sites import HOSTS
from crossover.model.account import SiteName
from tests.road.conftest import Run
from tests.road.real_studio import NAME, RealRoad, answer, real_browser, real_road

NOTHING_LEFT = ("ready", "uploading")
QUICK_PACE = ("pace.first_week=3", "pace.later=3")


@pytest.fixture
def road(run: Run, few: Path, tmp_path: Path) -> Iterator[RealRoad]:
    with real_browser(tmp_path), real_road(run, few, tmp_path, SiteName.REDNOTE) as road:
        yield road


@pytest.fixture
def begun(road: RealRoad) -> RealRoad:
    """An account whose first note is out and right; three notes a day may follow."""
    for rule in QUICK_PACE:
        assert road("plan", "--set", rule).code == 0
    road.plan()
    assert road.agreed().code == 0
    assert road.note("1")["state"] == "posted"
    return road


def titles(road: RealRoad) -> list[str]:
    return [one["title"] for one in road.server.notes()]


@pytest.mark.complete
@pytest.mark.parametrize("site", [SiteName.REDNOTE, SiteName.XIAOHONGSHU])
def test_the_first_note_goes_out_for_the_creator_alone_and_the_next_one_on_another_day(
    run: Run, few: Path, tmp_path: Path, site: SiteName, monkeypatch: pytest.MonkeyPatch
) -> None:
    with real_browser(tmp_path), real_road(run, few, tmp_path, site) as road:
        digest = road.plan()
        assert road.upload().code == 2  # nobody was asked yet
        assert titles(road) == []
        first = road.upload("--accept-risk", "--account-empty", "--approve", digest)
        assert first.code == 0, first.said
        (note,) = road.server.notes()
        assert note["visibility"] == "only-me"
        link = HOSTS[site].note_url(note["id"])
        assert link in first.said
        assert road.note("1")["url"] == link
        unchecked = road.upload()
        assert unchecked.code == 2
        assert "--first-note-ok" in unchecked.said
        same_day = road.upload("--first-note-ok")
        assert same_day.code == 0
        assert len(titles(road)) == 1
        road.pass_days()
        second = road.upload()
        assert second.code == 0, second.said
        assert [one["visibility"] for one in road.server.notes()] == ["only-me", "public"]
        refreshed = road("status", "--refresh")
        assert refreshed.code == 0, refreshed.said
        assert road.note("2")["visibility_now"] == "public"
        report = json.loads(road("report", "--json").out)
        assert (report["posted"], report["found"]) == (2, 6)


@pytest.mark.complete
def test_a_real_account_is_named_by_hand_before_its_first_note(
    road: RealRoad, monkeypatch: pytest.MonkeyPatch
) -> None:
    road.plan()
    answer(monkeypatch, "")
    stopped = road.upload()
    assert stopped.code == 0
    assert f"REAL ACCOUNT · RedNote “{NAME}”" in stopped.said
    assert "visible ONLY TO YOU" in stopped.said
    assert titles(road) == []
    asked = answer(monkeypatch, "Somebody else", NAME, "y", "y")
    done = road.upload()
    assert done.code == 0, done.said
    assert len([one for one in asked if one.startswith("Type the account's name")]) == 2
    assert len(titles(road)) == 1


@pytest.mark.complete
@pytest.mark.parametrize(
    "fault",
    [
        {"call": "create", "fault": "business", "code": -9136},
        {"call": "create", "fault": "captcha"},
    ],
    ids=["refused", "captcha"],
)
def test_a_warning_sign_ends_the_day_and_holds_the_account_until_the_creator_looked(
    begun: RealRoad, fault: dict[str, Any]
) -> None:
    begun.server.switch(faults=[fault])
    before = titles(begun)
    ended = begun.agreed()
    assert ended.code == 6, ended.said
    assert begun.note("2")["state"] == "started"
    begun.server.switch(faults=[])
    held = begun.agreed()
    assert held.code == 6, held.said
    assert titles(begun) == before
    of_account = ("--account", NAME, "--site", begun.site)
    released = begun("accounts release", "--lift-hold", *of_account)
    assert released.code == 0, released.said
    settled = begun("resolve", "--not-posted", "2")
    assert settled.code == 0, settled.said
    assert begun.note("2")["state"] == "ready", settled.said
    assert begun.agreed("--batch", "1").code == 0
    assert begun.note("2")["state"] == "posted"
    assert len(titles(begun)) == len(before) + 1


@pytest.mark.complete
def test_somebody_else_in_the_window_gets_no_note(begun: RealRoad) -> None:
    begun.server.switch(faults=[{"call": "probe", "fault": "other-account"}])
    before = titles(begun)
    ended = begun.agreed()
    assert ended.code == 4, ended.said
    assert titles(begun) == before
    assert begun.note("2")["state"] in NOTHING_LEFT
    begun.server.switch(faults=[])
    assert begun.agreed("--batch", "1").code == 0


@pytest.mark.complete
def test_a_sign_out_between_two_notes_leaves_the_second_for_later(begun: RealRoad) -> None:
    server = begun.server
    begun.hand.between_notes = lambda: server.switch(signed_out=len(server.notes()) == 2)
    ended = begun.agreed()
    assert ended.code == 4, ended.said
    assert "crossover login" in ended.said
    assert len(titles(begun)) == 2
    assert begun.states()[:2] == ["posted", "posted"]
    assert begun.note("3")["state"] in NOTHING_LEFT


@pytest.mark.complete
def test_a_phone_that_is_not_bound_stops_before_anything_is_filled_in(begun: RealRoad) -> None:
    with begun.server.switched(phone_not_bound=True):
        ended = begun.agreed()
    assert ended.code == 4, ended.said
    assert "Bind your phone" in ended.said
    assert begun.note("2")["state"] in NOTHING_LEFT


@pytest.mark.complete
def test_a_note_is_skipped_and_a_stop_ends_the_day(begun: RealRoad) -> None:
    begun.hand.act = lambda _: begun.hand.typed.append("q" if len(begun.hand.forms) > 2 else "s")
    ended = begun.agreed()
    assert ended.code == 130, ended.said
    assert len(titles(begun)) == 1
    assert begun.states() == ["posted", *["ready"] * 5]
    begun.hand.act = lambda creator: creator.presses()
    assert begun.agreed("--batch", "1").code == 0
    assert begun.note("2")["state"] == "posted"


@pytest.mark.complete
def test_a_draft_is_handed_over_and_settled_by_its_link(begun: RealRoad) -> None:
    drafted = begun.agreed("--draft", "--batch", "1")
    assert drafted.code == 0, drafted.said
    assert begun.note("2")["state"] == "handed"
    assert len(titles(begun)) == 1
    again = begun.agreed("--draft", "--batch", "1")
    assert again.code == 0
    assert [form[0] for form in begun.hand.forms] == ["1"]
    link = HOSTS[begun.site].note_url("6" * 24)
    settled = begun("resolve", "--link", f"2={link}")
    assert settled.code == 0, settled.said
    assert begun.note("2")["url"] == link


@pytest.mark.complete
def test_what_the_creator_deleted_goes_out_anew_where_they_say_so(begun: RealRoad) -> None:
    assert begun.agreed("--batch", "1").code == 0
    deleted = begun.note("2")["note_id"]
    with RedNote.rehearsal(port=begun.server.port, files=begun.root) as phone:
        phone.remove(deleted)
    refreshed = begun("status", "--refresh")
    assert refreshed.code in (0, 3), refreshed.said
    anew = begun("again", "2", "--new-attempt")
    assert anew.code == 0, anew.said
    assert begun.note("2")["state"] == "ready"
    begun.pass_days()
    assert begun.agreed("--batch", "1").code == 0
    second = begun.note("2")
    assert (second["state"], second["attempt"]) == ("posted", 2)
    assert second["note_id"] != deleted


@pytest.mark.complete
def test_packs_and_the_studio_know_of_each_other_on_one_account(
    begun: RealRoad, tmp_path: Path
) -> None:
    given = begun("plan", "--to", "kit", "--account", NAME, "--site", begun.site)
    assert given.code == 0, given.said
    handed = begun.agreed("--batch", "1")
    assert handed.code == 0, handed.said
    assert begun.note("2")["state"] == "handed"
    begun.plan()
    begun.pass_days()
    assert begun.agreed("--batch", "1").code == 0
    assert [form[0] for form in begun.hand.forms] == ["1", "3"]
    other = tmp_path / "second"
    shutil.copytree(begun.root, other, ignore=shutil.ignore_patterns("lock*", "kit"))
    first, begun.root = begun.root, other
    begun.plan()
    begun.pass_days()
    assert begun.agreed("--batch", "1").code == 0
    assert [form[0] for form in begun.hand.forms] == ["1", "3", "4"]
    begun.root = first
    assert begun.states()[:4] == ["posted", "handed", "posted", "posted"]
    assert len(titles(begun)) == 3
