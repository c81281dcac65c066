"""What is said once of several: of notes that have the same problem, each with words of its own, and
of changes of a note that have the same reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from types import MappingProxyType

from crossover.model.notes import Change

_AWAY = (
    "The words hold a link, an address, a phone number or the name of another platform; RedNote"
    " punishes pointing people elsewhere (站外引流)."
)
_OF_EACH: Mapping[str, str] = MappingProxyType(
    {
        "asks-away": "The words ask for something that leads nowhere on RedNote.",
        "body-cut": "The text is longer than RedNote takes: its end is left out.",
        "changed-since": "It stays as it went out; something of it changed since.",
        "convert-undecided": "Not every phone shows the video; you have not said whether to convert it.",
        "cover-unfit": "The cover that you chose cannot be made: see each note.",
        "declared-ad": "The words say that somebody paid for it: see how each is declared.",
        "duplicate": "It has the title and the files of another note; RedNote may refuse it.",
        "files-alike": "Its files are in another note too.",
        "guideline-area": "The words touch an area that RedNote's guidelines name: see each note.",
        "files-other-kind": "Only files of the other kind are here: a video of a photo post, or pictures of a"
        " video.",
        "files-unclear": "Several files with its TikTok id are here, and it is not clear which is its own.",
        "files-mixed": "It has pictures and a video; a note takes one of both.",
        "hidden-part": "What was cut off the video is still in its file, though no player shows it.",
        "image-size": "A picture is larger than RedNote is said to take.",
        "image-small": "A picture is small and may look soft.",
        "image-tall": "A picture is very tall; people may see a thin strip, or its middle.",
        "image-wide": "A picture is very wide; people may see a thin strip, or its middle.",
        "joint-post": "The words say that a part of it is somebody else's video.",
        "no-title": "The note has no title of its own; RedNote shows the beginning of the text instead.",
        "others-sound": "It uses somebody else's sound; the rule `others_sound` says what becomes of it.",
        "picture-cut": "The file of a picture was cut short: its last lines are missing.",
        "pictures-many": "It has more pictures than a note takes.",
        "pictures-left-out": "It has more pictures than a note takes: the others are left out.",
        "steers-away": _AWAY,
        "sound-lost": "The video has no sound, and its post had some.",
        "text-long": "The text with its topics is longer than RedNote takes.",
        "title-long": "The title is longer than RedNote takes.",
        "topics-many": "It has more topics than RedNote takes.",
        "twin": "It is the same as another note; RedNote would refuse it.",
        "video-coding": "The video goes out as it is, though not every phone shows such a one.",
        "video-gaps": "A part of the video is missing in its file.",
        "video-length": "The video is longer than RedNote is said to take.",
        "video-size": "The video is larger than RedNote is said to take.",
        "video-small": "The video is small and may look soft.",
        "watched-word": "It has words that you watch for.",
        "watermark": "It shows what looks like TikTok's watermark.",
        "watermark-possible": "It may show TikTok's watermark.",
        "wider": "More people will see it than can see the post on TikTok.",
        "words-alike": "Its words are nearly those of another note.",
    }
)
"""By the code of the problem."""


def is_told_apart(code: str) -> bool:
    """Whether each note has a message of its own for this problem."""
    return code in _OF_EACH


def summarise(code: str, messages: Sequence[str]) -> str:
    """Find what is true of each of the notes with these messages."""
    first = messages[0]
    return first if len(set(messages)) == 1 else _OF_EACH.get(code, first)


def group_changes(changes: Iterable[Change]) -> Iterator[tuple[str, str, tuple[Change, ...]]]:
    """Group neighbours of the same field and reason: yields field, reason and the changes."""
    for (field, why), group in groupby(changes, key=lambda change: (change.field, change.why)):
        yield field, why, tuple(group)
