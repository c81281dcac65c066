"""A page served for editing, by a real server: in a thread of this process, or in one of its own."""

from __future__ import annotations

import http.client
import json
import os
import subprocess
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPResponse
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from crossover.cli.steps.page import page_contents
from crossover.plan.target import planned_target
from crossover.preview.server.guard import keys_of
from crossover.preview.server.running import RunningServer
from crossover.preview.server.serving import serve
from crossover.preview.server.session import EditingSession
from crossover.workspace import Workspace
from tests.road.conftest import Crossover

_SECONDS = 60


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass(frozen=True)
class Served:
    """A server, as its page speaks with it. `address` has the key behind its `#`."""

    address: str
    session: EditingSession | None = None
    process: subprocess.Popen[str] | None = None

    @property
    def port(self) -> int:
        port = urlsplit(self.address).port
        assert port
        return port

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def key(self) -> str:
        return urlsplit(self.address).fragment.removeprefix("key=")

    @property
    def file_key(self) -> str:
        return keys_of(self.key).files

    def ask(
        self,
        path: str,
        body: object = None,
        *,
        method: str = "",
        headers: Mapping[str, str] | None = None,
        bare: bool = False,
    ) -> Answer:
        """Ask as the page does, or `bare`, with these headers alone. A body that is not bytes goes as
        JSON."""
        sent = {} if bare else {"X-Crossover-Key": self.key, "Content-Type": "application/json"}
        raw = body if isinstance(body, bytes | None) else json.dumps(body).encode()
        method = method or ("GET" if body is None else "POST")
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=_SECONDS)
        try:
            connection.request(method, path, raw, {**sent, **(headers or {})})
            return read_answer(connection.getresponse())
        finally:
            connection.close()

    def decide(self, number: str, field: str, value: object, before: object = None) -> Answer:
        """Decide one thing, as the page does."""
        change = {"number": number, "field": field, "value": value, "before": before}
        return self.ask("/edits", {"changes": [change], "force": False})


def read_answer(response: HTTPResponse) -> Answer:
    headers = {name.lower(): value for name, value in response.getheaders()}
    return Answer(response.status, headers, response.read())


@contextmanager
def served(root: Path, *, idle_seconds: float = 600) -> Iterator[Served]:
    """Serve the workspace in a thread, and end the server afterwards."""
    workspace = Workspace(root)
    target = planned_target(workspace)
    session = EditingSession(
        workspace,
        target,
        lambda plan, where, planner: page_contents(plan, where, workspace, target, planner.library),
    )
    with workspace.hold("a test"):
        session.load()
    ready = threading.Event()
    told: list[RunningServer] = []

    def hear(server: RunningServer) -> None:
        told.append(server)
        ready.set()

    options: dict[str, Any] = {"port": None, "idle_seconds": idle_seconds, "signals": ()}
    thread = threading.Thread(target=serve, args=(session,), kwargs={**options, "ready": hear})
    thread.start()
    assert ready.wait(_SECONDS)
    page = Served(told[0].address, session)
    try:
        yield page
    finally:
        with suppress(OSError):  # it may have ended by itself
            page.ask("/stop", {})
        thread.join(_SECONDS)


@contextmanager
def served_by_process(crossover: Crossover, root: Path, *options: object) -> Iterator[Served]:
    """Serve the workspace by the command as it is typed; it ends when its standard input does."""
    command = crossover.command("preview", "-w", root, "--port", "0", "--no-open", *options)
    with subprocess.Popen(
        command,
        env=crossover.environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        start_new_session=os.name != "nt",
    ) as process:
        assert process.stdout
        address = process.stdout.readline().strip()
        assert address.startswith("http://127.0.0.1:"), process.communicate()
        try:
            yield Served(address, process=process)
        finally:
            if process.poll() is None:
                process.kill()
