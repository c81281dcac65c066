"""What was shown is what the create call says."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossover.destinations.api.payload import create_note
from crossover.destinations.api.topics import Topic
from crossover.errors import CrossoverError
from crossover.model.notes import Note
from crossover.model.posts import Declaration, Kind, Visibility
from tests.destinations.makers import clip, cover, note, picture


def known(*names: str) -> dict[str, Topic]:
    return {name: Topic(f"id-{name}", name, f"https://x/{name}") for name in names}


def pictures(root: Path, **changes: Any) -> Note:
    return note(media=(picture(root), picture(root, "ready/2.png", b"\x89PNG two")), **changes)


def common(made: Note, topics: dict[str, Topic] | None = None) -> dict[str, Any]:
    ids = [f"s/{n}" for n in range(len(made.media))]
    value = create_note(made, ids, topics or {})["common"]
    assert isinstance(value, dict)
    return value


def test_known_topics_are_marked_and_unknown_ones_stay_plain(tmp_path: Path) -> None:
    said = common(pictures(tmp_path, topics=("sea", "fogtok", "sun")), known("sea", "sun"))
    assert said["desc"] == "Golden hour #sea[话题]# #fogtok #sun[话题]# "
    assert said["hash_tag"] == [
        {"id": "id-sea", "name": "sea", "link": "https://x/sea", "type": "topic"},
        {"id": "id-sun", "name": "sun", "link": "https://x/sun", "type": "topic"},
    ]


def test_a_name_that_a_marker_cannot_hold_stays_plain(tmp_path: Path) -> None:
    said = common(pictures(tmp_path, topics=("two words",)), known("two words"))
    assert (said["desc"], said["hash_tag"]) == ("Golden hour #two words", [])


def test_no_blank_follows_a_description_that_ends_without_a_marker(tmp_path: Path) -> None:
    assert common(pictures(tmp_path))["desc"] == "Golden hour"
    assert common(pictures(tmp_path, topics=("a",)))["desc"] == "Golden hour #a"
    assert common(pictures(tmp_path, body="", topics=("a",)), known("a"))["desc"] == "#a[话题]# "


_NAMES = st.text(st.characters(categories=["L", "N", "M"], include_characters="_"), min_size=1)
_BODIES = st.text(st.characters(exclude_categories=["Cs"])).map(str.strip)


@given(_BODIES, st.lists(_NAMES, max_size=10, unique=True), st.data())
def test_a_reader_sees_the_description_that_was_shown(
    body: str, names: list[str], data: st.DataObject
) -> None:
    found = data.draw(st.lists(st.sampled_from(names), unique=True)) if names else []
    made = note(body=body, topics=tuple(names), media=(_picture(),))
    said = create_note(made, ["s/1"], known(*found))["common"]
    read = re.sub(r"#([^#\s\[]+)\[话题\]#", r"#\1", said["desc"])
    assert read.strip() == made.description.strip()
    assert [tag["name"] for tag in said["hash_tag"]] == [n for n in names if n in found]


def _picture() -> Any:
    from crossover.model.notes import NoteMedia
    from crossover.model.posts import MediaKind

    return NoteMedia("a.jpg", MediaKind.IMAGE, "0" * 64, 1, 3, 4)


def test_a_text_that_would_not_read_as_shown_is_not_sent(tmp_path: Path) -> None:
    from dataclasses import replace

    made = replace(pictures(tmp_path), description="Something else")
    with pytest.raises(CrossoverError, match="would not read as it was shown"):
        create_note(made, ["s/1", "s/2"], {})


def test_pictures_keep_their_order_and_sizes(tmp_path: Path) -> None:
    body = create_note(pictures(tmp_path), ["s/1", "s/2"], {})
    assert body["video_info"] is None
    assert [i["file_id"] for i in body["image_info"]["images"]] == ["s/1", "s/2"]
    first, second = body["image_info"]["images"]
    assert (first["width"], first["height"]) == (1080, 1440)
    assert json.loads(first["extra_info_json"]) == {"mimeType": "image/jpeg"}
    assert json.loads(second["extra_info_json"]) == {"mimeType": "image/png"}


def test_a_video_has_its_own_cover_and_both_units_of_time(tmp_path: Path) -> None:
    made = note(kind=Kind.VIDEO, media=(clip(tmp_path),), cover=cover(tmp_path))
    body = create_note(made, ["s/v", "s/c"], {})
    video = body["video_info"]
    assert body["common"]["type"] == "video"
    assert body["image_info"] is None
    assert (video["file_id"], video["fileid"]) == ("s/v", "s/v")
    assert video["composite_metadata"]["video"]["duration"] == 2500
    assert video["segments"]["items"][0]["duration"] == 2.5
    assert video["cover"]["file_id"] == "s/c"
    assert video["cover"]["frame"]["is_upload"] is True


def test_a_video_without_a_cover_is_not_sent(tmp_path: Path) -> None:
    with pytest.raises(CrossoverError):
        create_note(note(kind=Kind.VIDEO, media=(clip(tmp_path),)), ["s/v"], {})


@pytest.mark.parametrize(
    ("visibility", "number"),
    [(Visibility.PUBLIC, 0), (Visibility.ONLY_ME, 1), (Visibility.FRIENDS, 4)],
)
def test_visibility_goes_out_as_planned(
    tmp_path: Path, visibility: Visibility, number: int
) -> None:
    assert common(pictures(tmp_path, visibility=visibility))["privacy_info"]["type"] == number


def test_source_and_binds_are_json_in_strings(tmp_path: Path) -> None:
    said = common(pictures(tmp_path))
    source = json.loads(said["source"])
    assert json.loads(source["extraInfo"]) == {"subType": "official", "systemId": "web"}
    binds = json.loads(said["business_binds"])
    assert binds["bizType"] == 0
    assert binds["notePostTiming"] == {}
    assert "userDeclarationBind" not in binds
    assert "post_loc" not in said


def test_a_declaration_is_bound_by_number(tmp_path: Path) -> None:
    numbers = []
    for declaration in list(Declaration)[1:]:
        binds = json.loads(common(pictures(tmp_path, declaration=declaration))["business_binds"])
        numbers.append(binds["userDeclarationBind"]["origin"])
    assert numbers == [1, 2, 3, 4, 5]


def test_a_schedule_is_bound_in_milliseconds(tmp_path: Path) -> None:
    when = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)
    binds = json.loads(common(pictures(tmp_path, schedule=when))["business_binds"])
    assert (binds["bizType"], binds["notePostTiming"]) == (13, {"postTime": "1795422600000"})
