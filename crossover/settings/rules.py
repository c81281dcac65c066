"""`crossover.yaml`: the creator's rules for all posts at once, and `topics.yaml` beside it."""

from __future__ import annotations

from pathlib import Path

import yaml

from crossover.model.choices import (
    Action,
    Mentions,
    OffPlatform,
    Rules,
    TitleCase,
    TitleInBody,
    TopicPolicy,
)
from crossover.model.posts import Visibility
from crossover.settings.own_topics import OWN_TOPICS, read_own_topics
from crossover.settings.strict_yaml import (
    InvalidValue,
    index_by_name,
    integer_between,
    member_of,
    parse_text,
    parse_words,
    read_mapping,
    read_value,
    read_yaml,
)

TEMPLATE = """\
# Your rules for this move. crossover wrote this file once; from now on it is yours alone.
# After a change, run `crossover plan` and look again.
version: 1

# Posts that only you can see on TikTok: hold (wait for you), skip, or move.
# Moved ones stay only-me on RedNote; wider becomes only what you say so for, note by note.
only_me: hold

# Posts of old exports that do not say who could see them:
# hold, skip, only-me, friends or public.
not_told: hold

# A title comes from your words, unless you write one. Where it is the whole beginning of the text,
# it is not said twice: drop it there, or keep it.
title_in_body: drop

# A title all in capitals: keep, or sentence (Only the first letter is one).
title_case: keep

# For posts of a series (Part 3, Ep. 7, Day 12): how their titles read. Where that does not fit,
# the title stays as it is. For example "{title} · Ep. {n}"; empty for none.
title_template: ""

# TikTok names in a text: keep (the name without its @), drop, or table (as below, else kept).
mentions: keep
# For example {foodie: The Foodie Shop}.
mention_names: {}

# Sentences that lead away from RedNote (links, addresses, other platforms, "link in bio"):
# warn, drop-line (leave the sentence out), or hold (the post waits for you).
off_platform: warn

topics:
  # Which words become topics: keep (your own hashtags), zh (the Chinese words for them), or both
  # (your first three, then the Chinese words, then the rest).
  use: both
  # RedNote takes 10 at most. Tags about TikTok itself (fyp, foryou, ...) never count.
  max: 10
  # More tags to leave out, without the #.
  drop: []
# Words of your own for your hashtags: in a file topics.yaml beside this one, as `crossover topics`
# tells.
"""


_KEYS = frozenset(
    {
        *("version", "only_me", "not_told", "topics", "title_in_body", "title_case"),
        *("title_template", "mentions", "mention_names", "off_platform"),
    }
)


def read_rules(path: Path) -> Rules:
    """Read the rules of a workspace. A missing file means the defaults.

    Raises `UsageProblem` naming file, line and key; nothing is taken from a wrong file.
    """
    if not path.exists():
        return Rules(topics_own=read_own_topics(path.with_name(OWN_TOPICS)).by_tag)
    entries = index_by_name(read_mapping(path, read_yaml(path), _KEYS))
    topics = _read_topics(path, entries.get("topics"))
    read_value(path, entries, "version", 1, integer_between(1, 1))
    return Rules(
        only_me=read_value(path, entries, "only_me", Action.HOLD, member_of(Action)),
        not_told=read_value(path, entries, "not_told", Action.HOLD, _not_told),
        topics_policy=read_value(path, topics, "use", TopicPolicy.BOTH, member_of(TopicPolicy)),
        topics_max=read_value(path, topics, "max", 10, integer_between(0, 10)),
        topics_drop=read_value(path, topics, "drop", (), parse_words),
        topics_own=read_own_topics(path.with_name(OWN_TOPICS)).by_tag,
        title_in_body=read_value(
            path, entries, "title_in_body", TitleInBody.DROP, member_of(TitleInBody)
        ),
        title_case=read_value(path, entries, "title_case", TitleCase.KEEP, member_of(TitleCase)),
        title_template=read_value(path, entries, "title_template", "", _parse_template),
        mentions=read_value(path, entries, "mentions", Mentions.KEEP, member_of(Mentions)),
        mention_names=_read_names(path, entries.get("mention_names")),
        off_platform=read_value(
            path, entries, "off_platform", OffPlatform.WARN, member_of(OffPlatform)
        ),
    )


def _read_topics(path: Path, node: yaml.Node | None) -> dict[str, yaml.Node]:
    """Read the rules of topics. A single word, `topics: zh`, is the one that says which to use."""
    if isinstance(node, yaml.ScalarNode) and node.value not in ("", "null", "~"):
        read_value(path, {"topics": node}, "topics", None, member_of(TopicPolicy))
        return {"use": node}
    return index_by_name(read_mapping(path, node, {"use", "max", "drop"}))


def _parse_template(node: yaml.Node) -> str:
    text = parse_text(node)
    if text and (
        text.count("{title}") != 1 or "{" in text.replace("{title}", "").replace("{n}", "")
    ):
        raise InvalidValue('empty, or text with {title} once, as "{title} · Ep. {n}"')
    return text


def _read_names(path: Path, node: yaml.Node | None) -> dict[str, str]:
    """What TikTok names are called in a text, by the name without its @."""
    entries = index_by_name(read_mapping(path, node, None))
    return {
        name.removeprefix("@"): read_value(path, entries, name, "", parse_text)
        for name in list(entries)
    }


def _not_told(node: yaml.Node) -> Action | Visibility:
    allowed: tuple[Action | Visibility, ...] = (Action.HOLD, Action.SKIP, *Visibility)
    for choice in allowed:
        if isinstance(node, yaml.ScalarNode) and node.value == choice:
            return choice
    raise InvalidValue(f"one of {', '.join(allowed)}")
