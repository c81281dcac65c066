"""Puts the files of `page/` together into one: styles, those that all pages share first, and modules
in the order of their imports.

A page that opens from disk cannot load modules, so each becomes a part of one script: its imports
and the word `export` are taken away, and what it declares is seen by those behind it.
"""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import dataclass
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable

_IMPORT = re.compile(r'^import \{[^}]*\} from "([^"]+)";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=const |let |function |class |async )", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class PageBundle:
    """The script and the styles of the page, each with what a policy allows it by."""

    script: str
    style: str

    @property
    def script_hash(self) -> str:
        return _hash_of(self.script)

    @property
    def style_hash(self) -> str:
        return _hash_of(self.style)


@cache
def load_bundle() -> PageBundle:
    """Read the files of the page and put them together."""
    page = resources.files(__package__) / "page"
    look = resources.files("crossover.look")
    own = sorted((page / "styles").iterdir(), key=lambda file: file.name)
    styles = [look / "base.css", look / "sums.css", *own]
    style = "\n".join(file.read_text("utf-8") for file in styles)
    return PageBundle(join_modules(page / "script", "main.js"), style)


def join_modules(folder: Traversable, first: str) -> str:
    """Join a module and all that it imports into one script, what is imported first. Raises
    `ValueError` for modules that import each other in a circle, and for a name that two declare."""
    parts: dict[str, str] = {}

    def add(name: str, above: tuple[str, ...]) -> None:
        if name in above:
            raise ValueError(f"modules import each other: {' -> '.join((*above, name))}")
        if name in parts:
            return
        text = folder.joinpath(*name.split("/")).read_text("utf-8")
        for other in _IMPORT.findall(text):
            add(_resolve(name, other), (*above, name))
        parts[name] = _EXPORT.sub("", _IMPORT.sub("", text)).strip()

    add(first, ())
    _check_names(parts)
    joined = "\n\n".join(f"// {name}\n{text}" for name, text in parts.items())
    return f'"use strict";\n{joined}\n'


def _resolve(module: str, other: str) -> str:
    """Find the path of a module that another one names, as in `../dom.js`."""
    steps = module.split("/")[:-1]
    for step in other.split("/"):
        if step == "..":
            steps.pop()
        elif step != ".":
            steps.append(step)
    return "/".join(steps)


def _check_names(parts: dict[str, str]) -> None:
    declared: dict[str, str] = {}
    for module, text in parts.items():
        for name in re.findall(r"^(?:async )?(?:const|let|function\*?|class) (\w+)", text, re.M):
            if declared.setdefault(name, module) != module:
                raise ValueError(f"{declared[name]} and {module} both declare {name}")


def _hash_of(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
