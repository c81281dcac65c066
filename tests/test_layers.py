"""Imports go one way: a module knows only the layers below it, a library has one home."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "crossover"

LAYERS: dict[str, int] = {
    "model": 0,
    "errors": 0,
    "storage": 0,
    "runtime": 0,
    "text": 0,
    "limits": 0,
    "exports": 1,
    "captions": 1,
    "media": 1,
    "mapping": 1,
    "settings": 1,
    "accounts": 1,
    "destinations": 1,
    "workspace": 2,
    "library": 2,
    "plan": 2,
    "preview": 2,
    "sheet": 2,
    "transfer": 2,
    "guide": 2,
    "cli": 3,
}
# Within layer 2, who may know whom.
MIDDLE = {
    "workspace": {"settings"},
    "library": {"workspace"},
    "plan": {"library", "workspace"},
    "preview": {"plan"},
    "sheet": {"library", "plan", "workspace"},
    "transfer": {"library", "plan", "workspace"},
    "guide": {"workspace", "library", "plan", "transfer"},
}
# A program of its own: it shares no mistake with the client.
ALONE = "rehearsal"

HOMES: dict[str, set[str]] = {
    "typer": {"cli"},
    "rich": {"cli"},
    "jinja2": {"preview", "rehearsal"},
    "httpx": {"destinations"},
    "httpcore": {"media/download"},
    "stamina": {"runtime/retry.py"},
    "PIL": {"media/decoder"},
    "av": {"media/decoder"},
    "yaml": {
        "settings",
        "sheet/yaml_file.py",
        "limits",
        "mapping",
        "exports/txt/labels.py",
        "media/download/addresses.py",
        "rehearsal",
    },
    "sqlite3": {"accounts/ledger", "rehearsal"},
    "isal": {"exports/archive/unzip.py"},
    "msgspec": {"exports", "storage/documents.py"},
    "filelock": {"storage/lock.py", "rehearsal"},
    "regex": {"text.py", "settings/strict_yaml.py", "mapping", "sheet"},
    "platformdirs": {"workspace.py"},
    "starlette": {"rehearsal", "preview"},
    "uvicorn": {"rehearsal", "preview"},
    "anyio": {"rehearsal"},
    "yt_dlp": {"captions/ytdlp.py"},
}


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            if node.level:
                folder = path.parents[node.level - 1].relative_to(PACKAGE.parent)
                yield ".".join([*folder.parts, *([node.module] if node.module else [])])
                continue
            assert node.module
            if node.module == "crossover":
                yield from (f"crossover.{alias.name}" for alias in node.names)
            else:
                yield node.module


def part(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(PACKAGE)))
def test_a_module_imports_only_from_layers_below_it(path: Path) -> None:
    own = part(path)
    if own in ("__init__", "__main__"):
        assert all(not name.startswith("crossover") or own == "__main__" for name in imports(path))
        return
    for name in imports(path):
        if not name.startswith("crossover."):
            continue
        other = name.split(".")[1]
        if other in (own, "__version__"):
            continue
        if own == ALONE and other != "__version__":
            pytest.fail(f"the rehearsal imports {name}")
        assert other != ALONE, f"{path}: nobody imports the rehearsal"
        below = LAYERS[other] < LAYERS[own]
        beside = LAYERS[own] == 0 or (LAYERS[own] == 2 and other in MIDDLE[own])
        assert below or (beside and LAYERS[other] == LAYERS[own]), f"{path} imports {name}"


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(PACKAGE)))
def test_a_library_has_one_home(path: Path) -> None:
    place = path.relative_to(PACKAGE).as_posix()
    for name in imports(path):
        library = name.split(".")[0]
        if library == "crossover" or library in sys.stdlib_module_names - {"sqlite3"}:
            continue
        homes = HOMES.get(library, set())
        assert any(place == home or place.startswith(f"{home}/") for home in homes), (
            f"{place} imports {library}, whose homes are {sorted(homes) or 'none'}"
        )


def test_every_part_stands_in_the_table() -> None:
    parts = {part(path) for path in modules()} - {"__init__", "__main__", ALONE}
    assert parts == set(LAYERS)
