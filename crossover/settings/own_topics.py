"""`topics.yaml` of a workspace: the creator's own words for hashtags, which come first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from crossover.model.hashtags import fold_tag
from crossover.settings.edits import is_topic
from crossover.settings.strict_yaml import (
    InvalidValue,
    find_line,
    index_by_name,
    integer_between,
    is_there,
    line_error,
    parse_words,
    read_mapping,
    read_value,
    read_yaml,
)

OWN_TOPICS = "topics.yaml"
MOST_TOPICS = 10
"""So many topics a note carries; a tag cannot stand for more."""


@dataclass(frozen=True, slots=True)
class OwnTopics:
    """The creator's table: topics by folded tags, and each tag as it is written, with its line."""

    by_tag: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    written: Mapping[str, tuple[str, int]] = field(default_factory=dict)


def read_own_topics(path: Path) -> OwnTopics:
    """Read the creator's table; an empty one where there is no file.

    Raises `UsageProblem` naming file, line and key; nothing is taken from a wrong file.
    """
    if not is_there(path):
        return OwnTopics()
    root = index_by_name(
        read_mapping(path, read_yaml(path), {"version", "topics"}, called="part of this file")
    )
    read_value(path, root, "version", 1, integer_between(1, 1))
    by_tag: dict[str, tuple[str, ...]] = {}
    written: dict[str, tuple[str, int]] = {}
    for key, node in read_mapping(path, root.get("topics"), None).items():
        tag, line = str(key.value), find_line(key)
        name = fold_tag(tag)
        if not name or not name[0].isalnum():
            raise line_error(
                path, line, f"`{tag}` is no hashtag; one is written as in `cats: [猫咪]`"
            )
        if name in by_tag:
            before, place = written[name]
            raise line_error(path, line, f"`{tag}` stands in line {place} already, as `{before}`")
        by_tag[name] = read_value(path, {tag: node}, tag, (), _parse_topics)
        written[name] = tag, line
    return OwnTopics(by_tag, written)


def _parse_topics(node: yaml.Node) -> tuple[str, ...]:
    """Parse one topic or a list of them; `[]` for none."""
    if isinstance(node, yaml.ScalarNode) and node.value:
        node = yaml.SequenceNode(node.tag, [node])
    names = parse_words(node)
    odd = next((name for name in names if not is_topic(name)), None)
    if odd is not None:
        raise InvalidValue(f"{odd!r} is no topic; a topic is one word, without blanks")
    if len(names) > MOST_TOPICS:
        raise InvalidValue(f"at most {MOST_TOPICS} topics, here are {len(names)}")
    return names
