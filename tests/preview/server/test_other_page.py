"""A page of another origin in a real browser, with all that such a page can try: it reads nothing and
changes nothing, also where it knows the port."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from tests.browser import page_after_loading
from tests.preview.served import Served, served

ATTACK = """<!doctype html><title>started</title><body>
<img src="{own}/data"><script src="{own}/data"></script><link rel="stylesheet" href="{own}/data">
<iframe src="{own}/" name="frame"></iframe><iframe name="sink"></iframe>
<form id="form" method="post" action="{own}/edits" enctype="text/plain" target="sink">
<input name='{{"changes":[{{"number":"1","field":"title","value":"evil","before":null,"x":"' value='"}}]}}'>
</form>
<script>
const body = JSON.stringify({{ changes: [{{ number: "1", field: "title", value: "evil", before: null }}] }});
const tries = [
  ["simple", () => fetch("{own}/data").then((a) => a.text())],
  ["opaque", () => fetch("{own}/data", {{ mode: "no-cors" }}).then((a) => a.text())],
  ["json", () => fetch("{own}/edits", {{ method: "POST", headers: {{ "Content-Type": "application/json", "X-Crossover-Key": "x" }}, body }}).then((a) => a.text())],
  ["blind", () => fetch("{own}/edits", {{ method: "POST", mode: "no-cors", body }}).then((a) => a.text())],
  ["beacon", async () => (navigator.sendBeacon("{own}/edits", body), "")],
  ["frame", async () => frames.frame.document.body.textContent],
  ["form", async () => (document.getElementById("form").submit(), "")],
  ["stop", () => fetch("{own}/stop", {{ method: "POST", mode: "no-cors" }}).then((a) => a.text())],
];
(async () => {{
  for (const [name, attempt] of tries) {{
    const said = await attempt().catch(() => "refused");
    document.body.append(`[${{name}}: ${{said || "nothing"}}]`);
  }}
  document.title = "done";
}})();
</script>"""


class _Page(BaseHTTPRequestHandler):
    html = b""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(self.html)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the signature's name
        """Say nothing."""


@contextmanager
def other_page(html: str) -> Iterator[str]:
    handler = type("Attack", (_Page,), {"html": html.encode()})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


def attack(page: Served, profile: Path) -> str:
    with other_page(ATTACK.format(own=page.origin)) as address:
        return page_after_loading(address, profile)


def test_another_page_reads_nothing_and_changes_nothing(few: Path, tmp_path: Path) -> None:
    with served(few) as page:
        handle = page.ask("/data").json["handle"]
        seen = attack(page, tmp_path / "profile")
        assert "<title>done</title>" in seen
        for name in ("simple", "json", "frame"):
            assert f"[{name}: refused]" in seen
        for name in ("opaque", "blind", "beacon", "form", "stop"):
            assert f"[{name}: refused]" in seen or f"[{name}: nothing]" in seen
        assert handle not in seen
        assert page.ask("/data").status == 200, "it was not stopped"
    assert not (few / "edits.yaml").exists()
