"""How a batch reaches its destination."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from crossover.destinations.base import Destination
from crossover.destinations.open import PRACTICE, STUDIO, Target
from crossover.destinations.practice import Rehearsal, running_rehearsal
from crossover.destinations.sites import HOSTS, Hosts, rehearsal_hosts
from crossover.destinations.studio.dialogue import Dialogue, Unattended
from crossover.errors import UsageProblem


@dataclass(frozen=True, slots=True)
class ConnectOptions:
    """What a connection depends on besides its target: the folder that the paths of notes are
    relative to, whose profile page the practice account has, who sits before the studio's window,
    and as in `BatchOptions`."""

    files: Path
    name: str | None = None
    limit_rate: int | None = None
    part_bytes: int | None = None
    faults: Path | None = None
    waiting: Callable[[str], None] = lambda _: None
    dialogue: Dialogue = field(default_factory=Unattended)
    draft: bool = False


Connect = Callable[[Target, ConnectOptions], AbstractContextManager[Destination]]
"""Opens the destination of a target for one run, and closes it. The account is held."""


@contextmanager
def connect_to(target: Target, options: ConnectOptions) -> Iterator[Destination]:
    """Open the destination of a target. Raises `UsageProblem` for one that is not sent to, and what
    `running_rehearsal` raises."""
    ways = {PRACTICE: _practice, STUDIO: _practice_studio if target.is_practice else _real_studio}
    if target.to not in ways:
        raise UsageProblem(f"Nothing is sent to {target.to} by this computer.")
    with ways[target.to](target, options) as destination:
        yield destination


@contextmanager
def _practice(target: Target, options: ConnectOptions) -> Iterator[Destination]:
    from crossover.destinations.api.destination import RedNote  # the network is slow to load

    with (
        _rehearsal(target, options) as server,
        RedNote.rehearsal(
            port=server.port,
            files=options.files,
            part_bytes=options.part_bytes,
            limit_rate=options.limit_rate,
        ) as destination,
    ):
        yield destination


@contextmanager
def _practice_studio(target: Target, options: ConnectOptions) -> Iterator[Destination]:
    with (
        _rehearsal(target, options) as server,
        _studio(target, options, rehearsal_hosts(server.port)) as destination,
    ):
        yield destination


def _real_studio(target: Target, options: ConnectOptions) -> AbstractContextManager[Destination]:
    return _studio(target, options, HOSTS[target.site])


@contextmanager
def _studio(target: Target, options: ConnectOptions, hosts: Hosts) -> Iterator[Destination]:
    from crossover.destinations.studio.open import open_studio  # so is what drives a browser

    with open_studio(
        target.account,
        target.site,
        options.files,
        options.dialogue,
        hosts=hosts,
        draft=options.draft,
    ) as destination:
        yield destination


def _rehearsal(target: Target, options: ConnectOptions) -> AbstractContextManager[Rehearsal]:
    return running_rehearsal(
        target.account, options.faults, name=options.name, waiting=options.waiting
    )
