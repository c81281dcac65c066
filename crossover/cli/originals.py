"""Files without a TikTok id in their names, as the creator sees them: what they are, or may be."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from crossover.cli.runlog import log
from crossover.cli.screen import console, say, say_points
from crossover.errors import UsageProblem
from crossover.gathering import Gathered
from crossover.media.likeness import Pairing
from crossover.media.match import is_saved_copy
from crossover.originals import Originals
from crossover.said_files import Said
from crossover.text import safe

_SHOWN = 12


def said_by(pairs: Sequence[str], refused: Sequence[int]) -> Said:
    """What `--pair NOTE=FILE` and `--no-pair NOTE` say. Raises `UsageProblem`."""
    found = []
    for text in pairs:
        match = re.fullmatch(r"([0-9]{1,9})=(.+)", text, re.DOTALL)
        if match is None:
            raise UsageProblem(
                f"{text!r} does not say which file is which post.",
                next="As in: crossover add FOLDER --pair 7=IMG_2034.MOV",
            )
        found.append((int(match[1]), match[2]))
    return Said(tuple(found), tuple(refused))


@contextmanager
def looking() -> Iterator[Callable[[Path, int, int], None]]:
    """Says which file is being looked at, where somebody watches."""
    if not console.is_terminal:
        yield lambda path, place, total: log.debug("looking at %s (%d/%d)", path, place, total)
        return
    with console.status("looking at your files") as line:
        yield lambda path, place, total: line.update(
            safe(f"looking at {path.name} ({place:,} of {total:,}); Ctrl-C keeps what was seen")
        )


def show_originals(originals: Originals) -> None:
    """Which files were taken by what they look like and why, and which only may be."""
    decided = originals.decided
    _show(
        f"Known by what they look like ({len(decided.sure)}):",
        [
            f"{_names(one)} {'is' if len(one.paths) == 1 else 'are'} post {one.number}: {one.why}"
            for one in decided.sure
        ],
    )
    _show(
        f"Perhaps a post's own ({len(decided.doubts)}), not used until you say so:",
        [f"{_names(one)}, post {one.number}? {one.why}" for one in decided.doubts],
    )
    if decided.doubts:
        first = decided.doubts[0]
        files = " ".join(shlex.quote(str(path)) for path in first.paths)
        pairs = " ".join(
            f"--pair {shlex.quote(f'{first.number}={path.name}')}" for path in first.paths
        )
        say_points(
            [
                f"If it is: crossover add {files} {pairs}",
                f"If not:   crossover add {files} --no-pair {first.number}",
            ],
            style="dim",
        )


def warn_of_watermarks(found: Gathered) -> None:
    """Names that say the file was saved from TikTok."""
    media = found.media
    paths = [*media.nameless, *(path for odd in media.odd for path in odd.paths)]
    for own in media.files:
        paths += [*own.pictures, *([own.video] if own.video else [])]
    if saved := sorted(path.name for path in paths if is_saved_copy(path)):
        _show(
            f"Saved from TikTok, by their names ({len(saved)}): they may show its watermark. Look at"
            " them before you move them; your own originals, or `crossover fetch`, are better.",
            saved,
        )


def _show(heading: str, points: Sequence[str]) -> None:
    if not points:
        return
    say(heading)
    say_points(points[:_SHOWN])
    if len(points) > _SHOWN:
        say_points([f"and {len(points) - _SHOWN:,} more; all of them are in the log"])
    for point in points:
        log.info("%s", point)


def _names(pairing: Pairing) -> str:
    return ", ".join(path.name for path in pairing.paths)
