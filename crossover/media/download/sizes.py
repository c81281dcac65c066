"""How much there is to fetch, asked before anything is fetched, where servers tell."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from crossover.media.download.http import MediaAnswer, MediaClient
from crossover.media.download.outages import MANY, Unanswered
from crossover.media.download.outcomes import Ended, Wanted
from crossover.runtime.retry import Again
from crossover.runtime.workers import run_jobs

ASKING_SECONDS = 10.0
"""Longer than that nobody is asked; the rest is guessed from those that told."""


def ask_sizes(
    wanted: Sequence[Wanted],
    client: MediaClient,
    *,
    workers: int,
    asked: Callable[[], None] = lambda: None,
) -> dict[str, int]:
    """Bytes by key, of those whose server told within 10 seconds all in all. `asked` is called
    after each answer. Where no host answers, few are asked."""
    clock = client.watch.clock
    until = clock.monotonic() + ASKING_SECONDS
    answers = run_jobs(
        wanted,
        lambda one, *_: _ask(one, client),
        workers=workers,
        stop=lambda: (
            client.watch.stop() or clock.monotonic() > until or client.outages.in_a_row >= MANY
        ),
    )
    sizes = {}
    for one, size in answers:
        asked()
        if size is not None:
            sizes[one.key] = size
    return sizes


def guess_total(wanted: Sequence[Wanted], sizes: dict[str, int]) -> int | None:
    """Bytes of all, those that did not tell taken as the mean of those of their kind that did.
    None when there is a kind of which none told."""
    total = 0
    for kinds in {one.kinds for one in wanted}:
        alike = [one.key for one in wanted if one.kinds == kinds]
        known = [sizes[key] for key in alike if key in sizes]
        if not known:
            return None
        total += sum(known) * len(alike) // len(known)
    return total


def _ask(wanted: Wanted, client: MediaClient) -> int | None:
    host = client.host(wanted.url) or ""
    # HEAD costs nothing, but the signature may be good for GET alone.
    for method, ask in (("HEAD", {}), ("GET", {"Range": "bytes=0-0"})):
        try:
            with client.open(wanted.url, ask, method=method) as answer:
                if answer.is_login_page:
                    return None
                client.outages.answered(host)
                if (size := _size(answer)) is not None:
                    return size
        except Unanswered as exc:
            client.outages.failed(host, exc)
        except (Again, Ended):
            continue
    return None


def _size(answer: MediaAnswer) -> int | None:
    """Bytes of the whole file, where the answer tells."""
    field, shape = {
        200: ("content-length", "([0-9]{1,18})"),
        206: ("content-range", "bytes 0-0/([0-9]{1,18})"),
    }.get(answer.status, ("", "-"))
    found = re.fullmatch(shape, answer.headers.get(field, ""))
    return int(found[1]) if found else None
