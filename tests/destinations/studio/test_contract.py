"""The contract of the studio page is dated data, complete, and says of every part how it is known."""

from __future__ import annotations

from dataclasses import replace

import pytest

from crossover.destinations.studio.contract.addresses import Address, read_address
from crossover.destinations.studio.contract.contract import (
    Bound,
    FileState,
    When,
    begins_with,
    load_contract,
)
from crossover.model.posts import Declaration, Visibility
from tests.makers import note

CONTRACT = load_contract()


def test_every_wait_is_bounded_and_every_state_has_its_words() -> None:
    assert CONTRACT.seconds.keys() == set(Bound)
    assert all(0 < seconds <= 3600 for seconds in CONTRACT.seconds.values())
    assert all(CONTRACT.states[state] for state in FileState)


def test_every_part_has_a_name_of_its_own_in_a_creators_words() -> None:
    called = [CONTRACT.called([name]) for name in CONTRACT.elements]
    assert len(set(called)) == len(called)
    for name, words in zip(CONTRACT.elements, called, strict=True):
        assert words.split()[0] in ("the", "a", "how", "who", "whether"), name


def test_an_element_has_alternatives_and_the_best_known_come_first() -> None:
    for element in CONTRACT.elements.values():
        assert element.alternatives, element.name
        assert len({one.css + str(one.texts) for one in element.alternatives}) == len(
            element.alternatives
        ), element.name


def test_no_part_of_the_page_is_found_by_an_english_text_alone() -> None:
    for element in CONTRACT.elements.values():
        for alternative in element.alternatives:
            if alternative.texts:
                assert not alternative.texts[0].isascii(), element.name


def test_what_a_note_has_decides_what_the_page_must_have() -> None:
    plain = replace(note(), visibility=Visibility.PUBLIC, topics=(), cover=None)
    names = {one.name for one in CONTRACT.needed(When.FORM, plain)}
    assert {"title", "body", "visibility"} <= names
    assert not {"declaration", "schedule", "original", "cover-entry"} & names
    declared = replace(plain, declaration=Declaration.AI)
    assert "declaration" in {one.name for one in CONTRACT.needed(When.FORM, declared)}
    used = {one.name for one in CONTRACT.needed(When.USED, declared)}
    assert "declaration-ai" in used
    assert "declaration-ad" not in used


def test_a_text_is_known_by_its_beginning_in_any_case() -> None:
    assert begins_with(("Only me", "仅自己可见")).match("  only ME, nobody else")
    assert begins_with(("Only me", "仅自己可见")).match("仅自己可见")
    assert not begins_with(("公开可见",)).match("不公开可见")


@pytest.mark.parametrize(
    ("path", "address"),
    [
        ("/publish/publish?from=homepage&target=video", Address.PUBLISH),
        ("/publish/publish?source=official&published=true", Address.SUCCESS),
        ("/publish/success?source&bind_status=not_bind&__debugger__=&proxy=", Address.SUCCESS),
        ("/login?source=official&redirectReason=401&lastUrl=%2Fpublish%2Fpublish", Address.LOGIN),
        ("/web-login/captcha?redirectPath=x&verifyType=124&verifyBiz=461", Address.RISK),
        ("/website-login/error?error_code=300012", Address.RISK),
        ("/new/home?published=false", Address.OTHER),
        ("/new/note-manager", Address.OTHER),
    ],
)
def test_a_page_is_known_by_its_address(path: str, address: Address) -> None:
    assert read_address(f"https://creator.rednote.com{path}") is address
