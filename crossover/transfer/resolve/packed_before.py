"""A note that goes out anew, though a pack was made of it."""

from __future__ import annotations

from dataclasses import dataclass

from crossover.model.notes import Note


@dataclass(frozen=True, slots=True)
class PackedBefore:
    """A note that goes out anew, and the pack that it was handed over in; `is_out`: of that pack it was
    taken out, as it lies here."""

    note: Note
    pack: str
    is_out: bool
