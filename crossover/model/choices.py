"""What the creator decided: rules for all posts, edits of one note."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from crossover.model.posts import Visibility


class Action(StrEnum):
    """What the plan does with a post."""

    MOVE = "move"
    SKIP = "skip"
    HOLD = "hold"


class TopicPolicy(StrEnum):
    """Which words become topics: the creator's hashtags, the Chinese ones for them, or both."""

    KEEP = "keep"
    ZH = "zh"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Rules:
    """What the creator decided for all posts at once, from `crossover.yaml`.

    `topics_own` is the creator's own table, topics by folded tags, from `topics.yaml`.
    """

    only_me: Action = Action.HOLD
    not_told: Action | Visibility = Action.HOLD
    topics_max: int = 10
    topics_drop: tuple[str, ...] = ()
    topics_policy: TopicPolicy = TopicPolicy.BOTH
    topics_own: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Edit:
    """What the creator decided for one note. `None`: nothing, so the mapping decides; an empty
    text is a decision too."""

    title: str | None = None
    body: str | None = None
    topics: tuple[str, ...] | None = None
    visibility: Visibility | None = None
    action: Action | None = None
