"""The switches of a running server: the page asks for them, and tests change them."""

from __future__ import annotations

import json
from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from crossover.rehearsal.faults.script import Script
from crossover.rehearsal.faults.script_file import parse_script
from crossover.rehearsal.faults.script_nodes import BadScript
from crossover.rehearsal.server.answers import RefusedCall, failure, read_json_body
from crossover.rehearsal.studio.switches import Switches, read_switches


class LiveSwitches:
    """The switches as they stand now, and the calls that tell and change them."""

    def __init__(self, switches: Switches, replace_script: Callable[[Script], None]) -> None:
        self.current = switches
        self._replace_script = replace_script

    async def tell(self, _request: Request) -> Response:
        """Answer all switches under their keys."""
        headers = {"Cache-Control": "no-store"}
        return JSONResponse(self.current.as_values(), headers=headers)

    async def change(self, request: Request) -> Response:
        """Change the switches that are named, and with the key `faults` the whole list of faults,
        whose calls are counted anew. The header `X-Sandbox` keeps pages from doing it by a form."""
        if request.headers.get("x-sandbox") != "1":
            return failure("send the header X-Sandbox: 1", status=403)
        try:
            values, _ = await read_json_body(request)
        except RefusedCall as refused:
            return refused.answer
        listed = values.pop("faults", None)
        try:
            switches = read_switches(values, "studio", self.current)
            script = None
            if listed is not None:
                script = parse_script(json.dumps({"faults": listed}, ensure_ascii=False))
        except BadScript as exc:
            return failure(str(exc), status=400)
        self.current = switches
        if script is not None:
            self._replace_script(script)
        return await self.tell(request)
