"""The real yt-dlp, its real TikTok part, against a stand-in on loopback."""

from __future__ import annotations

import builtins
import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from crossover.captions.ytdlp import ListedPage, list_page, parse_handle
from crossover.errors import (
    CrossoverError,
    LoginNeeded,
    MissingTool,
    RetryLater,
    TikTokUnreachable,
    UsageProblem,
)
from tests.captions.tiktok_page import StandInPage, item, photo_item, redirect_yt_dlp

# yt-dlp leaves answers that were errors to the garbage collector.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")

NOW = datetime(2026, 11, 22, tzinfo=UTC)
START = 1746100800


def tiktok_id(number: int) -> str:
    return str((START + number * 600) << 32 | 7)


def listed(**options: Any) -> ListedPage:
    given = {"seen": lambda _: None, "stop": lambda: False} | options
    return list_page("mara", NOW, **given)


def test_a_page_is_listed_to_its_end(
    tiktok: StandInPage, capfd: pytest.CaptureFixture[str]
) -> None:
    tiktok.items = [item(tiktok_id(n), f"post {n} 🙂 #tag") for n in range(40)]
    tiktok.items.append(photo_item(tiktok_id(50), "pictures"))
    counts: list[int] = []
    page = listed(seen=counts.append)
    assert {words.tiktok_id: words.text for words in page.words} == {
        one["id"]: one["desc"] for one in tiktok.items
    }
    assert {(words.handle, words.kind, words.source) for words in page.words} == {
        ("mara", None, "the page of @mara")
    }
    assert counts == list(range(1, 42))
    assert (page.trouble, page.wordless) == (None, ())
    assert capfd.readouterr() == ("", "")


def test_no_cookie_is_sent_and_no_false_place_told(tiktok: StandInPage) -> None:
    tiktok.items = [item(tiktok_id(0), "words")]
    listed()
    assert len(tiktok.asked) == 2
    for _, headers in tiktok.asked:
        assert not {"cookie", "authorization", "x-forwarded-for"} & {h.lower() for h in headers}


def test_no_file_is_written_and_no_configuration_or_plugin_read(
    tiktok: StandInPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "APPDATA", "USERPROFILE"):
        monkeypatch.setenv(name, str(tmp_path))
    monkeypatch.chdir(tmp_path)
    plugin = tmp_path / "yt-dlp" / "plugins" / "x" / "yt_dlp_plugins" / "extractor" / "bad.py"
    plugin.parent.mkdir(parents=True)
    plugin.write_text("import pathlib; pathlib.Path('ran').write_text('')")
    (tmp_path / "yt-dlp.conf").write_text("--no-such-option")
    before = sorted(tmp_path.rglob("*"))
    import yt_dlp.globals

    monkeypatch.setattr(yt_dlp.globals.all_plugins_loaded, "value", False)
    tiktok.items = [item(tiktok_id(0), "words")]
    listed()
    assert sorted(tmp_path.rglob("*")) == before


def test_asked_to_stop_it_keeps_what_was_listed(tiktok: StandInPage) -> None:
    tiktok.items = [item(tiktok_id(n), "words") for n in range(40)]
    counts: list[int] = []
    page = listed(seen=counts.append, stop=lambda: len(counts) == 5)
    assert len(page.words) == 5
    assert page.trouble is None


def test_a_list_that_breaks_off_keeps_what_came_and_says_why(tiktok: StandInPage) -> None:
    tiktok.items = [item(tiktok_id(n), "words") for n in range(40)]
    tiktok.before = lambda path, number: (429, b"") if (path, number) == ("/list", 2) else None
    page = listed()
    assert len(page.words) == 15
    assert isinstance(page.trouble, RetryLater)
    assert "too many requests" in page.trouble.message


def test_an_account_without_posts_is_an_empty_list(tiktok: StandInPage) -> None:
    page = listed()
    assert (page.words, page.trouble) == ((), None)


PRIVATE = {"statusCode": 10222, "userInfo": {"stats": {"videoCount": 0}}}
NO_ID = {"userInfo": {"stats": {"videoCount": 3}}}
HIDDEN = {"userInfo": {"user": {"secUid": "MS4wLjABAAAA"}, "stats": {"videoCount": 3}}}


@pytest.mark.parametrize(
    ("detail", "status", "body", "kind", "said"),
    [
        (PRIVATE, None, b"", LoginNeeded, "account is private"),
        (HIDDEN, 200, b'{"itemList": [], "hasMorePrevious": true}', LoginNeeded, "is private"),
        (NO_ID, None, b"", RetryLater, "did not show the page"),
        (None, 403, b"", RetryLater, "does not let this network"),
        (None, 429, b"", RetryLater, "too many requests"),
        (None, 503, b"", RetryLater, "trouble of its own"),
        (None, 200, b"<html>not JSON", MissingTool, "seems to have changed"),
    ],
)
def test_each_failure_is_said_plainly_with_a_way_on(
    tiktok: StandInPage,
    detail: dict[str, Any] | None,
    status: int | None,
    body: bytes,
    kind: type[CrossoverError],
    said: str,
) -> None:
    tiktok.items = [item(tiktok_id(0), "words")]
    tiktok.detail = detail
    if status is not None:
        tiktok.before = lambda path, _: (status, body) if path == "/list" else None
    with pytest.raises(kind) as raised:
        listed()
    assert said in raised.value.message
    assert raised.value.next
    shown = " ".join((raised.value.message, raised.value.next, *raised.value.more))
    assert "127.0.0.1" not in shown
    assert "github" not in shown


@pytest.mark.parametrize("body", [b'[1, "x"]', b'{"itemList": [{"id": "7"}, {"id": []}]}'])
def test_an_answer_without_posts_lists_none(tiktok: StandInPage, body: bytes) -> None:
    tiktok.items = [item(tiktok_id(0), "words")]
    tiktok.before = lambda path, _: (200, body) if path == "/list" else None
    assert listed().words == ()


@pytest.mark.parametrize(
    ("status", "kind", "said"),
    [(404, UsageProblem, "no page of @mara"), (403, RetryLater, "does not let this network")],
)
def test_a_profile_that_is_not_shown(
    tiktok: StandInPage, status: int, kind: type[CrossoverError], said: str
) -> None:
    tiktok.before = lambda path, _: (status, b"") if path != "/list" else None
    with pytest.raises(kind, match=said):
        listed()


def test_no_network_is_said_with_the_way_round_it(
    tiktok: StandInPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    redirect_yt_dlp(monkeypatch, "http://127.0.0.1:9")
    with pytest.raises(TikTokUnreachable, match="cannot be reached") as raised:
        listed()
    assert "  yt-dlp --flat-playlist -J https://www.tiktok.com/@mara > listing.json" in (
        raised.value.more
    )


def test_the_network_gone_in_the_middle(
    tiktok: StandInPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    from yt_dlp.extractor.tiktok import TikTokUserIE

    monkeypatch.setattr(TikTokUserIE, "_API_BASE_URL", "http://127.0.0.1:9/list")
    tiktok.items = [item(tiktok_id(0), "words")]
    with pytest.raises(TikTokUnreachable, match="cannot be reached"):
        listed()


def test_an_old_yt_dlp_is_told_its_age(
    tiktok: StandInPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("yt_dlp.version.__version__", "2026.03.17")
    tiktok.items = [item(tiktok_id(0), "words")]
    tiktok.before = lambda path, _: (200, b"<html>") if path == "/list" else None
    with pytest.raises(MissingTool, match=r"yt-dlp 2026\.03\.17 \(250 days old\)"):
        listed()


def test_without_yt_dlp_the_command_that_installs_it_is_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    real = builtins.__import__

    def without(name: str, *rest: Any) -> Any:
        if name.partition(".")[0] == "yt_dlp":
            raise ModuleNotFoundError(name, name="yt_dlp")
        return real(name, *rest)

    for name in [name for name in sys.modules if name.partition(".")[0] == "yt_dlp"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(MissingTool) as raised:
        listed()
    assert raised.value.next == f'Install it:  {sys.executable} -m pip install "yt-dlp[curl-cffi]"'


@pytest.mark.parametrize("status", [403, 429, 503, 200])
def test_a_read_that_fails_says_that_yt_dlp_had_no_browser_to_pose_as(
    tiktok: StandInPage, monkeypatch: pytest.MonkeyPatch, status: int
) -> None:
    import yt_dlp

    monkeypatch.setattr(yt_dlp.YoutubeDL, "_impersonate_target_available", lambda *_: False)
    tiktok.items = [item(tiktok_id(0), "words")]
    tiktok.before = lambda path, _: (status, b"<html>") if path == "/list" else None
    with pytest.raises(CrossoverError) as raised:
        listed()
    first = raised.value.next.splitlines()[0]
    assert first.startswith("yt-dlp found no impersonate target")
    assert first.endswith('-m pip install "yt-dlp[curl-cffi]"')


def test_a_read_with_a_browser_to_pose_as_names_none(
    tiktok: StandInPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    import yt_dlp

    monkeypatch.setattr(yt_dlp.YoutubeDL, "_parse_impersonate_targets", lambda *_: (None, []))
    tiktok.items = [item(tiktok_id(0), "words")]
    tiktok.before = lambda path, _: (403, b"") if path == "/list" else None
    with pytest.raises(RetryLater) as raised:
        listed()
    assert "impersonate" not in raised.value.next


def test_the_entries_have_the_fields_that_are_read(tiktok: StandInPage) -> None:
    """Should another yt-dlp name them anew, this fails before a creator's captions go missing."""
    import yt_dlp
    from yt_dlp.extractor.tiktok import TikTokUserIE

    tiktok.items = [item(tiktok_id(0), "x" * 200)]
    reader = yt_dlp.YoutubeDL({"quiet": True, "logger": _Silent()}, auto_init=False)
    reader.add_info_extractor(TikTokUserIE())
    page = reader.extract_info("https://www.tiktok.com/@mara", download=False, process=False)
    (entry,) = page["entries"]
    assert entry["description"] == "x" * 200
    assert len(entry["title"]) == 72
    assert (entry["timestamp"], entry["uploader"]) == (START, "mara")
    assert (entry["_type"], entry["ie_key"]) == ("url", "TikTok")
    assert json.dumps(entry)


class _Silent:
    def debug(self, message: str) -> None: ...
    def warning(self, message: str) -> None: ...
    def error(self, message: str) -> None: ...


@pytest.mark.parametrize(
    "name",
    ["mara.makes", "@mara.makes", "https://www.tiktok.com/@mara.makes?lang=en", " @mara.makes/"],
)
def test_a_name_is_taken_as_people_write_it(name: str) -> None:
    assert parse_handle(name) == "mara.makes"


@pytest.mark.parametrize(
    "name", ["", "@", "a b", "../x", "https://other.example/@mara", "@ma/video/7"]
)
def test_what_is_no_name_is_refused(name: str) -> None:
    with pytest.raises(UsageProblem):
        parse_handle(name)
