"""The words of a caption as they are marked where they stand, and what each mark means. Where no
colour is seen, the meaning stands beside the words."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from rich.text import Text

from crossover.cli.view.screen import shows_colour
from crossover.mapping.marked_words import MarkedWords, Went
from crossover.text import one_line, safe

_STYLES = {
    Went.TEXT: "",
    Went.TITLE: "magenta",
    Went.TOPIC: "cyan",
    Went.NOWHERE: "red strike",
    Went.NEW: "green",
}
_MEANINGS = {
    Went.TITLE: "went into the title",
    Went.TOPIC: "became a topic",
    Went.NOWHERE: "left out",
    Went.NEW: "new on RedNote",
}


def paint_words(words: Iterable[MarkedWords]) -> Text:
    """Paint the words; without colour as in `[left out: #fyp]`."""
    painted = Text()
    for one in words:
        text = plain_lines(one.text)
        if one.went in _MEANINGS and not shows_colour():
            text = f"[{_MEANINGS[one.went]}: {text}]"
        painted.append(text, _STYLES[one.went])
    return painted


def paint_new(words: Iterable[MarkedWords]) -> Text:
    """Paint the words of a note. They can be copied: nothing but a colour is added to them."""
    return Text.assemble(*((plain_lines(one.text), _STYLES[one.went]) for one in words))


def paint_topics(topics: Iterable[str], new: Collection[str]) -> Iterator[Text]:
    """Yield topics as `#one`, those that are `new` painted as new words are."""
    for topic in topics:
        yield Text(f"#{one_line(topic)}", _STYLES[Went.NEW if topic in new else Went.TOPIC])


def legend(went: Collection[Went]) -> Text:
    """Say what the marks mean, those that there are; empty where no colour is seen."""
    if not shows_colour():
        return Text()
    shown = [Text(meaning, _STYLES[one]) for one, meaning in _MEANINGS.items() if one in went]
    return Text.assemble("Marked: ", Text(" · ").join(shown)) if shown else Text()


def plain_lines(text: str) -> str:
    """Format a text of several lines so that it can be printed."""
    return safe(text.replace("\r\n", "\n").replace("\t", " "))
