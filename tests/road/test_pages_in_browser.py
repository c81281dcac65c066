"""The pages of the sample migration, in a real browser: they add up, share a look, and keep nobody
out."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.page_browser import Scheme, find_violations, open_tab, run_browser
from tests.road.conftest import Crossover, Migrated


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with run_browser() as running:
        yield running


@pytest.mark.parametrize(
    ("width", "scheme"),
    [(360, "light"), pytest.param(1280, "dark", marks=pytest.mark.complete)],
)
def test_every_page_of_a_move_can_be_read_by_everybody(
    crossover: Crossover,
    migrated: Migrated,
    browser: Browser,
    tmp_path: Path,
    width: int,
    scheme: Scheme,
) -> None:
    root = tmp_path / "w"
    shutil.copytree(migrated.root, root)
    assert crossover("report", "-w", root).returncode == 0
    with open_tab(browser, width=width, scheme=scheme) as tab:
        for name in ("preview.html", "report.html", "rehearsal/profile.html"):
            tab.page.goto((root / name).as_uri())
            assert find_violations(tab.page) == []
            assert tab.page.evaluate("document.documentElement.scrollWidth") <= width
        tab.check_quiet()


def test_the_first_screen_has_the_totals_of_the_plan(migrated: Migrated, browser: Browser) -> None:
    planned = json.loads((migrated.root / "plan.json").read_text("utf-8"))
    with open_tab(browser) as tab:
        tab.page.goto((migrated.root / "preview.html").as_uri())
        terms = [int(one.inner_text()) for one in tab.page.locator(".sum b").all()]
        assert terms == [planned[key] for key in ("move", "hold", "skip", "unreadable")]
        assert tab.page.locator(".found b").inner_text() == str(planned["found"]) == str(sum(terms))
