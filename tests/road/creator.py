"""A creator who types what the last screen names, and nothing else."""

from __future__ import annotations

import csv
import hashlib
import io
import re
import shlex
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from crossover.accounts.folder import AccountFolder
from crossover.accounts.ledger.open import read_all_entries
from crossover.workspace import Workspace, find_workspaces
from tests.road.conftest import Run
from tests.road.made_accounts import MadeAccount, World

ENOUGH = 25
"""So many steps lead nowhere."""

GIVEN = ("EXPORT", "EXPORT-OR-FOLDER", "FILE-OR-FOLDER", "FOLDER")
"""Words of a command that stand for what the creator has."""

KEPT = ("posts.json", "edits.yaml", "crossover.yaml", "plan.json", "rivals.json", "agreed.json")
"""What a step may change in a workspace, besides files and the ledger."""

PLANNED = re.compile(
    r"([\d,]+) posts? found = ([\d,]+) move.* \+ ([\d,]+) on hold \+ ([\d,]+) left out"
    r" \+ ([\d,]+) unreadable"
)
STANDING = re.compile(
    r"((?:^ *[\d,]+  [a-z][a-z, ]*\n)+)^ *([\d,]+)  posts? found *$", re.MULTILINE
)
END = re.compile(r"^(Done: |Nothing is left)", re.MULTILINE)
"""What a screen says that names no command."""


@dataclass
class Creator:
    """Types `account.first`, and then what is named, until nothing is left to do or to give.

    `typed` has every line with a sum of what stood on disk before it.
    """

    run: Run
    account: MadeAccount
    world: World
    says_yes: bool = False
    typed: list[tuple[str, str]] = field(default_factory=list)
    screens: list[str] = field(default_factory=list)

    def follow(self) -> str:
        """Give the command that is left to do, if any. Fails where a line comes again with nothing
        changed since, on an error, and on a sum that is none."""
        words: Sequence[str] | None = [str(word) for word in self.account.first]
        while words is not None:
            screen = self._type(words)
            line = named_next(screen)
            if "Nothing was sent." not in screen:  # the creator just said no to the step at hand
                self._check_home(line)
            words = self._choose(line)
        return line

    def _choose(self, line: str) -> Sequence[str] | None:
        """What to type where that line is named; only a creator's own idea comes before it."""
        if self.account.rules and self.workspace:
            return self._change_rules(self.workspace)
        words = self._fill_in(shlex.split(line)[1:]) if line else None
        if words is None and self.account.later:
            words = [str(word) for word in self.account.later]
            self.account = replace(self.account, later=())
        return words

    @property
    def workspace(self) -> Workspace | None:
        first = [str(word) for word in self.account.first]
        if "-w" in first:
            return Workspace(Path(first[first.index("-w") + 1]))
        return next(iter(find_workspaces(self.world.home)), None)

    def _type(self, words: Sequence[str]) -> str:
        line, before = shlex.join(words), self._on_disk()
        assert (line, before) not in self.typed, f"a ring:\n{self._story()}"
        assert len(self.typed) < ENOUGH, f"no end:\n{self._story()}"
        self.typed.append((line, before))
        if words[:2] == ["sheet", "in"]:
            self._write_sheet(Path(words[2]))
        ended = self.run(*words, *self._beside(words[:1]))
        self.screens.append(f"$ crossover {line}\n{ended.out}{ended.said}")
        assert ended.code in (0, 3), self._story()
        check_sums(ended.said)
        return ended.said

    def _beside(self, command: Sequence[str]) -> Iterator[object]:
        """A yes where nobody is asked, and what belongs to the made world."""
        if self.says_yes and command in (["migrate"], ["captions"]):
            yield "--yes"
        if command in (["migrate"], ["fetch"]) and self.world.server.objects:
            yield from ("--media-host", f"127.0.0.1:{self.world.server.port}")
        if command in (["migrate"], ["upload"]) and self.account.faults:
            yield from ("--faults", self.account.faults)

    def _check_home(self, line: str) -> None:
        """Bare `crossover` names the same command; of a sheet that is out it does not know."""
        if self.workspace:
            home = self.run("-w", self.workspace.root).said
            check_sums(home)
            if not line.startswith("crossover sheet in"):
                place = f" -w {shlex.quote(str(self.workspace.root))}"
                same = named_next(home).removesuffix(place) == line.removesuffix(place)
                assert same, f"{self._story()}\n$ crossover\n{home}"

    def _fill_in(self, words: Sequence[str]) -> list[str] | None:
        """The words with what this creator has; None where nothing is left to do, or to give."""
        filled: list[str] = []
        for word in words:
            if word in GIVEN:
                if not self.account.given:
                    return None
                filled.append(str(self.account.given.pop(0)))
            else:
                filled.append(word)
        return self._take_sheet(words[1:]) if words[:1] == ["preview"] else filled

    def _take_sheet(self, flags: Sequence[str]) -> list[str] | None:
        """Instead of the page, where the screen names a sheet beside it."""
        sheet = ["sheet", "out", "words.csv"]
        named = f"crossover {' '.join(sheet)}" in " ".join(self.screens[-1].split())
        return [*sheet, *flags] if named else None

    def _write_sheet(self, path: Path) -> None:
        """Write words where none are, and decide what waits."""
        captions = {str(post.number): post.caption for post in self.account.posts}
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
        for row in rows:
            if not row["body"]:
                row["body"] = captions[row["number"].partition(".")[0]]
            if row["action"] == "hold":
                row["action"] = self.account.decides(row)
            row |= self.account.cells.get(row["number"], {})
        out = io.StringIO(newline="")
        writer = csv.DictWriter(out, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
        path.write_bytes(out.getvalue().encode("utf-8-sig"))

    def _change_rules(self, place: Workspace) -> list[str]:
        """Change the rules by hand, and ask where they are."""
        key = self.account.rules.partition(":")[0]
        text = place.rules.read_text("utf-8")
        text = re.sub(rf"^{key}: .*$", self.account.rules, text, flags=re.MULTILINE)
        place.rules.write_text(text, "utf-8")
        self.account = replace(self.account, rules="")
        return []

    def _on_disk(self) -> str:
        told = hashlib.sha256()
        for path in sorted(self.world.desk.glob("*.csv")):
            told.update(path.read_bytes())
        if place := self.workspace:
            for path in (place.root / name for name in KEPT):
                told.update(path.read_bytes() if path.exists() else b"-")
            told.update(repr(sorted(path.name for path in place.media.rglob("*"))).encode())
            told.update(repr(read_all_entries(AccountFolder(place.practice).ledger)).encode())
        return told.hexdigest()

    def _story(self) -> str:
        return "\n".join([*(line for line, _ in self.typed), "", *self.screens[-2:]])


def named_next(screen: str) -> str:
    """The command that the screen ends with; empty where it says that nothing is left."""
    lines = re.findall(r"^Next:  (.*)$", screen, re.MULTILINE)
    if not lines and END.search(screen):
        return ""
    (line,) = lines
    assert screen.rstrip().endswith(line)
    return str(line)


def check_sums(screen: str) -> None:
    """Every sum on the screen is that of its parts."""
    for found, *parts in PLANNED.findall(screen):
        assert count(found) == sum(map(count, parts)), screen
    for parts, found in STANDING.findall(screen):
        assert count(found) == sum(map(count, re.findall(r"[\d,]+", parts))), screen


def count(text: str) -> int:
    return int(text.replace(",", ""))
