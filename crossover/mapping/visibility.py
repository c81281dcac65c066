"""Decides who may see the note: never more people than could see the post, unless the creator says
so."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from crossover.mapping.selection import explain_exclusion
from crossover.model.choices import YOURS, Action, Edit, Rules
from crossover.model.notes import Change, Level, Problem
from crossover.model.posts import Post, Visibility

_WIDENESS = (Visibility.ONLY_ME, Visibility.FRIENDS, Visibility.PUBLIC)
_WHO = {
    Visibility.ONLY_ME: "Only you",
    Visibility.FRIENDS: "Only your friends",
    Visibility.PUBLIC: "Everybody",
}


class VisibilityRule(StrEnum):
    """The rules of crossover.yaml that decide what happens to a post by who could see it."""

    ONLY_ME = "only_me"
    NOT_TOLD = "not_told"


@dataclass(frozen=True, slots=True)
class VisibilityDecision:
    """Who may see the note, and what to do with the post because of it.

    `reason` says why it is not moved, `rule` which rule decided so, unless the creator did;
    `changes` are what the creator's own decision changed.
    """

    visibility: Visibility
    action: Action
    reason: str = ""
    rule: VisibilityRule | None = None
    changes: tuple[Change, ...] = ()


def decide_visibility(post: Post, rules: Rules, edit: Edit) -> VisibilityDecision:
    """Decide visibility and action by the rules; the creator's own edit of this note overrides
    them."""
    ruled = _apply_rules(post, rules)
    if excluded := explain_exclusion(post, rules.select):
        ruled = replace(ruled, action=Action.SKIP, reason=excluded, rule=None)
    visibility, action = ruled.visibility, ruled.action
    changes = []
    if edit.visibility is not None:
        if edit.visibility is not visibility:
            before = str(post.visibility or "not told")
            changes.append(Change("visibility", before, edit.visibility, YOURS))
        visibility = edit.visibility
    # An edit of the visibility of a held post also moves it.
    wanted = edit.action or (Action.MOVE if edit.visibility is not None else action)
    if wanted is not action:
        changes.append(Change("action", action, wanted, YOURS))
    if edit.action is not None or wanted is not action:
        reason = "" if wanted is Action.MOVE else YOURS
        return VisibilityDecision(visibility, wanted, reason, changes=tuple(changes))
    return replace(ruled, visibility=visibility, changes=tuple(changes))


def check_wider(post: Post, visibility: Visibility) -> Iterator[Problem]:
    """Warn when more people will see the note than could see the post."""
    original = post.visibility
    if original is not None and is_wider(visibility, original):
        yield Problem(
            "wider",
            Level.WARNING,
            f"{_WHO[original]} can see it on TikTok; on RedNote it will be {visibility}.",
            "You said so; if that was a slip, take your edit of its visibility back.",
        )


def is_wider(one: Visibility, other: Visibility) -> bool:
    """Whether more people see `one` than `other`."""
    return _WIDENESS.index(one) > _WIDENESS.index(other)


def _apply_rules(post: Post, rules: Rules) -> VisibilityDecision:
    match post.visibility:
        case Visibility.PUBLIC | Visibility.FRIENDS as visibility:
            return VisibilityDecision(visibility, Action.MOVE)
        case Visibility.ONLY_ME as visibility:
            if rules.only_me is Action.MOVE:
                return VisibilityDecision(visibility, Action.MOVE)
            reason = "only you can see it on TikTok"
            return VisibilityDecision(visibility, rules.only_me, reason, VisibilityRule.ONLY_ME)
        case None:
            value = f"({post.visibility_said}) " if post.visibility_said else ""
            reason = f"the export does not say {value}who could see it"
            match rules.not_told:
                case Visibility() as chosen:
                    return VisibilityDecision(chosen, Action.MOVE)
                case action:
                    rule = VisibilityRule.NOT_TOLD
                    return VisibilityDecision(Visibility.ONLY_ME, action, reason, rule)
