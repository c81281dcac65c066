"""The report as a page: everything is on it, nothing on it runs, loads or tells a secret."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crossover.accounts.ledger.entry import Entry
from crossover.library.posts_file import Library
from crossover.model.account import SiteName
from crossover.model.notes import Plan, State
from crossover.model.posts import Post, Unreadable, Visibility
from crossover.preview.report_page import write_report
from crossover.transfer.report.report import AccountKnowledge, make_report
from crossover.transfer.report.status import status_of
from tests.browser import page_after_loading
from tests.makers import entry, plan, post

NOW = datetime(2026, 12, 1, 10, 0, tzinfo=UTC)
URL = "https://www.rednote.com/explore/" + "5" * 24
EVIL = "</p><script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\">"


def page(folder: Path, made: Plan, posts: tuple[Post, ...], *rows: Entry) -> str:
    entries = {(row.post, row.part): row for row in rows}
    known = AccountKnowledge(entries, (), ())
    library = Library(handle="mara", posts=posts)
    report = make_report(made, library, status_of(made, entries), known, NOW)
    write_report(report, made, folder / "report.html")
    return (folder / "report.html").read_text("utf-8")


def real(made: Plan) -> Plan:
    from dataclasses import replace

    return replace(made, to="kit", site=SiteName.REDNOTE, account="mila")


def test_the_sums_on_the_page_add_up(tmp_path: Path) -> None:
    posts = (post(1), post(2), post(3, pictures=0))
    made = plan(*posts, unreadable=(Unreadable(1, "no date"),))
    html = page(tmp_path, real(made), posts, entry(posts[0].id, 1, State.POSTED))
    found, *parts = map(int, re.findall(r'(?:class="found"|class="sum")><b>(\d+)</b>', html))
    assert found == sum(parts) == 4
    assert f"4 found = {' + '.join(map(str, parts[:1]))} posted" in html
    assert all(f'id="note-{number}"' in html for number in (1, 2, 3))
    assert "record 1 of the export: no date" in html


def test_practice_says_so_and_a_real_account_is_named(tmp_path: Path) -> None:
    posts = (post(1),)
    row = entry(posts[0].id, 1, State.POSTED, url="http://127.0.0.1:1/#note-1")
    practised = page(tmp_path, plan(*posts), posts, row)
    assert "Nothing is on RedNote." in practised
    assert ">practised</span>" in practised
    assert "127.0.0.1" not in practised
    row = entry(posts[0].id, 1, State.POSTED, url=URL)
    posted = page(tmp_path, real(plan(*posts)), posts, row)
    assert "The notes went to mila on rednote.com." in posted
    assert f'href="{URL}"' in posted
    assert "practis" not in posted


def test_a_post_that_not_everybody_may_see_shows_no_word_and_no_picture(tmp_path: Path) -> None:
    posts = (post(1, title="our secret", visibility=Visibility.ONLY_ME),)
    html = page(tmp_path, plan(*posts), posts)
    assert "our secret" not in html
    assert "<img" not in html
    assert 'id="note-1"' in html


@pytest.mark.parametrize("seen", [Visibility.PUBLIC, Visibility.ONLY_ME])
def test_what_was_dropped_is_told_with_what_to_set_and_without_private_words(
    tmp_path: Path, seen: Visibility
) -> None:
    posts = (post(1, visibility=seen),)
    row = entry(
        posts[0].id, 1, State.POSTED, visibility=seen, not_taken=("visibility", "topics", "new-one")
    )
    made = plan(*posts)
    html = page(tmp_path, real(made), posts, row)
    topics = " ".join(f"#{name}" for name in made.notes[0].topics)
    words = f"seen by: everybody (公开可见) · topics: {topics} · new-one"
    told = words if seen is Visibility.PUBLIC else "seen by, topics, new-one"
    assert f"to be set by hand: {told}<" in html
    assert "There, without an option that was planned:" in html


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd"])
def test_a_link_leads_to_the_web_or_is_none(tmp_path: Path, url: str) -> None:
    posts = (post(1),)
    html = page(tmp_path, real(plan(*posts)), posts, entry(posts[0].id, 1, State.POSTED, url=url))
    assert url not in html


def test_a_real_browser_runs_nothing_of_hostile_words(tmp_path: Path) -> None:
    posts = (post(1, text=EVIL, title=EVIL),)
    row = entry(posts[0].id, 1, State.FAILED, reason=EVIL, title=EVIL)
    page(tmp_path, real(plan(*posts, unreadable=(Unreadable(1, EVIL),))), posts, row)
    html = page_after_loading((tmp_path / "report.html").as_uri(), tmp_path / "profile")
    assert "<title>Report · @mara</title>" in html
    assert "&lt;script&gt;document.title" in html


def test_what_is_open_is_listed_in_order_and_practice_waits_for_no_review(tmp_path: Path) -> None:
    posts = (*(post(n) for n in range(1, 4)), post(4, pictures=20), post(5))
    rows = [entry(one.id, 1, State.POSTED, review=None) for one in posts]
    made = plan(*posts)
    practised = page(tmp_path, made, posts, *rows)
    assert "review passed them" not in practised
    really = page(tmp_path, real(made), posts, *rows)
    assert '<span class="meta">1-3, 4.1, 5</span>' in really.partition("review passed them")[2][:60]
