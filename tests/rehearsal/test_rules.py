"""A note that breaks a rule is refused, and told which one."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crossover.rehearsal.site import topics
from crossover.rehearsal.site.fields import BrokenRule
from crossover.rehearsal.site.rules import check_note, count_description_units, count_title_units
from crossover.rehearsal.store.records import File, NewNote, Slot

from .conftest import NOW
from .makers import Json, business_binds, photos, video

HOUR, DAY = 3_600_000, 86_400_000


def picture(kind: str = "image/jpeg", size: int = 1000) -> File:
    return File("a" * 64, size, kind, "a.jpg")


FILES: dict[str, Slot] = {
    **{f"p{n}": Slot(f"p{n}", "t", "image", 0, picture()) for n in range(20)},
    "png": Slot("png", "t", "image", 0, picture("image/png")),
    "webp": Slot("webp", "t", "image", 0, picture("image/webp")),
    "huge": Slot("huge", "t", "image", 0, picture(size=50_000_000)),
    "used": Slot("used", "t", "image", 0, picture(), note_id="b" * 24),
    "empty": Slot("empty", "t", "image", 0),
    "film": Slot("film", "t", "video", 0, File("c" * 64, 10, "video/mp4", None)),
    "not-film": Slot("not-film", "t", "video", 0, picture()),
}


def check(payload: object) -> NewNote:
    return check_note(payload, slot=FILES.get, topic=topics.find_topic, now=NOW)


def hash_tag(name: str, /, **changes: object) -> Json:
    known = topics.find_topic(name)
    assert known is not None
    return {"id": known.id, "name": name, "link": known.link, "type": "topic"} | changes


def scheduled_at(time: int) -> str:
    return business_binds(bizType=13, notePostTiming={"postTime": str(time)})


MINUTE = NOW // 60_000 * 60_000  # NOW falls 20 s into this minute

TITLES = [
    ("", 0),
    ("a", 1),
    ("ab", 1),
    ("abc", 2),
    ("hello", 3),
    ("你好世界", 4),
    ("OOTD穿搭分享", 6),
    ("！？", 2),
    ("!?", 1),
    ("😀", 2),
    ("今天好开心😀", 7),
    ("山" * 20, 20),
    ("x" * 40, 20),
    ("x" * 41, 21),
    ("\x7f\x7f", 1),
    ("\x80", 1),
    ("\x80\x80", 2),
]


@pytest.mark.parametrize(("title", "units"), TITLES)
def test_title_units_are_counted_in_halves_of_utf16_units(title: str, units: int) -> None:
    assert count_title_units(title) == units


@settings(deadline=None)
@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_title_units_lie_between_half_and_all_of_the_utf16_units(text: str) -> None:
    units = len(text.encode("utf-16-le")) // 2
    assert (units + 1) // 2 <= count_title_units(text) <= units
    assert count_description_units(text) == units
    if text.isascii():
        assert count_title_units(text) == (len(text) + 1) // 2


def test_a_good_note_is_read_whole() -> None:
    desc = " Golden hour #海边[话题]# and #日落[话题]# \n"
    note = check(
        photos(
            "p2",
            "p1",
            desc=desc,
            hash_tag=[hash_tag("海边"), hash_tag("日落")],
            privacy_info={"op_type": 1, "type": 1, "user_ids": []},
        )
    )
    assert note.desc == desc.strip()
    assert note.topics == ("海边", "日落")
    assert note.privacy == 1
    assert note.file_ids == ("p2", "p1")


def test_limits_themselves_are_allowed() -> None:
    check(photos(*[f"p{n}" for n in range(18)], title="山" * 20, desc="😀" * 500))
    check(photos("png"))
    check(photos("p1", title="", desc="only words"))
    check(photos("p1", title="only a title", desc=""))


def test_a_video_comes_alone_with_or_without_a_cover() -> None:
    assert check(video("film")).cover is None
    assert check(video("film", "p3")).cover == FILES["p3"].file


def test_sizes_that_are_not_certain_refuse_nothing() -> None:
    assert check(photos("huge")).media[0].size == 50_000_000


def photos_and_video() -> Json:
    return photos("p1") | {"video_info": {"file_id": "film", "cover": None}}


REFUSED: list[tuple[Callable[[], object], str]] = [
    (list, "not an object"),
    (dict, "common"),
    (lambda: photos("p1", type="article"), "normal or video"),
    (lambda: photos("p1", note_id="a" * 24), "note_id"),
    (lambda: photos("p1", title="x" * 41), "21 units"),
    (lambda: photos("p1", desc="😀" * 501), "1002 characters"),
    (lambda: photos("p1", title=" ", desc="\n"), "neither"),
    (lambda: photos("p1", title="half \ud83d"), "Unicode"),
    (lambda: photos("p1", source={"type": "web"}), "source"),
    (lambda: photos("p1", source="web"), "source"),
    (lambda: photos("p1", ats=[{}] * 21), "21 mentions"),
    (lambda: photos("p1", ats=None), "ats"),
    (lambda: photos("p1", post_loc={"poi_id": ""}), "post_loc"),
    (lambda: photos(), "0 images"),
    (lambda: photos(*[f"p{n}" for n in range(19)]), "19 images"),
    (lambda: photos("p1", "p1"), "used already"),
    (lambda: photos("used"), "used already"),
    (lambda: photos("empty"), "never uploaded"),
    (lambda: photos("unknown"), "never uploaded"),
    (lambda: photos("webp"), "neither JPEG nor PNG"),
    (lambda: photos("film"), "uploaded as video"),
    (lambda: photos("p1") | {"image_info": None}, "image_info"),
    (photos_and_video, "never both"),
    (lambda: video("film") | {"image_info": {"images": []}}, "never both"),
    (lambda: video("p1"), "uploaded as image"),
    (lambda: video("not-film"), "is a picture"),
    (lambda: video("film", "webp"), "neither JPEG nor PNG"),
    (lambda: video("film") | {"video_info": None}, "video_info"),
    (lambda: photos("p1", privacy_info={"type": 2}), "0, 1 or 4"),
    (lambda: photos("p1", privacy_info={"type": True}), "whole number"),
    (lambda: photos("p1", business_binds="{}"), "has no version"),
    (lambda: photos("p1", business_binds=json.loads(business_binds())), "business_binds"),
    (lambda: photos("p1", business_binds=business_binds(bizType=1)), "0 or 13"),
    (lambda: photos("p1", business_binds=business_binds(bizType=13)), "postTime"),
    (
        lambda: photos("p1", business_binds=business_binds(notePostTiming={"postTime": "1"})),
        "bizType is 0",
    ),
    (
        lambda: photos("p1", business_binds=business_binds(userDeclarationBind={"origin": 7})),
        "origin",
    ),
    (lambda: photos("p1", business_binds=scheduled_at(MINUTE + HOUR)), "1 hour"),
    (lambda: photos("p1", business_binds=scheduled_at(MINUTE + 14 * DAY + 60_000)), "14 days"),
    (lambda: photos("p1", business_binds=scheduled_at(MINUTE + DAY + 1000)), "whole minute"),
    (lambda: photos("p1", desc="#sea[话题]#"), "no entry"),
    (lambda: photos("p1", desc="x", hash_tag=[hash_tag("sea")]), "no marker"),
    (lambda: photos("p1", desc="x#sea[话题]#", hash_tag=[hash_tag("sea")]), "blank"),
    (lambda: photos("p1", desc="#sea[话题]#x", hash_tag=[hash_tag("sea")]), "blank"),
    (
        lambda: photos(
            "p1", desc="#sea[话题]##cat[话题]#", hash_tag=[hash_tag("sea"), hash_tag("cat")]
        ),
        "blank",
    ),
    (
        lambda: photos("p1", desc="#sea[话题]#", hash_tag=[hash_tag("sea", type="official")]),
        "not topic",
    ),
    (
        lambda: photos("p1", desc="#sea[话题]#", hash_tag=[hash_tag("sea", id="0" * 24)]),
        "not its own",
    ),
    (
        lambda: photos("p1", desc="#fyp[话题]#", hash_tag=[hash_tag("sea", name="fyp")]),
        "no topic fyp",
    ),
    (lambda: photos("p1", desc="#sea[话题]#", hash_tag=[hash_tag("sea")] * 11), "11 topics"),
]


@pytest.mark.parametrize(("payload", "says"), REFUSED)
def test_a_broken_rule_is_named(payload: Callable[[], object], says: str) -> None:
    with pytest.raises(BrokenRule, match=says):
        check(payload())


@pytest.mark.parametrize("ahead", [HOUR + 60_000, 14 * DAY])
def test_a_schedule_within_the_range_is_kept(ahead: int) -> None:
    assert (
        check(photos("p1", business_binds=scheduled_at(MINUTE + ahead))).schedule == MINUTE + ahead
    )


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=6,
)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_a_note_of_wild_values_is_refused_and_never_crashes(data: st.DataObject) -> None:
    payload: dict[str, Any] = data.draw(st.sampled_from([photos("p1"), video("film", "p2")]))
    place = data.draw(st.sampled_from([payload, payload["common"]]))
    key = data.draw(st.sampled_from(sorted(place)))
    place[key] = data.draw(json_values)
    with suppress(BrokenRule):
        check(payload)


def older_form(**timing: Any) -> str:
    kept = {
        key: value
        for key, value in json.loads(business_binds()).items()
        if key not in ("bizType", "optionRelationList")
    }
    return json.dumps(kept | {"notePostTiming": timing})


def test_the_older_form_of_a_note_is_taken_with_its_liberties() -> None:
    def note(**timing: Any) -> Json:
        payload = photos("p1", business_binds=older_form(**timing), post_loc={})
        payload["image_info"] = {"images": [{"file_id": "p1"}]}
        return payload

    assert check(note(postTime=None)).schedule is None
    when = MINUTE + 2 * HOUR
    assert check(note(postTime=when)).schedule == when
    assert check(note(postTime=str(when))).schedule == when
    with pytest.raises(BrokenRule, match="13 digits"):
        check(note(postTime="tomorrow"))


@pytest.mark.parametrize("key", ["bizType", "optionRelationList"])
def test_one_of_the_newer_binds_alone_is_no_older_form(key: str) -> None:
    mixed = {name: value for name, value in json.loads(business_binds()).items() if name != key}
    with pytest.raises(BrokenRule, match=key):
        check(photos("p1", business_binds=json.dumps(mixed)))
