"""Handles one call of RedNote's: counts it, applies the script's faults, answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Message, Receive, Scope, Send

from crossover.rehearsal.faults import connection_faults
from crossover.rehearsal.faults.active_faults import attach_faults
from crossover.rehearsal.faults.answer_faults import AnswerFault
from crossover.rehearsal.faults.base import Fault
from crossover.rehearsal.faults.script import Script
from crossover.rehearsal.server.answers import RefusedCall
from crossover.rehearsal.server.connection import Break, break_connection
from crossover.rehearsal.store.store import Store

Handler = Callable[[Request], Awaitable[Response]]
COUNTED = ("put", "part")  # the calls whose body is a file


@dataclass(frozen=True, slots=True)
class DelayedCall:
    """A call whose connection is gone, to be carried out at `due` (milliseconds)."""

    due: int
    handler: Handler
    scope: Scope
    body: bytes

    async def do(self) -> None:
        """Carry out the call; nobody gets its answer."""
        messages: list[Message] = [{"type": "http.request", "body": self.body}]

        async def receive() -> Message:
            return messages.pop() if messages else {"type": "http.disconnect"}

        with suppress(RefusedCall):  # nobody is there to be told
            await self.handler(Request(self.scope, receive))


class CallContext:
    """What all calls share: counters, the script of faults, calls to be carried out later."""

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
        self._later: list[DelayedCall] = []

    def receive(self, kind: str) -> list[Fault]:
        """Count a call of this kind and return the faults that apply to it."""
        self.store.count(f"calls.{kind}")
        due = self._script.due(kind)
        self.faults.update(fault.name for fault in due)
        return due

    def replace_script(self, script: Script) -> None:
        """Take another script from the next call on; its calls are counted anew."""
        self._script = script

    def count_received(self, file_id: str, size: int) -> None:
        """Count the bytes of a file that arrived, whatever became of the call."""
        if size:
            counts = {"bytes.received": size}
            if self.store.slot(file_id) is not None:
                counts[f"received.{file_id}"] = size
            self.store.count_all(counts)

    def delay(self, later: DelayedCall) -> None:
        """Keep a call to be carried out later."""
        self._later.append(later)

    async def run_due(self, *, all_of_it: bool = False) -> None:
        """Carry out the calls that are due by now, or `everything`, in order."""
        now = self.now()
        due = [later for later in self._later if all_of_it or later.due <= now]
        self._later = [later for later in self._later if later not in due]
        for later in sorted(due, key=lambda later: later.due):
            await later.do()


class CountedBody:
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
        """Read to the end, or until at least `most` bytes are there."""
        read = bytearray()
        while not self.over and (most is None or self.size < most):
            read += (await self()).get("body", b"")
        return bytes(read)

    async def skip(self, most: int | None = None) -> None:
        while not self.over and (most is None or self.size < most):
            await self()


class CallHandler:
    """An ASGI app for one kind of call."""

    def __init__(self, context: CallContext, kind: str, handler: Handler) -> None:
        self._context = context
        self._kind = kind
        self._handler = handler

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        faults = self._context.receive(self._kind)
        attach_faults(scope, faults)
        slow = [fault for fault in faults if isinstance(fault, connection_faults.Slow)]
        await self._wait(slow, done=False)
        decisive = next(
            (f for f in faults if isinstance(f, connection_faults.ConnectionFault | AnswerFault)),
            None,
        )
        if decisive is None:
            answer = await self._handle(scope, receive)
        elif isinstance(decisive, AnswerFault):
            await (self._handle if decisive.done else self._skip)(scope, receive)
            answer = decisive.answer(self._context.now())
        else:
            await self._break(decisive, scope, receive, send)
            return
        await self._wait(slow, done=True)
        await answer(scope, receive, send)

    async def _wait(self, faults: list[connection_faults.Slow], *, done: bool) -> None:
        for fault in faults:
            if fault.done is done:
                await self._context.sleep(fault.seconds)

    async def _break(
        self, fault: connection_faults.ConnectionFault, scope: Scope, receive: Receive, send: Send
    ) -> None:
        how = Break.RESET
        match fault:
            case connection_faults.ResetBefore():
                pass
            case connection_faults.ResetInside(bytes=most):
                await self._skip(scope, receive, most)
            case connection_faults.ResetAfter():
                await self._skip(scope, receive)
            case connection_faults.Stall(bytes=most):
                await self._skip(scope, receive, most)
                how = Break.STALL
            case connection_faults.StoredThenDropped():
                await self._handle(scope, receive)
                how = Break.DROP
            case connection_faults.DidItLate(seconds=seconds):
                body = CountedBody(receive)
                raw = await body.read()
                self._count(scope, body)
                due = self._context.now() + round(seconds * 1000)
                self._context.delay(DelayedCall(due, self._handler, dict(scope), raw))
                how = Break.DROP
            case connection_faults.HalfAnswer():
                await _send_half(await self._handle(scope, receive), send)
                how = Break.CLOSE
        await break_connection(scope, receive, fault.name, how)

    async def _handle(self, scope: Scope, receive: Receive) -> Response:
        body = CountedBody(receive)
        try:
            return await self._handler(Request(scope, body))
        except RefusedCall as refused:
            return refused.answer
        finally:  # before the answer: whoever has it may kill us and ask the next one
            self._count(scope, body)

    async def _skip(self, scope: Scope, receive: Receive, most: int | None = None) -> None:
        body = CountedBody(receive)
        try:
            await body.skip(most)
        finally:
            self._count(scope, body)

    def _count(self, scope: Scope, body: CountedBody) -> None:
        if self._kind in COUNTED:
            self._context.count_received(scope["path_params"]["file_id"], body.size)


async def _send_half(answer: Response, send: Send) -> None:
    body = bytes(answer.body)
    headers = [(name, value) for name, value in answer.raw_headers if name != b"content-length"]
    headers.append((b"content-length", str(len(body) or 1).encode()))
    await send({"type": "http.response.start", "status": answer.status_code, "headers": headers})
    await send({"type": "http.response.body", "body": body[: len(body) // 2], "more_body": True})
