"""The folder of one migration: where it is, what stands where in it, and its lock."""

from __future__ import annotations

import re
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from crossover.errors import CrossoverError, UsageProblem
from crossover.model.next_step import Hint, Placeholder, step
from crossover.storage.atomic import write_atomic
from crossover.storage.documents import is_document
from crossover.storage.lock import foreign_lock_files, hold_lock
from crossover.storage.os_errors import explain_os_error

_WINDOWS_NAMES = re.compile(r"(?i)^(con|prn|aux|nul|com\d|lpt\d)(\.|$)")


@dataclass(frozen=True, slots=True)
class Workspace:
    """Paths of one workspace. Making the value touches nothing."""

    root: Path

    @property
    def rules(self) -> Path:
        return self.root / "crossover.yaml"

    @property
    def own_topics(self) -> Path:
        return self.root / "topics.yaml"

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
    def planned(self) -> Path:
        """What the plan was made of."""
        return self.root / "planned.json"

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
    def preview_server(self) -> Path:
        """Where the page is served for editing, while it is."""
        return self.root / "preview-server.json"

    @property
    def preview_lock(self) -> Path:
        return self.root / "preview-server.lock"

    @property
    def frames(self) -> Path:
        """The film strips of a page that is served; they end with the server."""
        return self.root / "preview-frames"

    @property
    def asked_pictures(self) -> Path:
        """Small pictures of what the served page asks about; they end with the server."""
        return self.root / "preview-questions"

    @property
    def covers(self) -> Path:
        """Pictures that the creator gave to be covers."""
        return self.root / "covers"

    @property
    def report(self) -> Path:
        return self.root / "report.html"

    @property
    def links(self) -> Path:
        return self.root / "links.csv"

    @property
    def logs(self) -> Path:
        return self.root / "logs"

    @property
    def kit(self) -> Path:
        """The packs for posting by hand."""
        return self.root / "kit"

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

    @property
    def is_ours(self) -> bool:
        """Whether crossover made the posts.json here, be it whole or damaged."""
        return is_document(self.posts, "posts")

    def check(self) -> None:
        """Refuse a folder with files that crossover would take up or write over, and that are not of
        a workspace. Raises `UsageProblem`."""
        if self.is_ours:
            return
        try:
            foreign = self._foreign_files()
        except OSError as exc:  # a name that no file can have
            raise explain_os_error(exc, self.root) from exc
        if self.posts in foreign:
            raise UsageProblem(
                f"{self.posts} is not of crossover, or damaged from its first line on.",
                next=f"Choose another folder with -w DIR. If {self.root} is your workspace, put back"
                " a copy of posts.json.",
            )
        if foreign:
            names = ", ".join(path.name for path in foreign)
            raise UsageProblem(
                f"{self.root} is no workspace of crossover: it holds {names}, but no posts.json.",
                next="Choose another folder with -w DIR, or move that away. Your own crossover.yaml"
                " and edits.yaml can go back there once your posts are added.",
            )

    def _foreign_files(self) -> list[Path]:
        """Where there is no posts.json of crossover: the files here under names that it reads or
        writes, except for what a first `add` may have left that was killed. Of older versions that
        is also a rules file, which nobody has changed since, and caches."""
        names = (
            self.posts,
            self.rules,
            self.own_topics,
            self.edits,
            self.plan,
            self.agreed,
            self.preview,
        )
        found = [path for path in names if path.exists()]
        if self.rules in found and _are_default_rules(self.rules):
            found.remove(self.rules)
        caches = self.checksums, self.fingerprints, self.candidates, self.planned
        found += (path for path in caches if path.exists() and not is_document(path, path.stem))
        return [*found, *foreign_lock_files(self.root)]

    def hold(self, command: str) -> AbstractContextManager[None]:
        """One run per workspace. Raises `Busy`, naming the other run."""
        return hold_lock(self.root, "this workspace", command, below=("media", "ready"))

    def hold_briefly(self, command: str) -> AbstractContextManager[None]:
        """As `hold`, for a moment: what killed runs left below is not looked for."""
        return hold_lock(self.root, "this workspace", command)

    def prepare(self) -> None:
        """Write the commented rules file, once. Raises a `CrossoverError` for a disk that does not
        take it."""
        if not self.rules.exists():
            from crossover.settings.rules_template import make_template  # YAML is slow to load

            write_atomic(self.rules, make_template().encode())


def _are_default_rules(path: Path) -> bool:
    from crossover.model.choices import Rules
    from crossover.settings.rules import read_rules  # YAML is slow to load

    try:
        return read_rules(path) == Rules()
    except CrossoverError:
        return False


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
        workspace.check()
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
    found[0].check()
    return found[0]
