"""Who may see the note: never more people than could see the post."""

from __future__ import annotations

from crossover.model import Action, Post, Rules, Visibility


def decide_visibility(post: Post, rules: Rules) -> tuple[Visibility, Action, str]:
    """Visibility, what to do with the post because of it, and the reason when it is not moved."""
    match post.visibility:
        case Visibility.PUBLIC | Visibility.FRIENDS as told:
            return told, Action.MOVE, ""
        case Visibility.ONLY_ME:
            reason = "only you can see it on TikTok"
            return Visibility.ONLY_ME, rules.only_me, "" if rules.only_me is Action.MOVE else reason
        case None:
            said = f"({post.visibility_said}) " if post.visibility_said else ""
            reason = f"the export does not say {said}who could see it"
            match rules.not_told:
                case Visibility() as chosen:
                    return chosen, Action.MOVE, ""
                case action:
                    return Visibility.ONLY_ME, action, reason
