"""Whose sound a video has, and what becomes of a video with somebody else's."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from crossover.model.choices import Edit, OthersSound
from crossover.model.notes import Level, Problem
from crossover.model.posts import Kind, Post

OTHERS_SOUND = "others-sound"
"""The code of a note with somebody else's sound."""
LEFT_OUT = "it uses somebody else's sound (`others_sound: skip` in crossover.yaml)"

_OWN = "original sound"
_ASK = "Say it once for all: `others_sound: move`, `hold` or `skip` in crossover.yaml."
_MOVE_ONE = (
    "To move such posts, set `others_sound: move` in crossover.yaml; for one alone, `action: move`"
    " in edits.yaml or in the sheet."
)


def find_others_sound(post: Post, own_names: Collection[str]) -> str:
    """Find the sound of a video, as `title - author`, that is not by one of `own_names`, in small
    letters; empty where it is the creator's own or none. Pictures go out without their sound."""
    if post.kind is not Kind.VIDEO or post.sound is None:
        return ""
    title, _, author = post.sound.rpartition(" - ")
    if author.strip().casefold() in own_names:
        return ""
    # Without a name of the creator only TikTok's word tells that a sound is the video's own.
    return "" if not own_names and title.casefold() == _OWN else post.sound


def is_left_out(sound: str, rule: OthersSound, edit: Edit) -> bool:
    """Whether a note with somebody else's `sound` is left out, unless the creator decided."""
    return bool(sound) and rule is OthersSound.SKIP and edit.action is None


def check_sound(sound: str, rule: OthersSound, edit: Edit) -> Iterator[Problem]:
    """Tell of somebody else's sound; hold the note where the rule says so."""
    if not sound or is_left_out(sound, rule, edit):
        return
    message = f"It uses somebody else's sound ({sound})."
    if rule is OthersSound.HOLD and edit.action is None:
        yield Problem(OTHERS_SOUND, Level.ERROR, message, _MOVE_ONE)
    elif rule is OthersSound.ASK:
        yield Problem(OTHERS_SOUND, Level.WARNING, message, _ASK)
    else:
        yield Problem(OTHERS_SOUND, Level.NOTE, message, "It goes out with it, as you decided.")
