"""The problems of a damaged export: cut off, or with letters that cannot be read."""

from __future__ import annotations

from crossover.exports.base import ExportProblem

CUT_OFF = "cut-off"
EXPORT_DAMAGED = "export-damaged"

DAMAGE = frozenset({CUT_OFF, EXPORT_DAMAGED})
"""Codes of problems that leave it open whether all posts were read."""


def cut_off_problem(line: int, column: int) -> ExportProblem:
    """Make the problem of a posts file that ends, or stops making sense, at this place (from 1)."""
    return ExportProblem(
        CUT_OFF,
        f"The file breaks off at line {line:,}, column {column:,}; posts after it may be missing.",
        "Download the export again from TikTok; if you edited the file, undo that.",
    )


def letters_replaced_problem(posts: int) -> ExportProblem:
    """Make the problem of `posts` posts whose bytes were no letters."""
    return ExportProblem(
        "letters-replaced",
        f"In {posts:,} of the posts letters were damaged and are shown as \ufffd.",
        "Look at their words in the preview.",
    )
