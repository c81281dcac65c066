"""The files of the studio's pages, as they are sent to a browser."""

from __future__ import annotations

from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response

from crossover.rehearsal.studio.renaming import rename_text
from crossover.rehearsal.studio.switches_calls import LiveSwitches

PAGE = Path(__file__).with_name("page")
TYPES = {".html": "text/html", ".css": "text/css", ".js": "text/javascript"}
OWN_EDITOR, GIVEN_EDITOR = "/studio/script/editor/editor.js", "/studio/editor/editor.js"


class PageFiles:
    """Reads the files. `editor` is a folder whose `editor.js` takes the place of our own editor: it
    exports a `makeEditor` with the same promises as `script/editor/editor.js`."""

    def __init__(self, switches: LiveSwitches, editor: Path | None = None) -> None:
        self._switches = switches
        self._editor = editor

    def page(self, request: Request) -> Response:
        """The one page that shows all of the studio's addresses; its script decides what is there."""
        text = _read(PAGE / "page.html")
        editor = GIVEN_EDITOR if self._editor else OWN_EDITOR
        return self._answer(text.replace("{editor}", editor), ".html", request)

    def file(self, place: str, request: Request) -> Response | None:
        """A script or a style by its place; None where there is none."""
        root, name = PAGE, place
        if place.startswith("editor/") and self._editor is not None:
            root, name = self._editor, place.removeprefix("editor/")
        path = (root / name).resolve()
        if not path.is_relative_to(root.resolve()) or path.suffix not in (".css", ".js"):
            return None
        return self._answer(_read(path), path.suffix, request) if path.is_file() else None

    def _answer(self, text: str, ending: str, request: Request) -> Response:
        text = rename_text(text, TYPES[ending], self._switches.current.rename)
        headers = {
            "Content-Security-Policy": _policy(request),
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "no-referrer",
            "Cache-Control": "no-store",
        }
        return Response(text, media_type=TYPES[ending], headers=headers)


def _read(path: Path) -> str:
    return path.read_text("utf-8")


def _policy(request: Request) -> str:
    """What the page may load: its own files, what the creator chose, and calls to this server."""
    port = request.headers["host"].partition(":")[2]
    calls = f"'self' http://127.0.0.1:{port} http://localhost:{port}"
    return (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; "
        f"media-src blob:; connect-src {calls}; base-uri 'none'; form-action 'none'; "
        "frame-ancestors 'none'"
    )
