"""Sit before the studio with the creator: what they type, what they want, what they are asked."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from crossover.cli.keys import TypedKeys, typed_keys
from crossover.cli.view.screen import is_terminal
from crossover.cli.view.studio import StudioScreen
from crossover.cli.view.studio_words import ANSWERS
from crossover.cli.view.uploads import UploadScreen, studio_screen
from crossover.destinations.open import KIT, Target
from crossover.destinations.studio.browser.window import PROFILE, check_browser
from crossover.destinations.studio.dialogue import Dialogue, Doing, StudioStep
from crossover.destinations.studio.form import FilledForm
from crossover.errors import UsageProblem
from crossover.model.next_step import Hint, step
from crossover.model.notes import Note
from crossover.model.results import Wish

_WISHES = {"s": Wish.SKIP, "r": Wish.REDO, "p": Wish.PAUSE, "q": Wish.STOP}
_REPLIES = {
    Wish.SKIP: "Skipping this note; it stays for later.",
    Wish.REDO: "Filling it in again.",
    Wish.STOP: "Stopping; everything is saved.",
}
_ENTER = "\n"
_ANSWERS = {"y": True, "n": False, _ENTER: None}
_LOOK_SECONDS, _LOOKS_WHILE_PAUSED = 0.05, 4


@contextmanager
def before_the_window(
    target: Target, stop: Callable[[], bool], *, draft: bool, as_json: bool
) -> Iterator[tuple[UploadScreen, Dialogue]]:
    """Show a run in the studio, and hear what the creator types; a program that reads JSON may write
    their wishes to standard input, a line each. Raises `UsageProblem` where nobody can be there, and
    what `check_browser` raises."""
    if not as_json and not is_terminal():
        raise UsageProblem(
            "Somebody must sit here: crossover fills in the page, and you press Publish.",
            next=Hint(
                "Run it in a terminal, on the computer with the browser. To post by hand instead: ",
                step("plan", "--to", KIT),
                ".",
            ),
        )
    check_browser(target.account / PROFILE)  # before anything is asked
    with (
        typed_keys() as typed,
        studio_screen(target, draft=draft, as_json=as_json) as (screen, page),
    ):
        yield screen, Typist(typed, stop, page)


class Typist:
    """The creator at the keyboard, as `Dialogue`. A wish counts once; what is typed while RedNote's
    answer is awaited counts for nothing, but that they want to stop after it."""

    def __init__(
        self,
        typed: TypedKeys,
        stop: Callable[[], bool],
        screen: StudioScreen,
        *,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._typed, self._stop, self._screen, self._sleep = typed, stop, screen, sleep
        self._note: Note | None = None
        self._stops_later = self._is_paused = self._was_pressed = False

    def step(self, note: Note, step: StudioStep) -> None:
        self._note = note
        if self._was_pressed:  # what was typed since then is of a note that is out
            self._stops_later |= self._last_wish(self._typed()) is Wish.STOP
            self._was_pressed = step.doing is Doing.READING_LIST
        self._screen.step(note, step)

    def filled(self, note: Note, form: FilledForm, *, again: bool) -> None:
        self._note = note
        self._screen.filled(note, form, again=again)

    def pressed(self, note: Note) -> None:
        self._is_paused, self._was_pressed = False, True
        self._screen.pressed(note)
        self._hear_while_waiting()

    def waiting(self, note: Note, seconds: float) -> None:
        self._screen.waiting(note, seconds)
        self._hear_while_waiting()

    def wish(self) -> Wish | None:
        if self._stop() or self._stops_later:
            self._stops_later = False
            return Wish.STOP
        wish = self._last_wish(self._typed())
        if wish in _REPLIES:
            self._screen.reply(_REPLIES[wish])
        return wish

    def wait_while_paused(self) -> Wish | None:
        if not self._is_paused:
            self._is_paused = True
            self._screen.paused(self._note)
        for _ in range(_LOOKS_WHILE_PAUSED):
            self._sleep(_LOOK_SECONDS)
            keys = self._typed()
            wish = Wish.STOP if self._stop() else self._last_wish(keys)
            if wish in _REPLIES or _ENTER in keys:
                self._is_paused = False
                self._screen.resumed()
                if wish in _REPLIES:
                    self._screen.reply(_REPLIES[wish])
                    return wish
                return None
        return Wish.PAUSE

    def was_pressed(self, note: Note) -> bool | None:
        self._note = note
        self._screen.ask_whether_pressed(note)
        while not self._stop():
            for key in self._typed():
                if key in _ANSWERS:
                    return _ANSWERS[key]
                if _WISHES.get(key) is Wish.STOP:
                    self._stops_later = True
                    self._screen.reply("Stopping once we looked for it on the account.")
                    return None
                if key in _WISHES:
                    self._screen.reply(f"First: {ANSWERS}")
            self._sleep(_LOOK_SECONDS)
        return None

    def _hear_while_waiting(self) -> None:
        wish = self._last_wish(self._typed())
        if wish is Wish.STOP and not self._stops_later:
            self._stops_later = True
            self._screen.reply("Stopping once the answer is there.")
        elif wish is not None and wish is not Wish.STOP:
            self._screen.reply("Not now: the answer is awaited.")

    def _last_wish(self, keys: str) -> Wish | None:
        return next((_WISHES[key] for key in reversed(keys) if key in _WISHES), None)
