"""A file for a bug report: versions, counts, what the checks found, which errors ended runs. No
content, captions, titles, names, handles, paths or secrets."""

from __future__ import annotations

import json
import platform
import re
import sys
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from crossover import __version__
from crossover.destinations.studio.contract.contract import load_contract
from crossover.errors import CrossoverError
from crossover.guide.doctor.examination import Examined
from crossover.guide.doctor.findings import Finding
from crossover.library.posts_file import read_library
from crossover.limits.limits import load_limits
from crossover.model.account import SiteName
from crossover.plan.document import read_plan
from crossover.storage.os_errors import explain_os_error
from crossover.workspace import Workspace, logs_without_workspace

_PACKAGES = (
    "av",
    "httpx",
    "msgspec",
    "pillow",
    "pillow-heif",
    "playwright",
    "rich",
    "typer",
    "yt-dlp",
)
_NAME = "crossover-doctor.json"
_MOST_LOGS = 200

# Only words of our own: what stands behind them in a line may be anything.
_ENDED = re.compile(r"ended early: ([a-z][a-z-]{1,40}|[A-Z][A-Za-z]{1,40}):")
_BUG = re.compile(r"^([A-Za-z_][A-Za-z0-9_.]{0,60}(?:Error|Exception|Warning))\b", re.MULTILINE)
_LAYOUT = re.compile(r"export: (json|txt), layout ([A-Za-z][A-Za-z ._-]{0,60})$", re.MULTILINE)
_COMMAND = re.compile(r"^[0-9TZ:-]+Z-([a-z-]{1,40})-[0-9]+\.log$")


def write_bundle(
    path: Path, what: Examined, findings: Sequence[Finding], now: datetime
) -> dict[str, Any]:
    """Write the bundle as a ZIP of one JSON file, and return what it says. Raises `UsageProblem`
    where there is a file already, and what writing raises."""
    content = describe(what, findings, now)
    try:
        with zipfile.ZipFile(path, "x", zipfile.ZIP_DEFLATED) as bundle:
            bundle.writestr(_NAME, json.dumps(content, indent=1, sort_keys=True))
    except OSError as exc:
        raise explain_os_error(exc, path) from exc
    return content


def describe(what: Examined, findings: Sequence[Finding], now: datetime) -> dict[str, Any]:
    """What a bundle says."""
    return {
        "crossover": __version__,
        "made": now.date().isoformat(),
        "python": ".".join(map(str, sys.version_info[:3])),
        "system": {
            "name": platform.system(),
            "release": platform.release(),
            "machine": platform.machine(),
        },
        "packages": dict(_versions()),
        "limits": load_limits(SiteName.REDNOTE).as_of.isoformat(),
        "studio_page": load_contract().as_of.isoformat(),
        "checks": [
            {"check": one.check, "verdict": one.verdict, "names": one.names} for one in findings
        ],
        "posts": _count_posts(what.workspace),
        "plan": _count_plan(what.workspace),
        **_read_logs(what.workspace),
    }


def _versions() -> Iterator[tuple[str, str | None]]:
    for name in _PACKAGES:
        try:
            yield name, version(name)
        except PackageNotFoundError:
            yield name, None


def _count_posts(place: Workspace | None) -> dict[str, int]:
    if place is None:
        return {}
    with suppress(CrossoverError):
        library = read_library(place.posts)
        kinds = Counter(str(post.kind or "unknown") for post in library.posts)
        origins = Counter(str(post.origin_of_files or "none") for post in library.posts)
        return {
            "posts": len(library.posts),
            "unreadable": len(library.unreadable),
            "with_text": sum(bool(post.text) for post in library.posts),
            **{f"kind.{kind}": number for kind, number in kinds.items()},
            **{f"files.{origin}": number for origin, number in origins.items()},
        }
    return {}


def _count_plan(place: Workspace | None) -> dict[str, int | str]:
    if place is None:
        return {}
    with suppress(CrossoverError):
        plan = read_plan(place.plan)
        problems = Counter(problem.code for note in plan.notes for problem in note.problems)
        return {
            "to": plan.to,
            "site": plan.site,
            "found": plan.found,
            "move": plan.move,
            "skip": plan.skip,
            "hold": plan.hold,
            "unreadable": plan.unreadable,
            **{f"problem.{code}": number for code, number in sorted(problems.items())},
        }
    return {}


def _read_logs(place: Workspace | None) -> dict[str, dict[str, int]]:
    """Count the runs by command, the errors that ended some, the kinds of bugs, and the layouts of
    exports."""
    commands, errors, bugs, layouts = Counter[str](), Counter[str](), Counter[str](), Counter[str]()
    folder = place.logs if place else logs_without_workspace()
    paths = sorted(folder.glob("*.log")) if folder.is_dir() else []
    for path in paths[-_MOST_LOGS:]:
        if found := _COMMAND.match(path.name):
            commands[found[1]] += 1
        with suppress(OSError):
            text = path.read_text("utf-8", "replace")
            errors.update(_ENDED.findall(text))
            bugs.update(name.strip() for name in _BUG.findall(re.sub(r"(?m)^ {4}", "", text)))
            layouts.update(f"{kind} {layout}" for kind, layout in _LAYOUT.findall(text))
    return {
        "runs": dict(commands),
        "errors": dict(errors),
        "bugs": dict(bugs),
        "layouts": dict(layouts),
    }
