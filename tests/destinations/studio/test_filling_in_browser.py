"""A note fills the studio page as it was planned, in a real browser: what the page holds is read
back, and what the creator's press sends is what was planned."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from crossover.destinations.base import Unsendable
from crossover.destinations.studio.dialogue import Doing
from crossover.destinations.studio.filling.controls.visibility import (
    read_visibility,
    set_visibility,
)
from crossover.destinations.studio.filling.form_page import FormPage
from crossover.destinations.studio.filling.media import is_ready
from crossover.destinations.studio.form import Agreement, FieldName, FilledForm
from crossover.destinations.studio.read_back import read_form
from crossover.destinations.studio.still_filled import is_filled_with
from crossover.errors import CrossoverError, LoginNeeded, PageChanged, RetryLater
from crossover.model.notes import Note
from crossover.model.posts import Declaration, Visibility
from tests.destinations.studio.form_world import CONTRACT, FormWorld, form_world, patient

BODY = "One  \"quoted\" 'line'\n\n  two 😀 👨‍👩‍👧 中文，。\n#hash at the beginning\n@me\nends with #tag\nlast"


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FormWorld]:
    with form_world(tmp_path_factory.mktemp("filling")) as world:
        yield world


def in_two_days() -> datetime:
    return datetime.now(UTC).replace(second=0, microsecond=0) + timedelta(days=2)


def full(note: Note) -> Note:
    """A note that uses every control of the form."""
    return replace(
        note,
        title="Crispy roast potatoes",
        body=BODY,
        topics=("sunset", "nosuchtopicanywhere", "ocean"),
        visibility=Visibility.ONLY_ME,
        declaration=Declaration.AI,
        original=True,
        schedule=in_two_days(),
    )


def as_planned(form: FilledForm) -> bool:
    return form.differing == ()


def test_pictures_with_every_option_are_filled_in_and_sent_as_planned(world: FormWorld) -> None:
    note = full(world.photos(2))
    form = world.fill_and_read(note)
    assert as_planned(form), form.differing
    assert {one.name for one in form.fields} == set(FieldName) - {FieldName.COVER}
    assert form.plain_topics == ("nosuchtopicanywhere",)
    assert is_ready(FormPage(world.page, CONTRACT))
    assert is_filled_with(world.page, note, CONTRACT)
    assert not is_filled_with(world.page, replace(note, title="Another"), CONTRACT)
    assert not is_filled_with(world.page, replace(note, visibility=Visibility.PUBLIC), CONTRACT)
    assert world.site.notes() == []
    sent = world.press()
    assert sent["title"] == note.title
    assert sent["desc"].replace("[话题]#", "").rstrip() == (
        f"{BODY} #sunset #nosuchtopicanywhere #ocean"
    )
    assert sent["topics"] == ["sunset", "ocean"]
    assert sent["visibility"] == "only-me"
    assert sent["declaration"] == "ai"
    assert sent["original"] is True
    assert [one["sha256"] for one in sent["media"]] == [one.sha256 for one in note.media]


@pytest.mark.complete
def test_a_video_takes_its_own_cover(world: FormWorld) -> None:
    note = replace(world.video(with_cover=True), declaration=Declaration.FICTION)
    form = world.fill_and_read(note)
    assert as_planned(form), form.differing
    assert sum(world.sent) == note.media[0].bytes
    sent = world.press()
    assert note.cover is not None
    assert sent["cover"]["sha256"] == note.cover.sha256
    assert sent["declaration"] == "fiction"


@pytest.mark.complete
def test_each_step_is_told_in_the_order_of_the_form(world: FormWorld) -> None:
    world.fill(world.photos(2, topics=("sunset",)))
    doing = list(dict.fromkeys(step.doing for step in world.heard))
    assert doing == [
        Doing.OPENING,
        Doing.UPLOADING,
        Doing.TITLE,
        Doing.BODY,
        Doing.TOPICS,
        Doing.OPTIONS,
    ]
    uploads = [(one.done, one.total) for one in world.heard if one.doing is Doing.UPLOADING]
    assert uploads == sorted(uploads)
    assert (uploads[0], uploads[-1]) == ((0, 2), (2, 2))
    assert sum(world.sent) == sum(one.bytes for one in world.photos(2).media)


@pytest.mark.complete
@pytest.mark.parametrize(
    "declaration",
    [Declaration.REPOST, pytest.param(Declaration.SELF_SHOT, marks=pytest.mark.complete)],
)
def test_what_only_the_creator_knows_is_left_open_for_them(
    world: FormWorld, declaration: Declaration
) -> None:
    form = world.fill_and_read(world.photos(declaration=declaration))
    (field,) = form.differing
    assert (field.name, field.agreement) == (FieldName.DECLARATION, Agreement.YOURS)
    assert world.page.locator("div.d-modal").is_visible()


@pytest.mark.complete
def test_the_same_page_is_filled_again_from_the_beginning(world: FormWorld) -> None:
    world.fill(world.photos(3, title="Before", body="Words of before", topics=("sunset",)))
    form = world.fill_and_read(world.photos(1, title="After"))
    assert as_planned(form), form.differing


@pytest.mark.complete
def test_a_page_behind_another_tab_is_brought_to_the_front(world: FormWorld) -> None:
    note = full(world.photos())
    front = world.window.new_page()
    try:
        front.goto(f"{world.site.origin}/new/home")
        world.fill(world.photos())
        front.bring_to_front()
        set_visibility(FormPage(world.page, CONTRACT), note.visibility)
        assert read_visibility(FormPage(world.page, CONTRACT)) is note.visibility
    finally:
        front.close()


@pytest.mark.complete
def test_what_the_page_holds_otherwise_is_told(world: FormWorld) -> None:
    note = world.photos(2)
    world.fill(note)
    world.page.locator('input[placeholder*="填写标题"]').fill("Someone else's title")
    planned = replace(note, visibility=Visibility.FRIENDS, schedule=in_two_days(), body="Other")
    form = read_form(world.page, planned, CONTRACT)
    told = {one.name: one.agreement for one in form.differing}
    assert told == {
        FieldName.TITLE: Agreement.REWRITTEN,
        FieldName.BODY: Agreement.REWRITTEN,
        FieldName.VISIBILITY: Agreement.NOT_TAKEN,
        FieldName.SCHEDULE: Agreement.NOT_TAKEN,
    }


OBSTACLES = (
    "feature_guide",
    "tab_popover",
    "short_note_tip",
    "activity_dialog",
    "draft_notice",
    "topic_list_stays",
    "asks_location",
    "input_replaced",
    "hidden_reupload",
    "second_publish_text",
    "no_collections",
    "published_query",
)


@pytest.mark.complete
@pytest.mark.parametrize("kind", ["photos", "video"])
@pytest.mark.parametrize("obstacle", OBSTACLES)
def test_what_is_known_to_be_in_the_way_is_closed(
    world: FormWorld, obstacle: str, kind: str
) -> None:
    plain = world.photos(2) if kind == "photos" else world.video(with_cover=True)
    note = replace(plain, topics=("sunset", "ocean"), body="Golden hour")
    with world.site.switched(**{obstacle: True}):
        form = world.fill_and_read(note)
    assert as_planned(form), form.differing
    assert form.plain_topics == ()


@pytest.mark.complete
@pytest.mark.parametrize("kind", ["photos", "video"])
@pytest.mark.parametrize(
    "shape",
    [
        {"language": "en", "site": "rednote.com"},
        {"layout": "old"},
        {"layout": "old", "language": "en"},
        {"shadow": "open"},
        {"slow_body": 40},
        {"api_origin": "other", "upload_origin": "other"},
    ],
    ids=str,
)
def test_every_shape_of_the_page_is_filled_alike(
    world: FormWorld, shape: dict[str, Any], kind: str
) -> None:
    note = full(world.photos(2) if kind == "photos" else world.video(with_cover=True))
    with world.site.switched(**shape):
        form = world.fill_and_read(note)
    assert as_planned(form), form.differing


@pytest.mark.complete
def test_a_topic_of_which_no_list_shows_stays_in_the_text(world: FormWorld) -> None:
    note = world.photos(topics=("sunset",))
    with world.site.switched(no_topic_match=True):
        form = world.fill_and_read(note, patient(0.3))
    assert form.plain_topics == ("sunset",)
    assert as_planned(form), form.differing


@pytest.mark.parametrize(
    ("switch", "kind", "error"),
    [
        ({"phone_not_bound": True}, "photos", LoginNeeded),
        ({"unknown_dialog": True}, "photos", PageChanged),
        ({"processing": "fails"}, "photos", Unsendable),
        pytest.param({"processing": "fails"}, "video", Unsendable, marks=pytest.mark.complete),
        pytest.param({"processing": "endless"}, "photos", RetryLater, marks=pytest.mark.complete),
        ({"signed_out": True}, "photos", LoginNeeded),
    ],
    ids=str,
)
def test_what_cannot_be_filled_in_ends_with_its_reason_and_nothing_published(
    world: FormWorld,
    switch: dict[str, Any],
    kind: str,
    error: type[CrossoverError] | type[Unsendable],
) -> None:
    note = world.photos() if kind == "photos" else world.video()
    before = world.site.notes()
    with world.site.switched(**switch), pytest.raises(error):
        world.fill(note, patient(0.6))
    assert world.site.notes() == before
    assert sum(world.sent) == 0
