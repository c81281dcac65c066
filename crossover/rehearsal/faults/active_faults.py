"""Which faults hit the call at hand: put there before it is handled, asked for where they matter."""

from __future__ import annotations

from typing import TypeVar

from starlette.requests import Request
from starlette.types import Scope

from crossover.rehearsal.faults.base import Fault

F = TypeVar("F", bound=Fault)

_KEY = "crossover.rehearsal.faults"


def put_in(scope: Scope, faults: list[Fault]) -> None:
    scope[_KEY] = faults


def hit(request: Request, kind: type[F]) -> F | None:
    return next((fault for fault in request.scope[_KEY] if isinstance(fault, kind)), None)
