"""One call of RedNote's from its first byte to its last: counted, put through the script, handled."""

from __future__ import annotations

from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Message, Receive, Scope, Send

from crossover.rehearsal.faults import connection_faults
from crossover.rehearsal.faults.active_faults import put_in
from crossover.rehearsal.faults.answer_faults import Instead
from crossover.rehearsal.faults.base import Fault
from crossover.rehearsal.faults.script import Script
from crossover.rehearsal.server.answers import Refused
from crossover.rehearsal.server.connection import How, break_off
from crossover.rehearsal.store.store import Store

Handler = Callable[[Request], Awaitable[Response]]
COUNTED = ("put", "part")  # the calls whose body is a file


@dataclass(frozen=True, slots=True)
class Later:
    """A call whose connection is gone, to be carried out when its time has come."""

    due: int
    handler: Handler
    scope: Scope
    body: bytes

    async def do(self) -> None:
        messages: list[Message] = [{"type": "http.request", "body": self.body}]

        async def receive() -> Message:
            return messages.pop() if messages else {"type": "http.disconnect"}

        with suppress(Refused):  # nobody is there to be told
            await self.handler(Request(self.scope, receive))


class Desk:
    """Counts the calls, knows what shall go wrong with them, and what is still to be done."""

    def __init__(
        self,
        store: Store,
        script: Script,
        *,
        now: Callable[[], int],
        sleep: Callable[[float], Awaitable[None]],
    ) -> None:
        self.store = store
        self.faults: Counter[str] = Counter()
        self.now = now
        self.sleep = sleep
        self._script = script
        self._later: list[Later] = []

    def receive(self, kind: str) -> list[Fault]:
        self.store.count(f"calls.{kind}")
        due = self._script.due(kind)
        self.faults.update(fault.name for fault in due)
        return due

    def took_in(self, file_id: str, size: int) -> None:
        """Counts the bytes of a file that arrived, whatever became of the call."""
        if size:
            counts = {"bytes.received": size}
            if self.store.slot(file_id) is not None:
                counts[f"received.{file_id}"] = size
            self.store.count_all(counts)

    def put_off(self, later: Later) -> None:
        self._later.append(later)

    async def catch_up(self, *, all_of_it: bool = False) -> None:
        """Carries out what is due by now, in order."""
        now = self.now()
        due = [later for later in self._later if all_of_it or later.due <= now]
        self._later = [later for later in self._later if later not in due]
        for later in sorted(due, key=lambda later: later.due):
            await later.do()


class Body:
    """Passes a request's body on and counts its bytes."""

    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self.size = 0
        self.over = False

    async def __call__(self) -> Message:
        message = await self._receive()
        self.size += len(message.get("body", b""))
        self.over = not message.get("more_body", False)
        return message

    async def read(self, most: int | None = None) -> bytes:
        """What comes until the end, or until at least `most` bytes are there."""
        read = bytearray()
        while not self.over and (most is None or self.size < most):
            read += (await self()).get("body", b"")
        return bytes(read)

    async def skip(self, most: int | None = None) -> None:
        while not self.over and (most is None or self.size < most):
            await self()


class Call:
    def __init__(self, desk: Desk, kind: str, handler: Handler) -> None:
        self._desk = desk
        self._kind = kind
        self._handler = handler

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        faults = self._desk.receive(self._kind)
        put_in(scope, faults)
        for fault in faults:
            if isinstance(fault, connection_faults.Slow):
                await self._desk.sleep(fault.seconds)
        decisive = next(
            (f for f in faults if isinstance(f, connection_faults.Cutting | Instead)), None
        )
        if decisive is None:
            answer = await self._handled(scope, receive)
        elif isinstance(decisive, Instead):
            await (self._handled if decisive.done else self._skip)(scope, receive)
            answer = decisive.answer(self._desk.now())
        else:
            await self._break(decisive, scope, receive, send)
            return
        await answer(scope, receive, send)

    async def _break(
        self, fault: connection_faults.Cutting, scope: Scope, receive: Receive, send: Send
    ) -> None:
        how = How.RESET
        match fault:
            case connection_faults.ResetBefore():
                pass
            case connection_faults.ResetInside(bytes=most):
                await self._skip(scope, receive, most)
            case connection_faults.ResetAfter():
                await self._skip(scope, receive)
            case connection_faults.Stall(bytes=most):
                await self._skip(scope, receive, most)
                how = How.STALL
            case connection_faults.StoredThenDropped():
                await self._handled(scope, receive)
                how = How.DROP
            case connection_faults.DidItLate(seconds=seconds):
                body = Body(receive)
                raw = await body.read()
                self._count(scope, body)
                due = self._desk.now() + round(seconds * 1000)
                self._desk.put_off(Later(due, self._handler, dict(scope), raw))
                how = How.DROP
            case connection_faults.HalfAnswer():
                await _half(await self._handled(scope, receive), send)
                how = How.CLOSE
        await break_off(scope, receive, fault.name, how)

    async def _handled(self, scope: Scope, receive: Receive) -> Response:
        body = Body(receive)
        try:
            return await self._handler(Request(scope, body))
        except Refused as refused:
            return refused.answer
        finally:  # before the answer: whoever has it may kill us and ask the next one
            self._count(scope, body)

    async def _skip(self, scope: Scope, receive: Receive, most: int | None = None) -> None:
        body = Body(receive)
        try:
            await body.skip(most)
        finally:
            self._count(scope, body)

    def _count(self, scope: Scope, body: Body) -> None:
        if self._kind in COUNTED:
            self._desk.took_in(scope["path_params"]["file_id"], body.size)


async def _half(answer: Response, send: Send) -> None:
    body = bytes(answer.body)
    headers = [(name, value) for name, value in answer.raw_headers if name != b"content-length"]
    headers.append((b"content-length", str(len(body) or 1).encode()))
    await send({"type": "http.response.start", "status": answer.status_code, "headers": headers})
    await send({"type": "http.response.body", "body": body[: len(body) // 2], "more_body": True})
