"""The folder of one migration: where it is, what stands where in it, and its lock."""

from __future__ import annotations

import re
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from crossover.errors import UsageProblem
from crossover.model.next_step import Hint, Placeholder, step
from crossover.storage.atomic import write_atomic
from crossover.storage.lock import hold_lock

_WINDOWS_NAMES = re.compile(r"(?i)^(con|prn|aux|nul|com\d|lpt\d)(\.|$)")


@dataclass(frozen=True, slots=True)
class Workspace:
    """Paths of one workspace. Making the value touches nothing."""

    root: Path

    @property
    def rules(self) -> Path:
        return self.root / "crossover.yaml"

    @property
    def edits(self) -> Path:
        return self.root / "edits.yaml"

    @property
    def posts(self) -> Path:
        return self.root / "posts.json"

    @property
    def plan(self) -> Path:
        return self.root / "plan.json"

    @property
    def media(self) -> Path:
        return self.root / "media"

    @property
    def checksums(self) -> Path:
        return self.root / "sums.json"

    @property
    def fingerprints(self) -> Path:
        return self.root / "looks.json"

    @property
    def candidates(self) -> Path:
        return self.root / "rivals.json"

    @property
    def agreed(self) -> Path:
        return self.root / "agreed.json"

    @property
    def preview(self) -> Path:
        return self.root / "preview.html"

    @property
    def logs(self) -> Path:
        return self.root / "logs"

    @property
    def practice(self) -> Path:
        """The practice account, unless `--rehearsal DIR` names another."""
        return self.root / "rehearsal"

    @property
    def exists(self) -> bool:
        try:
            return self.posts.exists() or self.rules.exists()
        except OSError:  # a name that no file can have
            return False

    def hold(self, command: str) -> AbstractContextManager[None]:
        """One run per workspace. Raises `Busy`, naming the other run."""
        return hold_lock(self.root, "this workspace", command, below=("media", "ready"))

    def prepare(self) -> None:
        """Write the commented rules file, once. Raises a `CrossoverError` for a disk that does not
        take it."""
        if not self.rules.exists():
            from crossover.settings.rules import TEMPLATE  # YAML is slow to load

            write_atomic(self.rules, TEMPLATE.encode())


def workspace_for(handle: str | None, home: Path) -> Workspace:
    """Make the value of a handle's workspace: `~/crossover/<handle>`, or `…/tiktok` without one.

    A handle from an export is data: it never leads out of the folder.
    """
    name = handle or ""
    plain = re.fullmatch(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}", name) and not name.endswith(".")
    if not plain or _WINDOWS_NAMES.match(name):
        name = "tiktok"
    return Workspace(home / "crossover" / name)


def logs_without_workspace() -> Path:
    """Give the folder of the logs of runs that belong to no workspace."""
    import platformdirs  # slow to load, and seldom asked

    return platformdirs.user_log_path("crossover", appauthor=False)


def find_workspaces(home: Path) -> list[Workspace]:
    """List every workspace in the usual place, by name."""
    folder = home / "crossover"
    if not folder.is_dir():
        return []
    found = (Workspace(path) for path in sorted(folder.iterdir()) if path.is_dir())
    return [workspace for workspace in found if workspace.exists]


def find_workspace(chosen: Path | None, home: Path) -> Workspace:
    """Find the workspace that a command works in: the one named, else the only one there is.
    Raises `UsageProblem` where there is none, or several and none was named."""
    if chosen is not None:
        workspace = Workspace(chosen)
        if not workspace.exists:
            raise UsageProblem(
                f"{chosen} is no workspace.",
                next=Hint(
                    "Make one with ",
                    step("add", Placeholder("EXPORT"), "-w", Placeholder("DIR")),
                    ", or name another folder.",
                ),
            )
        return workspace
    found = find_workspaces(home)
    if not found:
        raise UsageProblem(
            f"There is no workspace in {home / 'crossover'} yet.",
            next=Hint(
                "Begin with ", step("migrate", Placeholder("EXPORT")), ", or name one with -w DIR."
            ),
        )
    if len(found) > 1:
        names = ", ".join(workspace.root.name for workspace in found)
        raise UsageProblem(
            f"There are several workspaces in {home / 'crossover'}: {names}.",
            next=f"Name one: -w {found[0].root}",
        )
    return found[0]
