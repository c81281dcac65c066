"""A studio page that is built otherwise is noticed and named, before the first text where it can be
seen by then, and before anything is handed over: nothing is published, and nothing is told wrongly.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest

from crossover.destinations.studio.contract.contract import (
    Contract,
    Element,
    When,
    load_contract,
)
from crossover.destinations.studio.contract.page_contract import check_page
from crossover.destinations.studio.dialogue import Doing
from crossover.errors import PageChanged
from crossover.model.notes import Note
from crossover.model.posts import Kind
from tests.destinations.studio.form_world import CONTRACT, FormWorld, form_world, patient
from tests.destinations.studio.test_filling_in_browser import full

NAMED = load_contract().elements
NOT_USED = {"save-draft", "feature-guide-close", "dialog-close", "declaration-source"}
"""Parts that filling in a note without obstacles needs nothing of."""
BY_KIND = {
    "photos": [Kind.PHOTOS, "topics", "ai", "declaration", "original", "schedule", "only-me"],
    "video": [Kind.VIDEO, "cover"],
}
PARTS = [
    (kind, element.name)
    for kind, traits in BY_KIND.items()
    for element in NAMED.values()
    if element.when is not When.SOMETIMES
    and element.name not in NOT_USED
    and (
        set(map(str, traits)) & element.needed_for or (kind == "photos" and not element.needed_for)
    )
]


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FormWorld]:
    with form_world(tmp_path_factory.mktemp("changed")) as world:
        yield world


def note_of(world: FormWorld, kind: str) -> Note:
    plain = world.photos(2) if kind == "photos" else world.video(with_cover=True)
    if kind == "video":
        return replace(plain, topics=())
    return replace(full(plain), body="Golden hour", topics=("sunset",))


def without(contract: Contract, name: str) -> Contract:
    """The contract of a page on which that part cannot be found."""
    element = contract.elements[name]
    gone = tuple(replace(one, css="#not-on-this-page") for one in element.alternatives)
    lost = replace(element, alternatives=gone)
    return replace(contract, elements={**contract.elements, name: lost})


@pytest.mark.complete
@pytest.mark.parametrize(("kind", "name"), PARTS)
def test_each_part_that_cannot_be_found_is_named_before_the_hand_over(
    world: FormWorld, kind: str, name: str
) -> None:
    note = note_of(world, kind)
    before = world.site.notes()
    with pytest.raises(PageChanged) as caught:
        world.fill(note, without(patient(0.7), name))
    assert name in caught.value.names
    if NAMED[name].when in (When.OPEN, When.FORM):
        assert Doing.TITLE not in {step.doing for step in world.heard}
    assert world.site.notes() == before


def test_a_part_that_is_missing_is_named_before_the_first_text(world: FormWorld) -> None:
    with pytest.raises(PageChanged) as caught:
        world.fill(world.photos(), without(patient(0.3), "body"))
    assert caught.value.names == ("body",)
    assert "“title” it could not find or use: the field for the text." in caught.value.message
    assert Doing.TITLE not in {step.doing for step in world.heard}
    assert world.site.notes() == []


@pytest.mark.complete
def test_the_empty_page_has_all_that_doctor_looks_for(world: FormWorld) -> None:
    for kind, target in ((Kind.VIDEO, "video"), (Kind.PHOTOS, "image")):
        world.page.goto(f"{world.site.origin}/publish/publish?target={target}")
        world.page.wait_for_selector("input.upload-input", state="attached")
        found = check_page(world.page, CONTRACT, kind)
        assert [one.name for one in found if one.css is None] == []
        assert all(one.first for one in found)
        assert [
            one.name
            for one in check_page(world.page, without(CONTRACT, "upload-area"), kind)
            if one.css is None
        ] == ["upload-area"]


def own_names(element: Element) -> Iterator[str]:
    """What a new build of the page could call otherwise, of all ways to find the element."""
    for one in element.alternatives:
        css = re.sub(r":not\([^)]*\)", "", one.css)
        yield from re.findall(r"[.#]([A-Za-z][\w-]+)", css)
        yield from re.findall(r'class[\^*]?="([\w-]+)"', css)
        yield from (text for text in one.texts if not text.isascii())


RENAMED = sorted(
    {
        name
        for kind, part in PARTS
        for name in own_names(NAMED[part])
        # Words of any page, and what the stand-in cannot call otherwise.
        if name not in ("name", "item", "footer", "upload", "uploading", "default")
        and " " not in name
    }
)


@pytest.mark.complete
@pytest.mark.parametrize("name", RENAMED)
def test_whatever_the_page_calls_otherwise_it_is_filled_as_planned_or_named(
    world: FormWorld, name: str
) -> None:
    before = world.site.notes()
    named: set[str] = set()
    with world.site.switched(rename={name: f"{name}-2"}):
        for kind in BY_KIND:
            try:
                form = world.fill_and_read(note_of(world, kind), patient(0.7))
            except PageChanged as exc:
                named.update(exc.names)
            else:
                assert form.differing == ()
    assert named <= set(NAMED)
    assert world.site.notes() == before
