"""Which browser is installed, and what may keep crossover out of it.

`CROSSOVER_BROWSER` names another program than the one that would be found.
"""

from __future__ import annotations

import json
import os
import plistlib
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from crossover.destinations.studio.browser.families import FAMILIES, BrowserFamily
from crossover.errors import MissingTool, UsageProblem
from crossover.model.next_step import Hint, step

_POLICY = "RemoteDebuggingAllowed"
_SCRIPT_HEAD = 4096
_VERSION = re.compile(r"\d+(?:\.\d+){1,3}")
_VERSION_SECONDS = 10

BY_HAND = Hint("Or post by hand: ", step("plan", "--to", "kit"), ".")
"""The way on where no browser can be used."""


class Packing(StrEnum):
    """How the program came: a packed one may not be let into folders that are not its own."""

    PLAIN = "plain"
    SNAP = "Snap"
    FLATPAK = "Flatpak"


@dataclass(frozen=True, slots=True)
class BrowserProgram:
    """A browser that is installed: its name, as a creator says it, and its program. `family` is
    None where the creator named the program."""

    name: str
    path: Path
    packing: Packing = Packing.PLAIN
    family: BrowserFamily | None = None


def find_browser() -> BrowserProgram:
    """Find the browser to work in: the one that `CROSSOVER_BROWSER` names, else the first that is
    installed and not packed, else a packed one. Raises `UsageProblem` where that variable names no
    program, `MissingTool` where there is no browser."""
    if named := os.environ.get("CROSSOVER_BROWSER"):
        return _named(named)
    found = list(installed_browsers())
    for browser in (*(one for one in found if one.packing is Packing.PLAIN), *found):
        return browser
    names = [family.name for family in FAMILIES]
    raise MissingTool(
        f"No browser is found that crossover can work in: {', '.join(names[:-1])} or {names[-1]}.",
        next="Install one, or name its program in CROSSOVER_BROWSER.",
        more=(BY_HAND,),
    )


def installed_browsers() -> Iterator[BrowserProgram]:
    """Yield the browsers that are installed, best first, each program once."""
    seen: set[Path] = set()
    for family in FAMILIES:
        for path in _places(family):
            if path.is_file() and path.resolve() not in seen:
                seen.add(path.resolve())
                yield BrowserProgram(family.name, path, tell_packing(path), family)


def read_version(browser: BrowserProgram) -> str | None:
    """The version that the program tells, None where it tells none in time. No window opens."""
    if sys.platform == "win32":  # there the program would open a window
        names = (path.name for path in browser.path.parent.iterdir() if path.is_dir())
        return max(filter(_VERSION.fullmatch, names), default=None, key=_by_number)
    with suppress(OSError, subprocess.SubprocessError):
        told = subprocess.run(
            [browser.path, "--version"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=_VERSION_SECONDS,
            check=True,
        ).stdout.decode("utf-8", "replace")
        if found := _VERSION.search(told):
            return found[0]
    return None


def forbids_debugging(browser: BrowserProgram) -> bool:
    """Whether an administrator's rule keeps programs out of this browser."""
    return browser.family is not None and any(
        value in (False, 0) for value in _policies(browser.family)
    )


def tell_packing(path: Path) -> Packing:
    """How the program at `path` came, by its place and by what a script there starts."""
    with suppress(OSError):
        places = f"{path.absolute()}\n{path.resolve()}\n"
        with path.open("rb") as file:
            head = file.read(_SCRIPT_HEAD)
        if head.startswith(b"#!"):
            places += head.decode("utf-8", "replace")
        if "/snap/" in places or places.endswith("/usr/bin/snap\n"):
            return Packing.SNAP
        if "flatpak" in places:
            return Packing.FLATPAK
    return Packing.PLAIN


def _named(named: str) -> BrowserProgram:
    found = shutil.which(named)
    if found is None:
        raise UsageProblem(
            f"CROSSOVER_BROWSER names {named}, which is no program here.",
            next="Name the browser's program by its path, or leave the variable out.",
        )
    path = Path(found)
    family = next((one for one in FAMILIES if path.name in one.commands), None)
    return BrowserProgram(family.name if family else path.stem, path, tell_packing(path), family)


def _places(family: BrowserFamily) -> Iterator[Path]:
    if sys.platform == "win32":
        yield from _windows_places(family)
    elif sys.platform == "darwin":
        for folder in (Path("/Applications"), Path.home() / "Applications"):
            yield folder / family.mac
    else:
        for command in family.commands:
            if found := shutil.which(command):
                yield Path(found)
        for folder in (Path("/var/lib/flatpak"), Path.home() / ".local/share/flatpak"):
            yield folder / "exports/bin" / family.flatpak


def _windows_places(family: BrowserFamily) -> Iterator[Path]:
    for variable in ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA"):
        if folder := os.environ.get(variable):
            yield Path(folder) / family.windows
    program = family.windows.rpartition("\\")[2]
    if program == "chrome.exe" and family.name != "Chrome":
        return  # the entry of that name is Chrome's
    key = rf"SOFTWARE\Microsoft\Windows\CurrentVersion\App Paths\{program}"
    for value in _registry_values(key, ""):
        yield Path(str(value))


def _policies(family: BrowserFamily) -> Iterator[object]:
    if sys.platform == "win32":
        yield from _registry_values(family.registry, _POLICY)
    elif sys.platform == "darwin":
        path = Path("/Library/Managed Preferences") / f"{family.domain}.plist"
        with suppress(OSError, plistlib.InvalidFileException, ValueError):
            yield plistlib.loads(path.read_bytes()).get(_POLICY)
    else:
        for folder in map(Path, family.policies):
            for path in sorted(folder.glob("*.json")):
                with suppress(OSError, ValueError, AttributeError):
                    yield json.loads(path.read_text("utf-8")).get(_POLICY)


def _registry_values(key: str, name: str) -> list[object]:
    found: list[object] = []
    if sys.platform == "win32":
        import winreg  # is there on Windows alone

        for root in (winreg.HKEY_LOCAL_MACHINE, winreg.HKEY_CURRENT_USER):
            with suppress(OSError), winreg.OpenKey(root, key) as opened:
                found.append(winreg.QueryValueEx(opened, name)[0])
    return found


def _by_number(version: str) -> tuple[int, ...]:
    return tuple(map(int, version.split(".")))
