"""A little studio that answers as a test says: what it tells of its account, and where it leads to.

The stand-in keeps to what is known of the site; this is for what it might do otherwise.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

GALAXY = "/api/galaxy"
PERSONAL_INFO = f"{GALAXY}/creator/home/personal_info"
USER_INFO = f"{GALAXY}/user/info"
MY_INFO = f"{GALAXY}/user/my-info"
SIGNED_OUT = (401, {"code": -100, "success": False, "msg": "登录已过期"})

_HOME = """<!doctype html><meta charset=utf-8><title>home</title>
<script>for (const path of %s) fetch(path).catch(() => {});</script>"""
_LOGIN = """<!doctype html><meta charset=utf-8><title>login</title><div class="login-box-container">
<script>setInterval(async () => {
  if ((await (await fetch("/is-signed-in")).json())) location.href = "%s";
}, 50)</script>"""
_BOX = "<!doctype html><div class='css-x login-box-container'>APP扫一扫登录</div>"


@dataclass
class LittleStudio:
    """`answers` are given by path, and the page asks for each; `leads_to` is where its first page
    leads instead. As long as `is_signed_in` is not set its first page leads to the sign-in, and that
    one back, to `after_sign_in`. `opened` is set when somebody opened the sign-in."""

    port: int = 0
    answers: dict[str, tuple[int, Any]] = field(default_factory=dict)
    leads_to: str | None = None
    shows_box: bool = False
    after_sign_in: str = "/new/home"
    is_signed_in: threading.Event = field(default_factory=threading.Event)
    opened: threading.Event = field(default_factory=threading.Event)

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def begin(self) -> None:
        """Be as at the beginning: signed in, and silent."""
        self.answers, self.leads_to, self.shows_box = {}, None, False
        self.after_sign_in = "/new/home"
        self.is_signed_in.set()
        self.opened.clear()

    def tell(self, user_id: str, name: str) -> None:
        """Have this account signed in."""
        self.answers = {
            USER_INFO: ok(userId=user_id, userName=name, redId=f"9{user_id}"),
            PERSONAL_INFO: ok(name=name, red_num=f"9{user_id}"),
        }


def ok(**data: Any) -> tuple[int, Any]:
    return 200, {"code": 0, "success": True, "data": data}


@contextmanager
def little_studio() -> Iterator[LittleStudio]:
    """Run one, signed in and silent."""
    studio = LittleStudio()
    studio.begin()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = self.path.partition("?")[0]
            if path == "/new/home":
                self._home()
            elif path == "/login":
                studio.opened.set()
                self._send(200, "text/html", _LOGIN % studio.after_sign_in)
            elif path == "/is-signed-in":
                self._send(200, "application/json", json.dumps(studio.is_signed_in.is_set()))
            elif path in studio.answers:
                status, value = studio.answers[path]
                self._send(status, "application/json", json.dumps(value))
            else:
                self._send(200, "text/html", "<!doctype html><title>other</title>")

        def _home(self) -> None:
            target = studio.leads_to
            if target is None and not studio.is_signed_in.is_set():
                target = "/login?redirectReason=401"
            if target is None:
                page = _BOX if studio.shows_box else _HOME % json.dumps([*studio.answers])
                self._send(200, "text/html", page)
            else:
                self.send_response(302)
                self.send_header("Location", target)
                self.end_headers()

        def _send(self, status: int, kind: str, text: str) -> None:
            body = text.encode()
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None: ...

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *_: object) -> None: ...  # a page that goes on does not wait

    server = Server(("127.0.0.1", 0), Handler)
    studio.port = server.server_port
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield studio
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
