"""A stand-in for the two addresses of TikTok that yt-dlp reads a profile from, on loopback.

The shapes are those that yt-dlp's own TikTok part looks for; the real part runs against it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

PAGE = 15


def item(tiktok_id: str, desc: str, *, author: str = "mara", **fields: Any) -> dict[str, Any]:
    """One entry of TikTok's own list."""
    return {
        "id": tiktok_id,
        "desc": desc,
        "createTime": int(tiktok_id) >> 32,
        "author": {"uniqueId": author, "nickname": "Mara Makes", "id": "7041950263817428001"},
        "video": {"duration": 9, "cover": "https://p16-sign-sg.tiktokcdn.com/cover?x-signature=S"},
        "music": {"title": "a song", "duration": 30},
        "stats": {"playCount": 5},
        **fields,
    }


def photo_item(tiktok_id: str, desc: str, *, author: str = "mara") -> dict[str, Any]:
    """A photo post in that list: no length of its own, and pictures."""
    pictures = {"title": "T", "images": []}
    return item(tiktok_id, desc, author=author, video={"duration": 0}, imagePost=pictures)


@dataclass
class StandInPage:
    """What the stand-in shows, and what was asked of it. `before` may answer in its place."""

    items: list[dict[str, Any]] = field(default_factory=list)
    detail: dict[str, Any] | None = None
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    before: Callable[[str, int], tuple[int, bytes] | None] = lambda path, number: None

    def answer(self, path: str, query: dict[str, list[str]]) -> tuple[int, bytes]:
        number = sum(path == asked for asked, _ in self.asked)
        if (instead := self.before(path, number)) is not None:
            return instead
        if path == "/list":
            newest = sorted(self.items, key=lambda one: -one["createTime"])
            older = [i for i in newest if i["createTime"] * 1000 < int(query["cursor"][0])]
            shown = {"itemList": older[:PAGE], "hasMorePrevious": len(older) > PAGE}
            return 200, json.dumps(shown).encode()
        detail = self.detail or {
            "userInfo": {
                "user": {"secUid": "MS4wLjABAAAA" + "x" * 64},
                "stats": {"videoCount": len(self.items)},
                "itemList": [{}],
            }
        }
        data = json.dumps({"__DEFAULT_SCOPE__": {"webapp.user-detail": detail}})
        return 200, (
            f'<script id="__UNIVERSAL_DATA_FOR_REHYDRATION__" type="application/json">{data}</script>'
        ).encode()


@contextmanager
def serve_page(page: StandInPage) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked = urlsplit(self.path)
            page.asked.append((asked.path, dict(self.headers)))
            status, body = page.answer(asked.path, parse_qs(asked.query))
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture
def tiktok(monkeypatch: pytest.MonkeyPatch) -> Iterator[StandInPage]:
    """yt-dlp's TikTok part looks at the stand-in in place of TikTok, and does not wait."""
    from yt_dlp.extractor.tiktok import TikTokUserIE

    page = StandInPage()
    with serve_page(page) as address:
        redirect_yt_dlp(monkeypatch, address)

        def embed(_: object, user_name: str) -> None:
            """It would ask tiktok.com."""

        monkeypatch.setattr(TikTokUserIE, "_extract_sec_uid_from_embed", embed)
        yield page


def redirect_yt_dlp(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    from yt_dlp.extractor.tiktok import TikTokUserIE

    monkeypatch.setattr("crossover.captions.ytdlp.PAUSE", 0)
    monkeypatch.setattr(TikTokUserIE, "_UPLOADER_URL_FORMAT", f"{address}/@%s")
    monkeypatch.setattr(TikTokUserIE, "_API_BASE_URL", f"{address}/list")
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
