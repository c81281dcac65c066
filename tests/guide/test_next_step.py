"""The road: every state has one next step, which changes something, and the steps end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, replace
from functools import cache
from itertools import chain, combinations, product
from pathlib import Path
from typing import Any

import pytest

from crossover.errors import PlanOutOfDate
from crossover.guide.facts import Facts, Hold, Links, PlanState
from crossover.guide.next_step import ENDS, explain_missing_plan, next_step
from crossover.model.next_step import NextStep, Reason


def every_hold() -> list[frozenset[Hold]]:
    some = chain.from_iterable(combinations(Hold, size) for size in range(len(Hold) + 1))
    return [frozenset(holds) for holds in some]


def every_fact() -> Iterator[Facts]:
    values: dict[str, Iterable[Any]] = {
        "export": (None, Path("a.zip")),
        "links": Links,
        "plan": PlanState,
        "holds": every_hold(),
    }
    names = [one.name for one in fields(Facts)]
    for combination in product(*(values.get(name, (False, True)) for name in names)):
        yield Facts(**dict(zip(names, combination, strict=True)))


def test_every_combination_of_facts_has_one_step_with_its_reason() -> None:
    reasons = {next_step(facts).why for facts in every_fact()}
    elsewhere = {Reason.SHEET_WRITTEN, Reason.SHEET_UNCHANGED, Reason.NEW_EXPORT}
    assert reasons == set(Reason) - elsewhere


@pytest.mark.parametrize(
    ("facts", "step"),
    [
        (Facts(workspace=False), "migrate EXPORT"),
        (Facts(workspace=False, export=Path("a b.zip")), "migrate 'a b.zip'"),
        (Facts(), "add EXPORT"),
        (Facts(posts=True, links=Links.DYING), "fetch"),
        (Facts(posts=True, links=Links.LASTING), "fetch"),
        (Facts(posts=True), "add EXPORT-OR-FOLDER"),
        (Facts(posts=True, files_unsure=True), "add --confirm"),
        (Facts(posts=True, files=True), "plan"),
        (Facts(posts=True, files=True, plan=PlanState.OLD), "plan"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_the_beginning_of_the_road(facts: Facts, step: str) -> None:
    assert str(next_step(facts)) == f"crossover {step}"


PLANNED = Facts(posts=True, files=True, plan=PlanState.CURRENT, listed=True)


def held(*holds: Hold, **others: Any) -> Facts:
    return replace(PLANNED, holds=frozenset(holds), **others)


@pytest.mark.parametrize(
    ("facts", "step"),
    [
        (replace(PLANNED, sendable=True, unclear=True), "upload"),
        (replace(PLANNED, sendable=True, held=True), "accounts release"),
        (held(Hold.NO_WORDS, listed=False), "captions"),
        (held(Hold.NO_WORDS), "sheet out words.csv"),
        (held(Hold.WORDS_UNSURE), "captions --confirm"),
        (replace(PLANNED, unclear=True), "upload"),
        (held(Hold.FILES_MISSING, links=Links.LASTING), "fetch"),
        (held(Hold.DECISION, links=Links.LASTING), "fetch"),
        (held(Hold.FILES_MISSING), "add FILE-OR-FOLDER"),
        (held(Hold.FILES_MISSING, files_unsure=True), "add --confirm"),
        (held(Hold.FILES_MISSING, Hold.DECISION), "sheet out words.csv"),
        (PLANNED, "preview"),
        (replace(PLANNED, files=False), "preview"),
        (replace(PLANNED, refused=True), "preview"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_the_rest_of_the_road(facts: Facts, step: str) -> None:
    assert str(next_step(facts)) == f"crossover {step}"


# --- the road ends ---------------------------------------------------------------------------


@dataclass(frozen=True)
class World:
    """What is true of a move, whether or not a plan tells of it. `lacking`: 2 no post has files,
    1 one lacks them, 0 none does. `unsent`: 2 a note may go out, 1 it is unclear, 0 neither."""

    workspace: bool
    posts: bool
    unlisted: bool
    words_unsure: bool
    lacking: int
    files_unsure: bool
    wordless: bool
    undecided: bool
    links: int
    unsent: int
    plan: int
    held: bool


LINKS = (Links.NONE, Links.LASTING, Links.DYING)
PLANS = (PlanState.CURRENT, PlanState.OLD, PlanState.ABSENT)


def facts_of(world: World) -> Facts:
    planned = world.plan == 0
    held = {
        Hold.NO_WORDS: world.wordless,
        Hold.WORDS_UNSURE: world.words_unsure,
        Hold.FILES_MISSING: world.lacking > 0,
        Hold.DECISION: world.undecided,
    }
    return Facts(
        workspace=not world.workspace,
        posts=not world.posts,
        files=world.lacking < 2,
        links=LINKS[world.links],
        plan=PLANS[world.plan],
        sendable=planned and world.unsent == 2,
        unclear=planned and world.unsent == 1,
        held=planned and world.held,
        holds=frozenset(hold for hold, there in held.items() if planned and there),
        listed=not world.unlisted,
        files_unsure=world.files_unsure,
    )


def after(world: World, step: NextStep) -> Iterator[World]:
    """What may be true after the step, and the creator's part in it where it has one."""
    old = min(world.plan, 1) or 1
    bools = (False, True)
    match step.why:
        case Reason.NO_WORKSPACE:
            yield replace(world, workspace=False)
        case Reason.NO_POSTS:
            yield replace(world, posts=False)
        case Reason.LINKS_DIE | Reason.LINKS_LEFT:
            yield replace(world, links=0)
            yield replace(world, links=0, lacking=min(world.lacking, 1), plan=old)
            yield replace(world, links=0, lacking=0, unsent=2, plan=old)
        case Reason.NO_FILES | Reason.FILES_MISSING:
            for links, unsure in product((0, 1, 2), bools):
                given = replace(world, links=links, files_unsure=unsure, unsent=2, plan=old)
                yield replace(given, lacking=world.lacking - 1)
        case Reason.NOT_PLANNED | Reason.PLAN_OUT_OF_DATE:
            yield replace(world, plan=0)
        case Reason.HELD:
            yield replace(world, held=False)
        case Reason.READY:
            yield replace(world, unsent=0)
            yield replace(world, unsent=1)
        case Reason.UNCLEAR:
            yield replace(world, unsent=0)
        case Reason.NO_WORDS:
            yield replace(world, unlisted=False)
            for unsure, wordless in product(bools, bools):
                read = replace(world, unlisted=False, words_unsure=unsure, plan=old)
                yield replace(read, wordless=wordless, unsent=2)
        case Reason.WORDS_UNSURE:
            for lacking in range(3):
                settled = replace(world, words_unsure=False, lacking=lacking, plan=old)
                yield replace(settled, unsent=2)
        case Reason.FILES_UNSURE:
            for lacking in range(world.lacking + 1):
                yield replace(world, files_unsure=False, lacking=lacking, unsent=2, plan=old)
        case Reason.DECISION:
            decided = replace(world, wordless=False, undecided=False, unsent=2, plan=old)
            yield replace(decided, lacking=0, files_unsure=False)
        case _:
            pytest.fail(f"{step} does not change anything")


def every_world() -> Iterator[World]:
    values: dict[str, Iterable[Any]] = {
        "lacking": range(3),
        "links": range(3),
        "unsent": range(3),
        "plan": range(3),
    }
    names = [one.name for one in fields(World)]
    for combination in product(*(values.get(name, (False, True)) for name in names)):
        yield World(**dict(zip(names, combination, strict=True)))


def test_following_the_steps_leads_to_an_end_from_everywhere() -> None:
    @cache
    def steps_to_the_end(world: World) -> int:
        assert world not in under_way, f"a circle at {world}"
        step = next_step(facts_of(world))
        if step.why in ENDS:
            return 0
        under_way.add(world)
        most = 1 + max(steps_to_the_end(one) for one in after(world, step))
        under_way.remove(world)
        return most

    under_way: set[World] = set()
    assert max(steps_to_the_end(world) for world in every_world()) > 1


def test_the_end_is_reached_only_when_nothing_is_left_to_do() -> None:
    for facts in every_fact():
        if next_step(facts).why in ENDS:
            assert facts.posts
            assert facts.plan is PlanState.CURRENT
            assert not facts.sendable
            assert not facts.unclear
            assert not facts.held
            assert not facts.holds


def test_what_comes_before_a_plan_is_said_where_the_plan_is_missing() -> None:
    missing = PlanOutOfDate("There is no plan yet.", next="Run `crossover plan` first.")
    assert explain_missing_plan(missing, Facts(posts=True, files=True)) is missing
    explained = explain_missing_plan(missing, Facts())
    assert explained.message == missing.message
    assert "`crossover add EXPORT`" in explained.next
