"""Commands that are loaded when they are called, not when they are listed."""

from __future__ import annotations

import gc
import re
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperArgument, TyperCommand
from typer.main import get_command

_GARBAGE = 20_000
"""New objects before Python looks for garbage among them."""


class PlainCommand(TyperCommand):
    """Help that names arguments as everybody does: `EXPORT`, neither `{EXPORT}` nor `<Path>`."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for param in self.params:
            if isinstance(param, TyperArgument):
                param.display_type_rich = lambda ctx: None  # type: ignore[method-assign]  # noqa: ARG005

    def collect_usage_pieces(self, ctx: Any) -> list[str]:
        return [re.sub("[{}]", "", piece) for piece in super().collect_usage_pieces(ctx)]


class LazyCommand(TyperCommand):
    """A name and a line of help; the command itself is `function` of `module`, or a group of
    commands that has this name there."""

    def __init__(self, name: str, *, help: str, module: str, function: str) -> None:  # noqa: A002
        super().__init__(name, help=help)
        self._module = module
        self._function = function

    def load(self) -> Any:
        """Load the command with its options, ready to run."""
        found = getattr(import_module(self._module), self._function)
        if isinstance(found, typer.Typer):
            return get_command(found)
        alone = typer.Typer(add_completion=False, rich_markup_mode=None)
        alone.command(self.name, cls=PlainCommand)(found)
        return get_command(alone)

    def make_context(self, *args: Any, **kwargs: Any) -> Any:
        """Load the command and make its context. Typer calls it for the one that was called."""
        loaded = self.load()
        resume_garbage_collection()
        return loaded.make_context(*args, **kwargs)


def resume_garbage_collection() -> None:
    """End what `main` began: from here on the command works, and what is loaded is no garbage."""
    if not gc.isenabled():
        gc.freeze()
        gc.set_threshold(_GARBAGE)  # what a command reads and makes is kept to its end
        gc.enable()
