"""Pages and counters of the stand-in, for people and tests."""

from __future__ import annotations

import re
import traceback
from contextlib import suppress
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, JSONResponse, Response

from crossover.rehearsal.profile.page import POLICY, render_profile
from crossover.rehearsal.server.dispatch import CallContext
from crossover.rehearsal.store.disk import MEDIA, is_disk_full
from crossover.rehearsal.store.records import PRACTICE
from crossover.rehearsal.store.store import Store

MEDIA_NAME = re.compile(r"[0-9a-f]{64}\.(jpg|png|webp|mp4|bin)")


class Inspection:
    """Answers the requests for the profile page, its media and the counters."""

    def __init__(self, store: Store, folder: Path, context: CallContext) -> None:
        self._store = store
        self._folder = folder
        self._context = context

    async def profile(self, _request: Request) -> Response:
        headers = {
            "Content-Security-Policy": f"{POLICY}; frame-ancestors 'none'",
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "no-store",
        }
        return HTMLResponse(
            render_profile(self._store.notes(), self._store.name()), headers=headers
        )

    async def no_icon(self, _request: Request) -> Response:
        """Browsers ask for an icon by themselves, and put a 404 on the console of the page that is
        open by then."""
        return Response(status_code=204)

    async def media(self, request: Request) -> Response:
        name = request.path_params["name"]
        path = self._folder / MEDIA / name
        if not MEDIA_NAME.fullmatch(name) or not path.is_file():
            raise HTTPException(404)
        return FileResponse(path, headers={"X-Content-Type-Options": "nosniff"})

    async def state(self, _request: Request) -> Response:
        counters = self._store.counters()

        def group(prefix: str) -> dict[str, int]:
            return {
                name.removeprefix(prefix): value
                for name, value in counters.items()
                if name.startswith(prefix)
            }

        return JSONResponse(
            {
                "format": "crossover-rehearsal/state",
                "version": 1,
                "account": {
                    "user_id": PRACTICE.user_id,
                    "nickname": PRACTICE.nickname,
                    "red_num": PRACTICE.red_num,
                },
                "notes": len(self._store.notes()),
                "files": counters.get("files", 0),
                "bytes": {"received": 0, "stored": 0} | group("bytes."),
                "uploads": {
                    file_id: {"received": received, "stored": counters.get(f"stored.{file_id}", 0)}
                    for file_id, received in group("received.").items()
                },
                "leaks": counters.get("leaks", 0),
                "calls": group("calls."),
                "refused": group("refused."),
                "faults": dict(sorted(self._context.faults.items())),
            }
        )


class ErrorLog:
    """Writes an unexpected error to server.log and answers 500; on a full disk it answers 507."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "server.log"

    async def __call__(self, _request: Request, exc: Exception) -> Response:
        if is_disk_full(exc):
            msg = "the disk of the practice account is full"
            return JSONResponse({"code": -1, "success": False, "msg": msg}, 507)
        with suppress(OSError), self._path.open("a", encoding="utf-8") as file:
            file.writelines(traceback.format_exception(exc))
        return JSONResponse(
            {"code": -1, "success": False, "msg": "the rehearsal failed; see server.log"}, 500
        )


async def answer_unknown_call(_request: Request, exc: Exception) -> Response:
    """Answer a call that the rehearsal does not know."""
    status = exc.status_code if isinstance(exc, HTTPException) else 500
    msg = "the rehearsal does not know this call"
    return JSONResponse({"code": -1, "success": False, "msg": msg}, status)
