"""How soon a note stands ready in the studio page: `python -m tests.bench.studio [--processing S]`.

The stand-in is given the pictures all at once, by nobody who reads or checks anything: until its
button can be pressed it uploads and processes. Then crossover fills in a whole note with the same
pictures on the same page. The ratio of both counts.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

from crossover.destinations.studio.filling.fill import publish_address
from crossover.destinations.studio.filling.form_page import FormPage
from crossover.destinations.studio.filling.media import is_ready
from crossover.destinations.studio.form import FilledForm
from crossover.model.posts import Kind, Visibility
from tests.destinations.studio.form_world import CONTRACT, FormWorld, form_world

GOAL = 3.0
"""Times as long as the stand-in's own work on the pictures."""
LENIENCE = 1.25
"""The goal is only warned about, and only when it is missed by more than this."""
BODY = "Golden hour by the sea.\n\nWind, salt and a dog that would not come home 🐕\n" * 4


@dataclass(frozen=True)
class Ready:
    """Seconds until the button can be pressed: the page's own work, and a whole note's."""

    pictures: int
    own: float
    filled: float
    form: FilledForm

    @property
    def ratio(self) -> float:
        return self.filled / self.own


def measure(pictures: int, processing: float, folder: Path) -> Ready:
    """Measure both in one browser, on a stand-in that processes each picture for so long."""
    with form_world(folder) as world:
        world.site.switch(processing_seconds=processing)
        _own_work(world, 1)  # what a browser loads but once
        own = _own_work(world, pictures)
        note = world.photos(
            pictures,
            title="A day at the sea",
            body=BODY.strip(),
            topics=("sunset", "ocean", "travel"),
            visibility=Visibility.ONLY_ME,
        )
        begun = monotonic()
        form = world.fill_and_read(note)
        return Ready(pictures, own, monotonic() - begun, form)


def _own_work(world: FormWorld, pictures: int) -> float:
    paths = [world.files / one.path for one in world.photos(pictures).media]
    begun = monotonic()
    world.page.goto(publish_address(world.site.origin, Kind.PHOTOS))
    form = FormPage(world.page, CONTRACT)
    form.need("first-photo-input").set_input_files(paths)
    while not is_ready(form):
        form.pause()
    return monotonic() - begun


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pictures", type=int, default=9)
    parser.add_argument("--processing", type=float, default=1.0)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        ready = measure(options.pictures, options.processing, Path(folder))
    sys.stdout.write(
        f"{ready.pictures} pictures: {ready.own:.2f} s of the page's own, a whole note"
        f" {ready.filled:.2f} s, {ready.ratio:.2f} times (goal {GOAL:g})\n"
    )


if __name__ == "__main__":
    main()
