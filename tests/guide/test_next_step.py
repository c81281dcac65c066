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
from crossover.guide.facts import Facts, Links, PlanState, Practice
from crossover.guide.holds import Hold
from crossover.guide.next_step import (
    ENDS,
    after_skipped_files,
    explain_missing_plan,
    next_step,
    step_for,
)
from crossover.model.next_step import NextStep, Reason
from tests.tier import by_tier


def every_hold() -> list[frozenset[Hold]]:
    sizes = by_tier((0, 1, 2, len(Hold)), tuple(range(len(Hold) + 1)))
    some = chain.from_iterable(combinations(Hold, size) for size in sizes)
    return [frozenset(holds) for holds in some]


def combine(**values: Iterable[Any]) -> Iterator[Facts]:
    """Every combination of these values; of the facts that are not named, what they are by
    default."""
    for combination in product(*values.values()):
        yield Facts(**dict(zip(values, combination, strict=True)))


UNSURE = frozenset({"2025-01-01T09:00:00Z"})


@cache
def every_step() -> list[tuple[Facts, NextStep]]:
    """Without a workspace only an export counts, and of what goes out only a current plan tells."""
    bools = (False, True)
    found: dict[str, Iterable[Any]] = dict.fromkeys(("files", "listed", "tiktok_gone"), bools)
    planned = dict.fromkeys(("sendable", "wordless", "unclear", "refused", "held"), bools)
    planned["needs_sign_in"] = bools
    ended = combine(
        posts=(True,),
        files=(True,),
        plan=(PlanState.CURRENT,),
        left_out=bools,
        handed=bools,
        practice=(None, *Practice),
    )
    facts = chain(
        combine(workspace=(False,), export=(None, Path("a.zip"))),
        combine(
            posts=bools,
            links=Links,
            plan=(PlanState.ABSENT, PlanState.OLD),
            files_unsure=(frozenset(), UNSURE),
            **found,
        ),
        combine(
            posts=(True,),
            links=Links,
            plan=(PlanState.CURRENT,),
            holds=every_hold(),
            **found,
            **planned,
        ),
        ended,
    )
    return [(one, next_step(one)) for one in map(with_posts_unsure, facts)]


def with_posts_unsure(facts: Facts) -> Facts:
    return replace(facts, files_unsure=UNSURE) if Hold.FILES_UNSURE in facts.holds else facts


def test_every_combination_of_facts_has_one_step_with_its_reason() -> None:
    reasons = {step.why for _, step in every_step()}
    elsewhere = {Reason.SHEET_WRITTEN, Reason.SHEET_UNCHANGED, Reason.NEW_EXPORT}
    assert reasons == set(Reason) - elsewhere


@pytest.mark.parametrize(
    ("facts", "step"),
    [
        (Facts(workspace=False), "migrate EXPORT"),
        (Facts(workspace=False, export=Path("a b.zip")), "migrate 'a b.zip'"),
        (Facts(), "migrate EXPORT"),
        (Facts(posts=True, links=Links.DYING), "fetch"),
        (Facts(posts=True, links=Links.LASTING), "fetch"),
        (Facts(posts=True), "add EXPORT-OR-FOLDER"),
        (Facts(posts=True, files_unsure=UNSURE), "add --confirm"),
        (Facts(posts=True, tiktok_gone=True), "add FILE-OR-FOLDER"),
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
        (held(Hold.NO_WORDS), "preview"),
        (held(Hold.WORDS_UNSURE), "captions --confirm"),
        (replace(PLANNED, sendable=True, wordless=True, listed=False), "captions"),
        (replace(PLANNED, sendable=True, wordless=True), "upload"),
        (replace(PLANNED, sendable=True, wordless=True, listed=False, tiktok_gone=True), "upload"),
        (held(Hold.NO_WORDS, listed=False, tiktok_gone=True), "preview"),
        (held(Hold.WORDS_BY_HAND, listed=False), "preview"),
        (held(Hold.NO_WORDS, Hold.WORDS_BY_HAND, listed=False), "captions"),
        (held(Hold.DECISION, unclear=True), "preview"),
        (held(Hold.FILES_MISSING, links=Links.LASTING), "fetch"),
        (held(Hold.DECISION, links=Links.LASTING), "fetch"),
        (held(Hold.FILES_MISSING), "add FILE-OR-FOLDER"),
        (held(Hold.FILES_UNSURE), "add --confirm"),
        (held(Hold.FILES_UNSURE, Hold.FILES_MISSING), "add --confirm"),
        (held(Hold.FILES_UNSURE, Hold.DECISION), "add --confirm"),
        (held(Hold.FILES_MISSING, Hold.DECISION), "preview"),
        (held(Hold.CONVERT, Hold.DECISION), "plan --set convert=always"),
        (replace(held(Hold.CONVERT), sendable=True), "upload"),
        (replace(PLANNED, sendable=True, needs_sign_in=True), "login"),
        (held(Hold.DECISION, needs_sign_in=True), "preview"),
        (PLANNED, "preview"),
        (replace(PLANNED, files=False), "preview"),
        (replace(PLANNED, unclear=True), "resolve"),
        (held(Hold.ALREADY_THERE, Hold.DECISION), "resolve"),
        (replace(held(Hold.ALREADY_THERE), sendable=True), "upload"),
        (replace(PLANNED, refused=True), "status"),
        (replace(PLANNED, left_out=True), "plan"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_the_rest_of_the_road(facts: Facts, step: str) -> None:
    assert str(next_step(facts)) == f"crossover {step}"


def test_files_that_were_put_off_are_not_named_next() -> None:
    facts = held(Hold.FILES_UNSURE, files_unsure=UNSURE)
    assert str(after_skipped_files(facts)) == "crossover add FILE-OR-FOLDER"
    facts = replace(facts, plan=PlanState.ABSENT, files=False)
    assert str(after_skipped_files(facts)) == "crossover add EXPORT-OR-FOLDER"


# --- the road ends ---------------------------------------------------------------------------


@dataclass(frozen=True)
class World:
    """What is true of a move, whether or not a plan tells of it. `lacking`: 2 no post has files,
    1 one lacks them, 0 none does. `unsent`: 3 a note may go out with a title alone, 2 one may go
    out, 1 it is unclear, 0 none of that, or it was refused. `like`: one may be
    on the account already. `wordless`: 2 nobody but the creator can give a
    post its words, 1 the page may, 0 all have some. `page`: 2 it was not read, 1 it was, 0 it is
    gone."""

    workspace: bool
    posts: bool
    page: int
    words_unsure: bool
    lacking: int
    files_unsure: bool
    wordless: int
    undecided: bool
    unconverted: bool
    links: int
    unsent: int
    plan: int
    held: bool
    like: bool
    needs_sign_in: bool


LINKS = (Links.NONE, Links.LASTING, Links.DYING)
PLANS = (PlanState.CURRENT, PlanState.OLD, PlanState.ABSENT)


def facts_of(world: World) -> Facts:
    planned = world.plan == 0
    held = {
        Hold.NO_WORDS: world.wordless == 1,
        Hold.WORDS_BY_HAND: world.wordless == 2,
        Hold.WORDS_UNSURE: world.words_unsure,
        Hold.FILES_UNSURE: world.lacking > 0 and world.files_unsure,
        Hold.FILES_MISSING: world.lacking > 0,
        Hold.CONVERT: world.unconverted,
        Hold.DECISION: world.undecided,
        Hold.ALREADY_THERE: world.like,
    }
    return Facts(
        workspace=not world.workspace,
        posts=not world.posts,
        files=world.lacking < 2,
        links=LINKS[world.links],
        plan=PLANS[world.plan],
        sendable=planned and world.unsent > 1,
        wordless=planned and world.unsent == 3,
        unclear=planned and world.unsent == 1,
        held=planned and world.held,
        needs_sign_in=planned and world.needs_sign_in,
        holds=frozenset(hold for hold, there in held.items() if planned and there),
        listed=world.page == 1,
        tiktok_gone=world.page == 0,
        files_unsure=UNSURE if world.files_unsure else frozenset(),
    )


def after(world: World, step: NextStep) -> Iterator[World]:
    """What may be true after the step, and the creator's part in it where it has one."""
    old = min(world.plan, 1) or 1
    bools, going = (False, True), (2, 3)
    match step.why:
        case Reason.NO_WORKSPACE:
            yield replace(world, workspace=False)
        case Reason.NO_POSTS:
            yield replace(world, posts=False)
        case Reason.LINKS_DIE | Reason.LINKS_LEFT:
            yield replace(world, links=0)
            yield replace(world, links=0, lacking=min(world.lacking, 1), plan=old)
            for unsent in going:
                yield replace(world, links=0, lacking=0, unsent=unsent, plan=old)
        case Reason.NO_FILES | Reason.OWN_FILES | Reason.FILES_MISSING:
            links = (0,) if step.why is Reason.OWN_FILES else (0, 1, 2)
            for some, unsure, unsent in product(links, bools, going):
                given = replace(world, links=some, files_unsure=unsure, unsent=unsent, plan=old)
                yield replace(given, lacking=world.lacking - 1)
        case Reason.NOT_PLANNED | Reason.PLAN_OUT_OF_DATE:
            for needs_sign_in in bools:
                yield replace(world, plan=0, needs_sign_in=needs_sign_in)
        case Reason.SIGN_IN:
            yield replace(world, needs_sign_in=False)
        case Reason.HELD:
            yield replace(world, held=False)
        case Reason.READY:
            yield replace(world, unsent=0)
            yield replace(world, unsent=1)
        case Reason.NO_WORDS | Reason.WORDS_FIRST:
            for page in (0, 1):  # read, or the creator says that it is gone
                yield replace(world, page=page)
            for unsure, wordless, unsent in product(bools, range(world.wordless + 1), going):
                read = replace(world, page=1, words_unsure=unsure, plan=old)
                yield replace(read, wordless=wordless, unsent=unsent)
        case Reason.WORDS_UNSURE:
            for lacking, unsent in product(range(3), going):
                settled = replace(world, words_unsure=False, lacking=lacking, plan=old)
                yield replace(settled, unsent=unsent)
        case Reason.FILES_UNSURE:
            for lacking, unsent in product(range(world.lacking + 1), going):
                yield replace(world, files_unsure=False, lacking=lacking, unsent=unsent, plan=old)
        case Reason.UNCLEAR:
            yield replace(world, unsent=0)
        case Reason.ALREADY_THERE:
            yield replace(world, like=False, unsent=2)
            yield replace(world, like=False)
        case Reason.CONVERT:
            yield replace(world, unconverted=False, unsent=2)
        case Reason.WORDS_BY_HAND | Reason.DECISION:
            decided = replace(world, wordless=0, undecided=False, unsent=2, plan=old)
            yield replace(decided, lacking=0, files_unsure=False)
        case _:
            pytest.fail(f"{step} does not change anything")


def every_world() -> Iterator[World]:
    """The first two steps lead to others of these."""
    values: dict[str, Iterable[Any]] = {
        "workspace": (False,),
        "posts": (False,),
        "page": range(3),
        "lacking": range(3),
        "wordless": range(3),
        "links": range(3),
        "unsent": range(4),
        "plan": range(3),
    }
    names = [one.name for one in fields(World)]
    for combination in product(*(values.get(name, (False, True)) for name in names)):
        world = World(**dict(zip(names, combination, strict=True)))
        # Of what goes out, and of the account that it goes to, only a current plan tells.
        if world.needs_sign_in and world.unsent != 2:  # it counts for what goes out
            continue
        if world.plan == 0 or not (world.held or world.unsent):
            yield world


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
    for facts, step in every_step():
        if step.why in ENDS:
            assert facts.posts
            assert facts.plan is PlanState.CURRENT
            assert not facts.sendable
            assert not facts.held
            assert not facts.holds
            assert not facts.unclear


def test_nothing_leads_to_tiktok_where_it_cannot_help() -> None:
    """To settle whose words are whose asks nothing of TikTok."""
    for facts, step in every_step():
        if facts.tiktok_gone or facts.listed:
            assert step.why not in (Reason.NO_WORDS, Reason.WORDS_FIRST)
        if facts.tiktok_gone:
            assert step.why is not Reason.NO_FILES
        if step.command == "captions" and not step.arguments:
            assert Hold.NO_WORDS in facts.holds or facts.wordless


def test_every_cause_has_a_command_that_the_road_names_too() -> None:
    for facts, hold in product((PLANNED, replace(PLANNED, listed=False)), Hold):
        assert step_for(hold, facts) == next_step(replace(facts, holds=frozenset({hold})))


def test_what_comes_before_a_plan_is_said_where_the_plan_is_missing() -> None:
    missing = PlanOutOfDate("There is no plan yet.", next="Run `crossover plan` first.")
    assert explain_missing_plan(missing, Facts(posts=True, files=True)) is missing
    explained = explain_missing_plan(missing, Facts())
    assert explained.message == missing.message
    assert "`crossover migrate EXPORT`" in explained.next
    dying = explain_missing_plan(missing, Facts(posts=True, links=Links.DYING))
    assert dying.next == "First `crossover fetch`, then `crossover plan`."
    # A sound plan that is for another account keeps its own way out.
    sound = Facts(posts=True, files=True, plan=PlanState.CURRENT, sendable=True)
    assert explain_missing_plan(missing, sound) is missing
