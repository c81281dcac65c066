"""The switches of the studio's page: read from a script, told and changed while the server runs."""

from __future__ import annotations

from pathlib import Path

import pytest

from crossover.rehearsal.faults.script_file import parse_script
from crossover.rehearsal.server.app import Rehearsal, build_app
from crossover.rehearsal.studio.renaming import rename_text
from tests.rehearsal.direct import in_process
from tests.rehearsal.makers import Practice, photos

SWITCHES = "/@sandbox/studio"
ALLOWED = {"X-Sandbox": "1"}


def test_a_script_without_switches_leaves_the_page_as_it_was_seen_last() -> None:
    plain = parse_script("faults: []").studio
    assert (plain.layout, plain.language, plain.shadow) == ("new", "zh", "closed")
    values = plain.as_values()
    assert [key for key, value in values.items() if value is True] == []
    assert (values["rename"], values["drops"]) == ({}, [])


def test_a_script_sets_switches_beside_faults(practice: Practice) -> None:
    script = parse_script("studio: {layout: old, rename: {填写标题: 标题}}")
    assert script.studio.layout == "old"
    assert script.studio.rename == (("填写标题", "标题"),)
    assert practice.http.get(SWITCHES).json()["layout"] == "new"


def test_switches_change_while_the_server_runs_and_the_others_stay(practice: Practice) -> None:
    for change in ({"layout": "old", "drops": ["cover"]}, {"slow-body": 20}):
        assert practice.http.post(SWITCHES, json=change, headers=ALLOWED).status_code == 200
    told = practice.http.get(SWITCHES).json()
    assert (told["layout"], told["drops"], told["slow-body"]) == ("old", ["cover"], 20)


def test_the_faults_of_calls_change_with_them(practice: Practice) -> None:
    fault = {
        "call": "create",
        "fault": "business",
        "code": -9136,
        "msg": "因违反社区规范禁止发笔记",
    }
    practice.http.post(SWITCHES, json={"faults": [fault]}, headers=ALLOWED)
    assert practice.create(photos(practice.file()))["code"] == -9136
    practice.http.post(SWITCHES, json={"faults": []}, headers=ALLOWED)
    assert practice.create(photos(practice.file()))["code"] == 0


@pytest.mark.parametrize(
    "change",
    [{"layouts": "old"}, {"layout": 1}, {"faults": [{"call": "x"}]}, {"rename": {"a": ""}}],
)
def test_a_change_with_a_mistake_changes_nothing(
    practice: Practice, change: dict[str, object]
) -> None:
    answer = practice.http.post(SWITCHES, json=change | {"language": "en"}, headers=ALLOWED)
    assert answer.status_code == 400
    assert practice.http.get(SWITCHES).json()["language"] == "zh"


def test_a_page_cannot_change_them_by_a_form(practice: Practice) -> None:
    assert practice.http.post(SWITCHES, json={"layout": "old"}).status_code == 403


def test_the_first_switches_come_from_the_script(tmp_path: Path) -> None:
    sandbox: Rehearsal = build_app(tmp_path, parse_script("studio: {shadow: open}"))
    with in_process(sandbox) as practice:
        assert practice.http.get(SWITCHES).json()["shadow"] == "open"
    sandbox.close()


SCRIPT = (
    'const item = h("div.creator-tab.item", {}); // "creator-tab"\nitem.name = `a creator-tab`;'
)


def test_a_name_is_renamed_where_the_page_writes_it() -> None:
    renamed = rename_text(SCRIPT, "text/javascript", [("creator-tab", "tab-x"), ("item", "row")])
    assert renamed == (
        'const item = h("div.tab-x.row", {}); // "creator-tab"\nitem.name = `a tab-x`;'
    )


def test_a_longer_name_is_not_renamed_by_a_part_of_it() -> None:
    css = ".upload-content .content { } [data-content] { }"
    assert rename_text(css, "text/css", [("content", "body")]) == (
        ".upload-content .body { } [data-content] { }"
    )


def test_a_chinese_text_is_renamed_inside_a_longer_one() -> None:
    assert rename_text('"填写标题会有更多赞哦"', "text/javascript", [("填写标题", "写标题")]) == (
        '"写标题会有更多赞哦"'
    )
