"""The faults that apply to the current call: attached before it is handled, looked up where they
matter."""

from __future__ import annotations

from typing import TypeVar

from starlette.requests import Request
from starlette.types import Scope

from crossover.rehearsal.faults.base import Fault

F = TypeVar("F", bound=Fault)

_KEY = "crossover.rehearsal.faults"


def attach_faults(scope: Scope, faults: list[Fault]) -> None:
    """Attach the faults of a call to its request."""
    scope[_KEY] = faults


def find_fault(request: Request, kind: type[F]) -> F | None:
    """Find the fault of this kind that applies to the request, None without one."""
    return next((fault for fault in request.scope[_KEY] if isinstance(fault, kind)), None)
