"""`edits.yaml`: what the creator changed, note by note, and nothing else.

Editor, sheet and page all write here. `17` is every part of post 17, `17.2` its second part.
`Edits.by_note` goes into the mapping (`mapping.notes.map_post`), which applies it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

import yaml

from crossover.model.choices import Action, Edit
from crossover.model.posts import Visibility
from crossover.settings.strict_yaml import (
    FlowList,
    InvalidValue,
    find_line,
    index_by_name,
    integer_between,
    line_error,
    member_of,
    parse_text,
    parse_words,
    read_mapping,
    read_value,
    read_yaml,
    to_yaml,
)
from crossover.storage.atomic import write_atomic

HEADER = """\
# What you changed, note by note, and nothing else. Yours to edit: the number is the note's, `post`
# tells which post that is. For every note there can be
#   title, body      your own words, never cut; '' for none. A #tag in the body becomes a topic
#   title_candidate  1, 2 or 3: which of the titles found in your words (`title` comes first)
#   topics           [one, two]; [] for none
#   visibility       public, friends or only-me
#   action           move, skip or hold
# To take a change back, delete its line. After a change, run `crossover plan` and look again.
# `crossover sheet in` writes this file anew; remarks of yours do not outlive that.
"""
FIELDS = tuple(item.name for item in fields(Edit))


@dataclass(frozen=True, slots=True)
class Edits:
    """All edits of a workspace, by the number of the note (`17`, `17.2`).

    `posts` is the post's id where the file names it, `lines` where the note stands in the file.
    """

    path: Path
    by_note: Mapping[str, Edit] = field(default_factory=dict)
    posts: Mapping[str, str] = field(default_factory=dict)
    lines: Mapping[str, int] = field(default_factory=dict)

    def check(self, notes: Mapping[str, str]) -> None:
        """Check that every edit is of a note that exists. `notes` are the ids of all posts by the
        numbers of posts and notes. Raises `UsageProblem`, naming the line, for a note that does not
        exist or is another post's than the edit says."""
        for number in self.by_note:
            post, said = notes.get(number), self.posts.get(number)
            if post is None:
                raise line_error(
                    self.path, self.lines[number], self._explain_unknown(number, notes)
                )
            if said not in (None, post):
                here = next((n for n, other in notes.items() if other == said), None)
                other = f"note {here}" if here else "no post of this workspace"
                what = f"note {number} is the post of {post}; `post: {said}` is {other}"
                raise line_error(self.path, self.lines[number], what)

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
    if not path.exists():
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
        whole_post, _, part = number.partition(".")
        if not (whole_post.isdecimal() and (part.isdecimal() or whole_post == number)):
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
        title_candidate=read_value(path, entries, "title_candidate", None, integer_between(1, 3)),
        body=read_value(path, entries, "body", None, parse_text),
        topics=read_value(path, entries, "topics", None, _parse_topics),
        visibility=read_value(path, entries, "visibility", None, member_of(Visibility)),
        action=read_value(path, entries, "action", None, member_of(Action)),
    )


def _parse_topics(node: yaml.Node) -> tuple[str, ...]:
    names = parse_words(node)
    odd = next((name for name in names if not is_topic(name)), None)
    if odd is not None:
        raise InvalidValue(f"{odd!r} is no topic; a topic is one word, without blanks")
    return names


def is_topic(name: str) -> bool:
    """Whether RedNote reads `name` as one topic: `#name` ends at a blank, its marker at a
    bracket."""
    return bool(name) and not any(letter.isspace() or letter in "#＃[]" for letter in name)


def write_edits(edits: Edits) -> None:
    """Write edits.yaml, whole or not at all; an edit that decides nothing is left out. Raises like
    `write_atomic`."""
    notes: dict[str | int, dict[str, Any]] = {}
    for number in sorted(edits.by_note, key=_sort_key):
        said = {name: getattr(edits.by_note[number], name) for name in FIELDS}
        decided = {name: _to_yaml_value(what) for name, what in said.items() if what is not None}
        if decided:
            post = edits.posts.get(number)
            key = int(number) if number.isdecimal() else number
            notes[key] = ({"post": post} if post else {}) | decided
    document = to_yaml({"version": 1, "notes": notes})
    write_atomic(edits.path, (HEADER + document).encode())


def _to_yaml_value(what: str | int | tuple[str, ...]) -> str | int | FlowList:
    if isinstance(what, tuple):
        return FlowList(what)
    return what if isinstance(what, int) else str(what)


def _sort_key(number: str) -> tuple[int, int]:
    whole_post, _, part = number.partition(".")
    return int(whole_post), int(part or 0)
