"""A person publishes on the practice studio's page by hand, and the note arrives exactly."""

from __future__ import annotations

import hashlib
from pathlib import Path

from tests.page_browser import Tab
from tests.rehearsal.makers import RunningServer

from .conftest import read_log
from .hands import Hands


def test_pictures_with_words_and_a_topic_arrive_as_they_were_entered(
    hands: Hands, tab: Tab, server: RunningServer, pictures: list[Path]
) -> None:
    hands.open("image")
    hands.give(*pictures[:3])
    hands.write_title("海边的一天")
    hands.write_body("Golden hour 😀 by the “sea”", "", "第二行 ")
    hands.add_topic("日落")
    hands.wait_ready()
    hands.press()
    hands.wait_published()
    log = read_log(server)
    note = log["notes"][-1]
    assert note["title"] == "海边的一天"
    assert note["desc"] == "Golden hour 😀 by the “sea”\n\n第二行 #日落[话题]#"
    assert note["topics"] == ["日落"]
    assert note["visibility"] == "public"
    sums = [hashlib.sha256(path.read_bytes()).hexdigest() for path in pictures[:3]]
    assert [one["sha256"] for one in note["media"]] == sums
    assert log["events"][-1] == log["events"][-1] | {"event": "publish-pressed", "trusted": True}
    tab.check_quiet()
