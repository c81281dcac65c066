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
    Wrong,
    a_text,
    line_of,
    mapping,
    named,
    one_of,
    read_yaml,
    to_yaml,
    value,
    whole,
    words,
    wrong,
)
from crossover.storage.atomic import write_atomic

HEADER = """\
# What you changed, note by note, and nothing else. Yours to edit: the number is the note's, `post`
# tells which post that is. For every note there can be
#   title, body   your own words, never cut; '' for none. A #tag in the body becomes a topic
#   topics        [one, two]; [] for none
#   visibility    public, friends or only-me
#   action        move, skip or hold
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
        """`notes` are the ids of all posts by the numbers of posts and notes. Raises
        `UsageProblem`, naming the line, for an edit of a note that is not there or of another
        post than it says."""
        for number in self.by_note:
            post, said = notes.get(number), self.posts.get(number)
            if post is None:
                raise wrong(self.path, self.lines[number], self._unknown(number, notes))
            if said not in (None, post):
                here = next((n for n, other in notes.items() if other == said), None)
                other = f"note {here}" if here else "no post of this workspace"
                what = f"note {number} is the post of {post}; `post: {said}` is {other}"
                raise wrong(self.path, self.lines[number], what)

    def _unknown(self, number: str, notes: Mapping[str, str]) -> str:
        whole_post = number.partition(".")[0]
        if whole_post not in notes:
            return f"there is no note {number}"
        parts = [n for n in notes if n.startswith(f"{whole_post}.")]
        into = f"goes out as {' and '.join(parts)}" if parts else "is a single note"
        return f"there is no note {number}: post {whole_post} {into}"


def read_edits(path: Path) -> Edits:
    """The edits of a workspace; none where there is no file.

    Raises `UsageProblem` naming file, line and key; nothing is taken from a wrong file.
    """
    if not path.exists():
        return Edits(path)
    root = named(mapping(path, read_yaml(path), {"version", "notes"}, called="part of this file"))
    value(path, root, "version", 1, whole(1, 1))
    found: dict[str, Edit] = {}
    posts: dict[str, str] = {}
    lines: dict[str, int] = {}
    for key, node in mapping(path, root.get("notes"), None).items():
        number = str(key.value)
        whole_post, _, part = number.partition(".")
        if not (whole_post.isdecimal() and (part.isdecimal() or whole_post == number)):
            raise wrong(path, line_of(key), f"`{number}` is no number of a note, as 17 or 17.2")
        keys = named(mapping(path, node, {"post", *FIELDS}, called="field of a note"))
        found[number] = _edit(path, keys)
        lines[number] = line_of(key)
        if "post" in keys:
            posts[number] = value(path, keys, "post", "", a_text)
    return Edits(path, found, posts, lines)


def _edit(path: Path, keys: Mapping[str, yaml.Node]) -> Edit:
    entries = dict(keys)
    return Edit(
        title=value(path, entries, "title", None, a_text),
        body=value(path, entries, "body", None, a_text),
        topics=value(path, entries, "topics", None, _topics),
        visibility=value(path, entries, "visibility", None, one_of(Visibility)),
        action=value(path, entries, "action", None, one_of(Action)),
    )


def _topics(node: yaml.Node) -> tuple[str, ...]:
    names = words(node)
    odd = next((name for name in names if not is_topic(name)), None)
    if odd is not None:
        raise Wrong(f"{odd!r} is no topic; a topic is one word, without blanks")
    return names


def is_topic(name: str) -> bool:
    """Whether RedNote can read it as one topic: `#name` ends at a blank, its marker at a bracket."""
    return bool(name) and not any(letter.isspace() or letter in "#＃[]" for letter in name)


def write_edits(edits: Edits) -> None:
    """Keep them, whole or not at all; an edit that decides nothing is left out."""
    notes: dict[str | int, dict[str, Any]] = {}
    for number in sorted(edits.by_note, key=_place):
        said = {name: getattr(edits.by_note[number], name) for name in FIELDS}
        decided = {name: _plain(what) for name, what in said.items() if what is not None}
        if decided:
            post = edits.posts.get(number)
            key = int(number) if number.isdecimal() else number
            notes[key] = ({"post": post} if post else {}) | decided
    document = to_yaml({"version": 1, "notes": notes})
    write_atomic(edits.path, (HEADER + document).encode())


def _plain(what: str | tuple[str, ...]) -> str | FlowList:
    return FlowList(what) if isinstance(what, tuple) else str(what)


def _place(number: str) -> tuple[int, int]:
    whole_post, _, part = number.partition(".")
    return int(whole_post), int(part or 0)
