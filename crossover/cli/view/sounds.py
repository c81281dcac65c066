"""Videos with somebody else's sound: asked about once."""

from __future__ import annotations

from collections.abc import Sequence

import typer

from crossover.cli.view.screen import count, note_numbers_text, say
from crossover.model.choices import OthersSound

_ANSWERS = (OthersSound.MOVE, OthersSound.HOLD, OthersSound.SKIP)


def ask_of_sounds(numbers: Sequence[str]) -> OthersSound:
    """Ask what becomes of the notes with these numbers. Enter moves them."""
    use, they = ("uses", "it") if len(numbers) == 1 else ("use", "them")
    say(
        f"{count(len(numbers), 'video')} {use} somebody else's sound, a song for example:"
        f" {note_numbers_text(numbers)}. Your answer becomes a rule, which you can change."
    )
    question = f"What becomes of {they}: move, hold (for you to decide) or skip?"
    while True:
        answer: str = typer.prompt(question, default=str(OthersSound.MOVE), err=True)
        if (answer := answer.strip().casefold()) in _ANSWERS:
            return OthersSound(answer)
        say("That is none of the answers.")
