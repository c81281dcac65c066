"""How quick the preview is with many notes: `python -m tests.bench.preview [--full]`.

A page of many notes and one of few are opened in turns in headless Chromium. What is timed is what a
person waits for: from the key or the click until the browser has painted what comes of it. Ratios of
the same run count; a page is as quick as it is long.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import statistics
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import process_time

from PIL import Image
from playwright.sync_api import Browser, Page

from crossover.cli.steps.page import page_contents
from crossover.library.posts_file import read_library
from crossover.media.fit.fitted import thumbnail_path
from crossover.model.notes import Plan
from crossover.plan.document import read_plan
from crossover.plan.target import planned_target
from crossover.preview.page import write_preview
from crossover.preview.page_data import PageContents
from crossover.transfer.report.status import status_of
from crossover.workspace import Workspace
from tests.bench.exports_maker import write_export
from tests.bench.planning_maker import write_workspace
from tests.page_browser import open_tab, run_browser
from tests.preview.served import served_by_process
from tests.road.conftest import Crossover

FEW = 50
GOAL_RATIO = 3.0
"""Times as long as with few notes."""
GOAL_EDIT = 0.3
GOAL_WRITING = 3.0
"""Times as long as `json.dumps` of the plan."""
GOAL_BYTES = 1200
LENIENCE = 1.25
"""A timing goal is only warned about, and only when it is missed by more than this."""

FIRST_PAINT = "first paint"
FILTERS = (
    "show=needs-you",
    "show=look",
    "show=changed",
    "show=move",
    "show=hold",
    "show=",
    "kind=video",
    "kind=photos",
    "kind=",
)
YEAR = "2026"
TYPED = "cat video"

_WATCH = """type => {
  window.took = new Promise((resolve) => addEventListener(type, (event) => {
    const began = event.timeStamp;
    requestAnimationFrame(() => {
      const painted = new MessageChannel();
      painted.port1.onmessage = () => resolve(performance.now() - began);
      painted.port2.postMessage(null);
    });
  }, { capture: true, once: true }));
}"""
"""Times from an event until what came of it was painted; milliseconds."""
_FIRST_PAINT = """async () => {
  for (;;) {
    const [first] = performance.getEntriesByName("first-contentful-paint");
    if (first && document.querySelector(".card")) return first.startTime;
    await new Promise(requestAnimationFrame);
  }
}"""
_WATCH_TITLE = """title => {
  window.took = new Promise((resolve) => addEventListener("keydown", (event) => {
    const began = event.timeStamp;
    const look = () => {
      const shown = document.querySelector("dialog.note .phone-words h3")?.textContent === title;
      const saved = document.querySelector(".status.shown:not(.bad) button");
      if (shown && saved) resolve(performance.now() - began);
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  }, { capture: true, once: true }));
}"""


@dataclass(frozen=True)
class Looking:
    """What somebody waits for on a page of so many notes: seconds by what was done, the median of
    the rounds."""

    notes: int
    seconds: Mapping[str, float]


@dataclass(frozen=True)
class Writing:
    """Processor seconds that a page and `json.dumps` of its plan take, each the best of its rounds,
    and the bytes of the page."""

    notes: int
    page: float
    dump: float
    bytes: int

    @property
    def ratio(self) -> float:
        return self.page / self.dump

    @property
    def bytes_a_note(self) -> float:
        return self.bytes / self.notes


@dataclass(frozen=True)
class Figures:
    """All figures. `edits` are seconds from the key that ends an edit until the page shows that it
    is saved and what came of it."""

    many: Looking
    few: Looking
    writing: Writing
    edits: Sequence[float]

    @property
    def ratios(self) -> Mapping[str, float]:
        few = self.few.seconds
        return {what: took / few[what] for what, took in self.many.seconds.items()}

    @property
    def edit(self) -> float:
        return statistics.median(self.edits)

    def missed(self) -> list[str]:
        """Timing goals that were missed by more than `LENIENCE`."""
        goals = [
            *((what, ratio, GOAL_RATIO) for what, ratio in self.ratios.items()),
            ("an edit saved and shown, seconds", self.edit, GOAL_EDIT),
            ("the page against json.dumps of the plan", self.writing.ratio, GOAL_WRITING),
        ]
        return [f"{goal}: {has:.2f}" for goal, has, most in goals if has > most * LENIENCE]


def measure(notes: int, rounds: int, folder: Path) -> Figures:
    """Look at pages of many and of few notes in turns, `rounds` times, write one and edit one."""
    roots = {count: make_workspace(folder / str(count), count) for count in (notes, FEW)}
    with run_browser() as browser:
        found: dict[int, list[Mapping[str, float]]] = {count: [] for count in roots}
        for _ in range(rounds):
            for count, root in roots.items():
                found[count].append(look_at(browser, Workspace(root).preview))
        many, few = (Looking(count, _medians(took)) for count, took in found.items())
        edits = time_edits(browser, roots[notes], rounds)
    return Figures(many, few, measure_writing(roots[notes], rounds), edits)


def make_workspace(folder: Path, posts: int) -> Path:
    """A workspace with its plan and its page, and a thumbnail for every picture."""
    folder.mkdir(parents=True)
    workspace = write_workspace(folder / "workspace", write_export(folder / "export.zip", posts, 0))
    done = _command(workspace.root)("plan", "-w", workspace.root, timeout=300)
    assert done.returncode == 0, done.stderr
    picture = folder / "picture.jpg"
    Image.effect_noise((360, 480), 40).convert("RGB").save(picture, quality=60)
    for ready in [*(workspace.root / "ready").iterdir()]:
        os.link(picture, thumbnail_path(str(ready)))
    write_preview(*_read_page(workspace), workspace.preview)
    return workspace.root


def _read_page(workspace: Workspace) -> tuple[Plan, PageContents]:
    plan, library = read_plan(workspace.plan), read_library(workspace.posts)
    target, where = planned_target(workspace), status_of(plan, {})
    return plan, page_contents(plan, where, workspace, target, library)


def look_at(browser: Browser, page_file: Path) -> Mapping[str, float]:
    """Open the page, choose every filter and type into the search; seconds of each."""
    with open_tab(browser) as tab:
        page = tab.page
        page.goto(page_file.as_uri())
        took = {FIRST_PAINT: page.evaluate(_FIRST_PAINT) / 1000}
        for name in FILTERS:
            page.evaluate(_WATCH, "click")
            page.locator(f'[data-filter="{name}"]').click()
            took[name] = _took(page)
        for year in (YEAR, ""):
            page.evaluate(_WATCH, "change")
            page.locator('[data-filter="year"]').select_option(year)
            took[f"year={year}"] = _took(page)
        page.locator(".search").focus()
        for place, letter in enumerate(TYPED, 1):
            took[f"search: {TYPED[:place]}"] = _press(page, letter)
        for place in range(len(TYPED) - 1, -1, -1):
            took[f"search, taken back: {TYPED[:place]}"] = _press(page, "Backspace")
        tab.check_quiet()
    return took


def time_edits(browser: Browser, root: Path, count: int) -> list[float]:
    """Give so many notes another title on the served page; seconds of each, until it is saved and
    shown."""
    took = []
    with served_by_process(_command(root), root) as served, open_tab(browser) as tab:
        page = tab.page
        page.goto(served.address)
        page.locator(".card").first.wait_for()
        for number in range(1, count + 1):
            page.evaluate("number => { location.hash = `#note=${number}`; }", number)
            field = page.locator("dialog.note .field-title input")
            page.get_by_text(f"Note {number}", exact=True).wait_for()
            title = f"Another title {number}"
            field.fill(title)
            page.evaluate(_WATCH_TITLE, title)
            field.press("Enter")
            took.append(_took(page))
            page.keyboard.press("Escape")
        tab.check_quiet()
    said = Workspace(root).edits.read_text("utf-8")
    assert all(f"Another title {number}" in said for number in range(1, count + 1))
    return took


def measure_writing(root: Path, rounds: int) -> Writing:
    """Write the page of a workspace, and its plan as plain JSON, in turns."""
    workspace = Workspace(root)
    plan, contents = _read_page(workspace)
    document = json.loads(workspace.plan.read_bytes())
    pages, dumps = [], []
    for _ in range(rounds):
        gc.collect()
        began = process_time()
        write_preview(plan, contents, workspace.preview)
        pages.append(process_time() - began)
        gc.collect()
        began = process_time()
        json.dumps(document)
        dumps.append(process_time() - began)
    size = workspace.preview.stat().st_size
    return Writing(len(plan.notes), min(pages), min(dumps), size)


def _command(root: Path) -> Crossover:
    return Crossover(root.parent / "home")


def _press(page: Page, key: str) -> float:
    page.evaluate(_WATCH, "keydown")
    page.keyboard.press(key)
    return _took(page)


def _took(page: Page) -> float:
    seconds: float = page.evaluate("window.took") / 1000
    return seconds


def _medians(rounds: Sequence[Mapping[str, float]]) -> Mapping[str, float]:
    return {what: statistics.median(one[what] for one in rounds) for what in rounds[0]}


def told(figures: Figures) -> str:
    """The figures as a table, with the goals beside them."""
    f, writing = figures, figures.writing
    lines = [
        f"| | {f.many.notes:,} notes | {f.few.notes:,} notes | ratio, at most {GOAL_RATIO} |",
        "|---|---|---|---|",
    ]
    for what, ratio in f.ratios.items():
        many, few = f.many.seconds[what], f.few.seconds[what]
        lines.append(f"| {what} | {many * 1000:.0f} ms | {few * 1000:.0f} ms | {ratio:.2f} |")
    lines += [
        "",
        f"| {writing.notes:,} notes | measured | goal |",
        "|---|---|---|",
        f"| an edit saved and shown | {f.edit:.2f} s | at most {GOAL_EDIT} s |",
        f"| the page written | {writing.page:.2f} s | |",
        f"| json.dumps of the plan | {writing.dump:.2f} s | |",
        f"| the page / json.dumps | {writing.ratio:.2f} | at most {GOAL_WRITING} |",
        f"| the page for a note | {writing.bytes_a_note:.0f} bytes | at most {GOAL_BYTES} |",
    ]
    return "\n".join(lines)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--full", action="store_true", help="5,000 notes")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        figures = measure(*((5000, 7) if chosen.full else (500, 3)), Path(name))
    print(told(figures))  # noqa: T201  a bench prints its figures
    for missed in figures.missed():
        print(f"::warning::preview bench: {missed}")  # noqa: T201
    return 1 if figures.writing.bytes_a_note > GOAL_BYTES else 0


if __name__ == "__main__":
    sys.exit(main())
