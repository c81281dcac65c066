"""The browser is offered where one is, with what crossover needs to fill in its pages."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from crossover.guide import browser
from crossover.guide.browser import has_studio


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CROSSOVER_BROWSER", sys.executable)
    monkeypatch.setattr(browser, "find_spec", lambda _: object())


@pytest.mark.usefixtures("installed")
def test_a_browser_and_the_extra_are_enough() -> None:
    assert has_studio()


@pytest.mark.usefixtures("installed")
def test_without_the_extra_it_is_not_offered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(browser, "find_spec", lambda _: None)
    assert not has_studio()


@pytest.mark.usefixtures("installed")
def test_without_a_browser_it_is_not_offered(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("CROSSOVER_BROWSER", str(tmp_path / "no browser"))
    assert not has_studio()
