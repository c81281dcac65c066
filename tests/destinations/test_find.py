"""Is the note on the account? Found only when it is, absent only when it certainly is not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from crossover.errors import AccountAtRisk, LoginNeeded, RetryLater
from crossover.limits.limits import load_limits
from crossover.model.account import Marker, Receipt, SiteName
from crossover.model.notes import Note
from crossover.model.posts import Kind, Visibility
from crossover.model.results import Absent, FindResult, NotKnown
from tests.destinations.makers import (
    NOTE_ID,
    NOW,
    FakeClock,
    Network,
    Reply,
    answer,
    listed,
    note,
    page,
    rednote,
)

OLD, OTHER = "0" * 23 + "1", "0" * 23 + "2"
SINCE = Marker((OLD,), NOW)
OLD_ENTRY = listed(OLD, title="Older", time=NOW - timedelta(days=3))


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("time.sleep", lambda _: None)


def find(
    *pages: Reply,
    made: Note | None = None,
    since: Marker = SINCE,
    taken: frozenset[str] = frozenset(),
    **changes: Any,
) -> FindResult:
    with rednote(Network(list=list(pages)), **changes) as site:
        return site.find(made or note(), since, taken=taken)


def test_a_new_note_of_the_same_title_is_found_with_evidence() -> None:
    result = find(page(listed(time=NOW + timedelta(seconds=2)), OLD_ENTRY))
    assert isinstance(result, Receipt)
    assert result.note_id == NOTE_ID
    assert result.url
    assert "same title, posted 2 s after" in result.evidence


def test_a_title_is_compared_as_it_reads() -> None:
    made = note(title="Cafe\u0301  by\u00a0the sea ")
    assert isinstance(find(page(listed(title="Caf\u00e9 by the sea")), made=made), Receipt)
    assert isinstance(find(page(listed(title="café by the sea")), made=made), NotKnown)


def test_a_note_that_stood_there_before_is_not_ours() -> None:
    assert isinstance(find(page(listed(OLD))), Absent)
    for seconds, expected in ((121, Absent), (119, Receipt)):
        below = listed(time=NOW - timedelta(seconds=seconds))
        assert isinstance(find(page(OLD_ENTRY, below)), expected)


def test_a_clock_set_back_does_not_hide_a_note() -> None:
    """Its place in the list says that it is new, whatever its time says."""
    back = listed(time=NOW - timedelta(days=1))
    assert isinstance(find(page(back, OLD_ENTRY)), NotKnown)
    assert isinstance(find(page(back, following=1), page(OLD_ENTRY)), NotKnown)
    assert isinstance(find(page(back), since=Marker((), NOW)), NotKnown)
    assert isinstance(find(page(back)), NotKnown)
    pinned = page(OLD_ENTRY, back, listed(OTHER, title="Older too"))
    assert isinstance(find(pinned, since=Marker((OLD, OTHER), NOW)), NotKnown)


def find_all(*pages: Reply, notes: Sequence[Note]) -> list[type[FindResult]]:
    """The notes one by one, all told by the same pages, each of which is read once."""
    network = Network(list=list(pages))
    with rednote(network) as site:
        found = [type(result) for result in site.find_all(notes)]
    assert len(network.asked("list")) == len(pages)
    return found


def test_whether_such_notes_were_ever_published_is_told_by_one_look_at_the_list() -> None:
    others = listed(OTHER, title="Other", time=NOW - timedelta(days=9))
    ours, other = note(), note(title="Another")
    scheduled = replace(ours, schedule=NOW)
    first, second = page(others, following=1), page(listed())
    assert find_all(first, second, notes=[ours, other, scheduled]) == [Receipt, Absent, Receipt]
    assert find_all(page(others, listed(kind="video")), notes=[ours]) == [Absent]
    assert find_all(page(others, listed(), listed(OLD)), notes=[ours]) == [NotKnown]


def test_one_like_it_is_a_question_whenever_it_was_published_unless_it_is_another_posts() -> None:
    def found(title: str, taken: frozenset[str] = frozenset()) -> FindResult:
        entry = listed(title=title, time=NOW - timedelta(days=9))
        with rednote(Network(list=page(entry))) as site:
            (result,) = site.find_all([note()], taken=taken)
        return result

    ours = frozenset({NOTE_ID})
    assert isinstance(found("A day at…"), NotKnown)
    assert isinstance(found("A day at…", ours), Absent)
    assert isinstance(found("A day at the sea", ours), Receipt)
    assert isinstance(found("Lunch"), Absent)


def test_a_list_that_cannot_be_read_says_nothing_of_notes_that_were_never_sent() -> None:
    with pytest.raises(RetryLater):
        find_all(page(OLD_ENTRY, following=1), answer(None), notes=[note()])


def test_a_lag_of_seconds_is_waited_for() -> None:
    clock = FakeClock()
    early = page(OLD_ENTRY, date=NOW + timedelta(seconds=1))
    late = page(OLD_ENTRY, date=NOW + timedelta(seconds=4))
    assert isinstance(find(early, late, clock=clock), Absent)
    assert clock.slept == [4.0]
    assert isinstance(find(early, page(listed(), OLD_ENTRY)), Receipt)
    assert isinstance(find(early), NotKnown)  # a clock that stands still proves nothing


def test_a_note_of_another_post_is_not_ours() -> None:
    assert isinstance(find(page(listed()), taken=frozenset({NOTE_ID})), Absent)


def test_a_note_of_another_kind_is_not_ours() -> None:
    assert isinstance(find(page(listed(kind="video"))), Absent)
    assert isinstance(find(page(listed(kind="video")), made=note(kind=Kind.VIDEO)), Receipt)


def test_two_that_look_alike_are_a_question() -> None:
    assert isinstance(find(page(listed(), listed(OTHER))), NotKnown)
    assert isinstance(find(page(listed(), listed())), Receipt)  # one note, listed twice


def test_a_new_note_whose_words_differ_is_a_question_and_not_a_no() -> None:
    edited = listed(title="A day at the s**", time=NOW + timedelta(seconds=3))
    assert isinstance(find(page(edited)), NotKnown)
    much_later = listed(title="Lunch", time=NOW + timedelta(hours=3))
    assert isinstance(find(page(much_later)), Absent)
    like = listed(title="A day at…", time=NOW + timedelta(hours=3))
    assert isinstance(find(page(like)), NotKnown)
    assert isinstance(find(page(like), taken=frozenset({NOTE_ID})), Absent)


def test_a_note_that_others_may_see_than_planned_is_a_question() -> None:
    made = note(visibility=Visibility.ONLY_ME)
    assert isinstance(find(page(listed(permission=0)), made=made), NotKnown)
    assert isinstance(find(page(listed(permission=1)), made=made), Receipt)
    assert isinstance(find(page(listed(permission=None)), made=made), Receipt)


def test_a_note_without_a_title_is_known_by_kind_and_time() -> None:
    made = note(title="", body="Golden hour by the sea")
    for shown in ("", "Golden hour by", "Golden hour…"):
        result = find(page(listed(title=shown)), made=made)
        assert isinstance(result, Receipt), shown
        assert "without a title" in result.evidence
    assert isinstance(find(page(listed(title="Lunch")), made=made), NotKnown)
    later = listed(title="", time=NOW + timedelta(hours=1))
    assert isinstance(find(page(later), made=made), Absent)


def test_a_note_whose_time_is_not_told_is_a_question() -> None:
    for entry in (listed(time=None), {**listed(), "time": "2026-11-22 20:00"}):
        assert isinstance(find(page(entry)), NotKnown)


def test_seconds_and_milliseconds_are_both_read() -> None:
    seconds = int(NOW.timestamp())
    for value in (seconds, seconds * 1000, str(seconds), str(seconds * 1000)):
        assert isinstance(find(page({**listed(), "time": value})), Receipt)


def test_every_page_is_read_until_one_is_older() -> None:
    newer = [listed(f"{n:024x}", title=f"Hand {n}", time=NOW + timedelta(days=1)) for n in (7, 8)]
    network = Network(
        list=[
            page(newer[0], following=1),
            page(newer[1], following=2),
            page(listed(), following=3),
            page(OLD_ENTRY, following=4),
            page(following=-1),
        ]
    )
    with rednote(network) as site:
        assert isinstance(site.find(note(), SINCE), Receipt)
    assert [request.url.params["page"] for request in network.asked("list")] == ["0", "1", "2", "3"]


def test_one_older_note_on_a_page_does_not_end_the_search() -> None:
    pinned = page(OLD_ENTRY, listed(OTHER, title="x", time=NOW + timedelta(days=1)), following=1)
    assert isinstance(find(pinned, page(listed())), Receipt)


def test_a_list_that_turns_in_circles_proves_nothing() -> None:
    fresh = listed(OTHER, title="x", time=NOW + timedelta(days=1))
    network = Network(list=page(fresh, following=1))
    with rednote(network) as site:
        assert isinstance(site.find(note(), SINCE), NotKnown)
    assert len(network.asked("list")) == 2


@pytest.mark.parametrize(
    "bad",
    [
        answer({"notes": [listed()]}),
        answer({"page": -1}),
        answer({"notes": [{"id": NOTE_ID}], "page": -1}),
        answer({"notes": [{**listed(), "id": "x"}], "page": -1}),
        answer({"notes": None, "page": -1}),
        answer({"notes": ["x"], "page": -1}),
        answer({"notes": [], "page": "-1"}),
        answer(raw=b"<html>"),
        answer(raw=b"", status=500),
        httpx.ReadError(""),
    ],
)
def test_a_list_that_cannot_be_read_proves_nothing(bad: httpx.Response | Exception) -> None:
    assert isinstance(find(bad), NotKnown)
    with rednote(Network(list=bad)) as site, pytest.raises(RetryLater):
        site.mark()


def test_a_site_out_of_reach_or_a_lost_session_ends_the_search() -> None:
    for bad, error in (
        (httpx.ConnectError(""), RetryLater),
        (answer(None, code=-100, success=False), LoginNeeded),
        (answer(None, status=461), AccountAtRisk),
    ):
        with pytest.raises(error):
            find(bad)


def on_site(seconds: int, *, date: bool = True) -> FindResult:
    """An empty list of a real site, read this long after the marker by the server's clock."""
    told = NOW + timedelta(seconds=seconds) if date else None
    return find(page(OLD_ENTRY, date=told), limits=load_limits(SiteName.REDNOTE))


def test_absent_only_after_the_lists_lag_by_the_servers_clock() -> None:
    assert isinstance(on_site(601), Absent)
    assert isinstance(on_site(599), NotKnown)
    assert isinstance(on_site(-90_000), NotKnown)
    assert isinstance(on_site(90_000, date=False), NotKnown)


def test_a_scheduled_note_is_never_absent_on_a_real_site() -> None:
    made = note(schedule=datetime(2026, 11, 24, tzinfo=UTC))
    limits = replace(
        load_limits(SiteName.REDNOTE),
        list_lag_seconds=load_limits(SiteName.REHEARSAL).list_lag_seconds,
    )
    assert isinstance(find(page(OLD_ENTRY), made=made), Absent)
    assert isinstance(
        find(page(OLD_ENTRY), made=made, site=SiteName.REDNOTE, limits=limits), NotKnown
    )


def test_a_marker_holds_the_newest_notes_and_the_servers_clock_before_they_were_read() -> None:
    pages: list[Reply] = [
        page(listed("a" * 24), following=1, date=NOW),
        page(listed("b" * 24), following=2, date=NOW + timedelta(seconds=9)),
        page(listed("c" * 24)),
    ]
    with rednote(Network(list=pages)) as site:
        marker = site.mark()
    assert marker == Marker(("a" * 24, "b" * 24), NOW)


def test_a_list_is_read_down_to_the_newest_note_that_is_known() -> None:
    """Where the newest pages hold none of them, it goes on; where all do, no page more is read."""
    ids = [letter * 24 for letter in "abcd"]
    pages: list[Reply] = [
        page(listed(one), following=n) for n, one in enumerate(ids, start=1) if one != ids[-1]
    ]
    pages.append(page(listed(ids[-1])))
    for known, read in (((), 2), (ids[:1], 2), (ids[1:2], 2), (ids[2:3], 3), (["e" * 24], 4)):
        network = Network(list=list(pages))
        with rednote(network) as site:
            marker = site.mark(known=frozenset(known))
        assert [one.id for one in marker.listed] == ids[:read]
        assert len(network.asked("list")) == read
        assert marker.note_ids == tuple(ids[:2]), "the ledger keeps no more than before"
