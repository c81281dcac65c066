"""`edits.yaml`: what the creator changed, note by note, and nothing else.

Editor, sheet and page all write here. `17` is every part of post 17, `17.2` its second part.
`Edits.by_note` goes into the mapping (`mapping.notes.map_post`), which applies it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from crossover.model.choices import Action, CoverChoice, Edit, TitleChoice, merge_edits
from crossover.model.notes import Level, Problem
from crossover.model.posts import Declaration, Visibility
from crossover.settings.strict_yaml import (
    InvalidValue,
    find_line,
    index_by_name,
    integer_between,
    is_there,
    line_error,
    member_of,
    parse_flag,
    parse_text,
    parse_words,
    read_mapping,
    read_value,
    read_yaml,
)
from crossover.settings.yaml_text import FlowList, to_yaml
from crossover.storage.atomic import write_atomic

HEADER = """\
# What you changed, note by note, and nothing else. Yours to edit: the number is the note's, `post`
# tells which post that is. For every note there can be
#   title, body      your own words, never cut; '' for none. A #tag in the body becomes a topic
#   title_candidate  1, 2 or 3: which of the titles found in your words (`title` comes first); the
#                    sheet adds how it read, as [2, the title], so that it stays the one you meant
#   topics           [one, two]; [] for none
#   visibility       public, friends or only-me
#   declaration      none, fiction, ai, ad, self-shot or repost: what the note says of itself
#   original         true or false: whether you claim it as your own original work (原创)
#   cover            which frame of the video, as 2.4s or 1:05, or a picture of your own, as a file
#   action           move, skip or hold
# To take a change back, delete its line. After a change, run `crossover plan` and look again.
# `crossover sheet in` writes this file anew; remarks of yours do not outlive that.
"""
_NO_NOTES = "notes: {}\n"
FIELDS = tuple(item.name for item in fields(Edit))
MOST_TITLES = 3
"""So many titles of its words a note lists to choose from."""
_MOMENT = re.compile(r"(?:(?:(\d{1,2}):)?(\d{1,3}):)?(\d{1,6}(?:[.,]\d{1,3})?)(?: ?s)?")
_LOST_ADVICE = "It decides nothing: give it the number that you mean, or take it out of edits.yaml."


@dataclass(frozen=True, slots=True)
class Edits:
    """All edits of a workspace, by the number of the note (`17`, `17.2`). An edit of a note that is
    not there stays among them, and decides nothing.

    `posts` is the post's id where the file names it, `lines` where the note stands in the file.
    """

    path: Path
    by_note: Mapping[str, Edit] = field(default_factory=dict)
    posts: Mapping[str, str] = field(default_factory=dict)
    lines: Mapping[str, int] = field(default_factory=dict)

    @property
    def decisions(self) -> object:
        """All that a plan depends on."""
        return [self.by_note, self.posts] if self.posts else self.by_note

    def only_of(self, posts: Mapping[str, str]) -> Edits:
        """The edits but those that say of which post they are, where that is another one. `posts`
        are ids by the numbers of posts."""
        kept = {
            number: edit
            for number, edit in self.by_note.items()
            if self.posts.get(number) in (None, posts.get(number.partition(".")[0]))
        }
        return replace(self, by_note=kept) if len(kept) < len(self.by_note) else self

    def find_lost(self, notes: Mapping[str, str]) -> Iterator[Problem]:
        """Find the edits of notes that do not exist, or are another post's than the edit says.
        `notes` are the ids of all posts by the numbers of posts and notes."""
        for number in self.by_note:
            post, said = notes.get(number), self.posts.get(number)
            if post is None:
                yield self._lost(number, self._explain_unknown(number, notes))
            elif said not in (None, post):
                here = next((n for n, other in notes.items() if other == said), None)
                other = f"note {here}" if here else "no post of this workspace"
                what = f"note {number} is the post of {post}; `post: {said}` is {other}"
                yield self._lost(number, what)

    def _lost(self, number: str, what: str) -> Problem:
        line = f", line {self.lines[number]}" if self.lines.get(number) else ""
        message = f"{self.path.name}{line}: {what}."
        return Problem("edit-lost", Level.WARNING, message, _LOST_ADVICE)

    def decide(self, decisions: Iterable[tuple[str, str, Any]], posts: Mapping[str, str]) -> Edits:
        """The edits with these decisions: of a note, by its number, about a field; None takes a
        choice back. `posts` are ids by the numbers of notes. Sheet and page both decide here. What
        stood under the number as another post's gives way: it decided nothing, and nor would this."""
        by_note, said = dict(self.by_note), dict(self.posts)
        for number, name, decision in decisions:
            post = posts.get(number)
            if post is not None and said.get(number) not in (None, post):
                by_note.pop(number, None)
                del said[number]
            by_note[number] = replace(by_note.get(number, Edit()), **{name: decision})
        kept = {number: edit for number, edit in by_note.items() if edit != Edit()}
        told = {number: said.get(number) or posts.get(number) for number in kept}
        lines = {number: line for number, line in self.lines.items() if number in kept}
        return Edits(self.path, kept, {n: post for n, post in told.items() if post}, lines)

    def find(self, number: str) -> Edit:
        """Find what was decided of a note: under its own number first, else of its whole post."""
        whole = self.by_note.get(number.partition(".")[0], Edit())
        return merge_edits(whole, self.by_note.get(number, whole))

    def is_moved(self, number: str) -> bool:
        """Whether the creator said under this very number that its note goes out."""
        edit = self.by_note.get(number)
        return edit is not None and edit.action is Action.MOVE

    def _explain_unknown(self, number: str, notes: Mapping[str, str]) -> str:
        whole_post = number.partition(".")[0]
        if whole_post not in notes:
            return f"there is no note {number}"
        parts = [n for n in notes if n.startswith(f"{whole_post}.")]
        into = f"goes out as {' and '.join(parts)}" if parts else "is a single note"
        return f"there is no note {number}: post {whole_post} {into}"


def read_edits(path: Path) -> Edits:
    """Read the edits of a workspace; none where there is no file.

    Raises `UsageProblem` naming file, line and key; nothing is taken from a wrong file.
    """
    if not is_there(path):
        return Edits(path)
    root = index_by_name(
        read_mapping(path, read_yaml(path), {"version", "notes"}, called="part of this file")
    )
    read_value(path, root, "version", 1, integer_between(1, 1))
    found: dict[str, Edit] = {}
    posts: dict[str, str] = {}
    lines: dict[str, int] = {}
    for key, node in read_mapping(path, root.get("notes"), None).items():
        number = str(key.value)
        if not re.fullmatch(r"\d{1,9}(\.\d{1,9})?", number):
            raise line_error(
                path, find_line(key), f"`{number}` is no number of a note, as 17 or 17.2"
            )
        keys = index_by_name(read_mapping(path, node, {"post", *FIELDS}, called="field of a note"))
        found[number] = _read_edit(path, keys)
        lines[number] = find_line(key)
        if "post" in keys:
            posts[number] = read_value(path, keys, "post", "", parse_text)
    return Edits(path, found, posts, lines)


def _read_edit(path: Path, keys: Mapping[str, yaml.Node]) -> Edit:
    entries = dict(keys)
    return Edit(
        title=read_value(path, entries, "title", None, parse_text),
        title_candidate=read_value(path, entries, "title_candidate", None, _parse_choice),
        body=read_value(path, entries, "body", None, parse_text),
        topics=read_value(path, entries, "topics", None, _parse_topics),
        visibility=read_value(path, entries, "visibility", None, member_of(Visibility)),
        action=read_value(path, entries, "action", None, member_of(Action)),
        declaration=read_value(path, entries, "declaration", None, member_of(Declaration)),
        original=read_value(path, entries, "original", None, parse_flag),
        cover=read_value(path, entries, "cover", None, _parse_cover),
    )


def _parse_choice(node: yaml.Node) -> TitleChoice:
    """Parse `2`, or `[2, the title]`."""
    place = integer_between(1, MOST_TITLES)
    if not isinstance(node, yaml.SequenceNode):
        return TitleChoice(place(node))
    if len(node.value) != 2:
        raise InvalidValue("1, 2 or 3, or one of them with its title, as in [2, the title]")
    return TitleChoice(place(node.value[0]), parse_text(node.value[1]))


def _parse_cover(node: yaml.Node) -> CoverChoice:
    """Parse `2.4s`, `1:05`, or the name of a file."""
    text = parse_text(node).strip()
    if found := _MOMENT.fullmatch(text):
        hours, minutes, seconds = (part or "0" for part in found.groups())
        return CoverChoice(int(hours) * 3600 + int(minutes) * 60 + float(seconds.replace(",", ".")))
    if not text:
        raise InvalidValue("a moment of the video, as in 2.4s, or the name of a picture file")
    return CoverChoice(file=text)


def _parse_topics(node: yaml.Node) -> tuple[str, ...]:
    names = parse_words(node)
    odd = next((name for name in names if not is_topic(name)), None)
    if odd is not None:
        raise InvalidValue(f"{odd!r} is no topic; a topic is one word, without blanks")
    return names


def is_moment(text: str) -> bool:
    """Whether a cover of this text is a moment of the video, and no file."""
    return _MOMENT.fullmatch(text) is not None


def is_topic(name: str) -> bool:
    """Whether RedNote reads `name` as one topic: `#name` ends at a blank, its marker at a
    bracket."""
    return bool(name) and not any(letter.isspace() or letter in "#＃[]" for letter in name)


def write_edits(edits: Edits) -> None:
    """Write edits.yaml, whole or not at all. Where it is a link, the file that it leads to. Raises
    like `write_atomic`."""
    write_atomic(edits.path.resolve(), format_edits(edits))


def format_edits(edits: Edits) -> bytes:
    """Make the content of edits.yaml; an edit that decides nothing is left out."""
    numbers = sorted(edits.by_note, key=_sort_key)
    blocks = [_format_note(n, edits.by_note[n], edits.posts.get(n)) for n in numbers]
    notes = "notes:\n" + "".join(blocks) if any(blocks) else _NO_NOTES
    return (HEADER + to_yaml({"version": 1}) + notes).encode()


@lru_cache(maxsize=16_384)
def _format_note(number: str, edit: Edit, post: str | None) -> str:
    """Format what was decided of one note as its lines below `notes`; nothing where nothing was.
    Kept, as the page writes the file anew after each change of one note."""
    said = {name: getattr(edit, name) for name in FIELDS}
    decided = {name: _to_yaml_value(what) for name, what in said.items() if what is not None}
    if not decided:
        return ""
    key = int(number) if number.isdecimal() else number
    text = to_yaml({"notes": {key: ({"post": post} if post else {}) | decided}, "end": 0})
    return text.removeprefix("notes:\n").removesuffix("end: 0\n")


def _to_yaml_value(
    what: str | bool | TitleChoice | CoverChoice | tuple[str, ...],
) -> str | int | FlowList:
    match what:
        case bool():
            return what
        case TitleChoice(place, title):
            return FlowList((place, title)) if title else place
        case tuple():
            return FlowList(what)
        case _:
            return str(what)


def _sort_key(number: str) -> tuple[int, int]:
    whole_post, _, part = number.partition(".")
    return int(whole_post), int(part or 0)
