"""The small run of the studio's bench: the note is filled in whole, and the time told."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.bench.studio import GOAL, LENIENCE, measure


@pytest.mark.complete
def test_a_note_with_nine_pictures_is_ready_soon(
    tmp_path: Path, figure: Callable[[str], None]
) -> None:
    ready = measure(9, 1.0, tmp_path)
    assert ready.form.differing == ()
    figure(
        f"9 pictures: the page's own work {ready.own:.2f} s, a whole note {ready.filled:.2f} s,"
        f" {ready.ratio:.2f} times"
    )
    if ready.ratio > GOAL * LENIENCE:
        figure(f"warning: a note is ready after {ready.ratio:.2f} times the page's own work")
