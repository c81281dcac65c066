"""The computer: Python and what is installed, the clock, the disk, the age of what is known."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

from crossover.guide.doctor.findings import Check, Finding, Subject
from crossover.guide.doctor.synced_folders import syncing_cloud
from crossover.model.next_step import Hint, step

COMPUTER = Subject("This computer")

PYTHON_FLOORS: Mapping[tuple[int, ...], tuple[int, ...]] = {
    (3, 11): (3, 11, 8),
    (3, 12): (3, 12, 2),
}
"""Below these a hostile ZIP may read more of itself than it should (CVE-2024-0450). Our own reader
checks that too, so it is no more than a warning."""

_NEEDED = ("av", "PIL", "pillow_heif", "httpx", "httpcore", "msgspec", "yaml", "filelock", "jinja2")
OLD = timedelta(days=180)
"""Limits that are older than this may be others by now (our choice)."""

AHEAD = timedelta(minutes=10)
"""A file may be newer than the clock by this: another disk has a clock of its own."""

LITTLE, NOTHING = 1_000_000_000, 100_000_000
"""Bytes that should stay free, and below which nothing works."""


def check_python(found: tuple[int, ...] = sys.version_info[:3]) -> Iterator[Finding]:
    """Look at the version of Python."""
    text = ".".join(map(str, found))
    floor = PYTHON_FLOORS.get(found[:2], (0,))
    if found >= floor:
        yield COMPUTER.ok(Check.PYTHON, f"Python {text}")
        return
    better = ".".join(map(str, floor))
    yield COMPUTER.warn(
        Check.PYTHON,
        f"Python {text} has known faults in how it opens ZIP files.",
        f"Update it to {better} or newer; crossover checks ZIP files by itself meanwhile.",
    )


def check_packages() -> Iterator[Finding]:
    """Look whether all is installed that crossover needs."""
    missing = [name for name in _NEEDED if find_spec(name) is None]
    if missing:
        yield COMPUTER.fail(
            Check.PACKAGES,
            f"Not installed: {', '.join(missing)}.",
            "Install crossover anew, the same way as before.",
        )
    else:
        yield COMPUTER.ok(Check.PACKAGES, "What crossover needs is installed.")


def check_captions_tool() -> Iterator[Finding]:
    """Look for what reads captions from a public page."""
    try:
        found = version("yt-dlp")
    except PackageNotFoundError:
        yield COMPUTER.warn(
            Check.CAPTIONS_TOOL,
            "yt-dlp is not installed: captions cannot be read from your public page.",
            Hint("If you need that: ", step("captions"), " says how to install it."),
        )
        return
    yield COMPUTER.ok(Check.CAPTIONS_TOOL, f"yt-dlp {found}")


def check_limits(as_of: date, now: datetime) -> Iterator[Finding]:
    """Look at how old what is known of RedNote's limits is."""
    age = now.date() - as_of
    said = f"RedNote's limits are known as of {as_of:%Y-%m-%d}."
    if age > OLD:
        yield COMPUTER.warn(Check.LIMITS, said, "Update crossover: they may be others by now.")
    else:
        yield COMPUTER.ok(Check.LIMITS, said)


def check_clock(
    now: datetime, known: date, written: Iterable[tuple[str, datetime]]
) -> Iterator[Finding]:
    """Compare the clock with the day on which this crossover was made, at the earliest (`known`),
    and with the moments at which something was `written`, each with what that was."""
    fix = "Set the clock of this computer, best by the network; then look once more."
    if now.date() < known:
        yield COMPUTER.fail(
            Check.CLOCK, f"The clock shows {now:%Y-%m-%d}, which is long past.", fix
        )
        return
    later = [(moment, what) for what, moment in written if moment > now + AHEAD]
    if later:
        moment, what = max(later)
        yield COMPUTER.warn(
            Check.CLOCK,
            f"The clock shows {now:%Y-%m-%d %H:%M} UTC, but {what} is of"
            f" {moment.astimezone(UTC):%Y-%m-%d %H:%M} UTC.",
            fix,
        )
    else:
        yield COMPUTER.ok(Check.CLOCK, f"The clock shows {now.astimezone():%Y-%m-%d %H:%M}.")


def check_disk(folder: Path, needed: int) -> Iterator[Finding]:
    """Compare what is free on the disk of `folder` with what may still be `needed` there."""
    free = shutil.disk_usage(folder).free
    said = f"{free / 1e9:.1f} GB free"
    if free < NOTHING:
        yield COMPUTER.fail(Check.DISK, f"{said}.", "Free some space; nothing can be written soon.")
    elif free < needed + LITTLE:
        yield COMPUTER.warn(
            Check.DISK,
            f"{said}; up to {(needed + LITTLE) / 1e9:.1f} GB may be needed.",
            "Free some space before you go on.",
        )
    else:
        yield COMPUTER.ok(Check.DISK, f"{said}.")


def check_synced(subject: Subject, what: str, folder: Path) -> Iterator[Finding]:
    """Look whether a cloud keeps `folder`."""
    cloud = syncing_cloud(folder.absolute())
    if cloud is None:
        yield subject.ok(Check.SYNCED, f"{what} is in no folder of a cloud that is known by name.")
        return
    yield subject.warn(
        Check.SYNCED,
        f"{what} is in a folder of {cloud}: files there may change while crossover works, or be kept"
        " elsewhere.",
        "Move the folder to a place of this computer alone, and name it with -w DIR.",
    )
