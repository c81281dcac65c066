"""However many cores there are, a conversion stays within a child's memory."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import av
import pytest

from crossover.media.decoder.videos.convert import h264


@pytest.mark.parametrize(("cores", "threads"), [(2, 3), (4, 6), (64, h264.MOST_THREADS)])
def test_an_encoder_takes_no_more_threads_than_a_child_has_memory_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cores: int, threads: int
) -> None:
    monkeypatch.setattr(h264, "usable_cores", lambda: cores)
    with av.open(str(tmp_path / "a.mp4"), "w", format="mp4") as out:
        track = h264.add_h264(out, Fraction(1, 600), None)
        assert track.codec_context.options["threads"] == str(threads)
