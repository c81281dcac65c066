"""Whatever happens to posts, files and answers: no picture twice, none missing without a question,
no "posted" that is not there.

Two TikTok accounts move into one RedNote account, each in a workspace of its own; their posts bear
the same seconds. Pictures, words, order and handles change between batches, processes die, the site
answers all it can, and older copies of any of the files are put back.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from hypothesis import note as tell
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)

from crossover.errors import AccountAtRisk, CrossoverError, LedgerError, UsageProblem
from crossover.library.posts_file import Library
from crossover.model.choices import Action, Edit
from crossover.model.notes import Note, State
from crossover.model.posts import Kind, Media, MediaKind, Post
from crossover.plan.document import read_plan
from crossover.settings.edits import Edits, read_edits, write_edits
from crossover.transfer.batch import Sent
from crossover.transfer.report.status import Standing
from tests.fakes import Died
from tests.makers import post
from tests.tier import by_tier
from tests.transfer.identity_world import ANSWERS, EFFECTS, Creator, IdentityWorld

NAMES = ("mara", "bruno", "mara-2")
"""Workspaces. The third is of the first one's TikTok account too."""
SIZES = (1, 0, 2, 3, 4, 7)
"""Pictures of a post; 0 is a video."""

TOLD = {State.HOLD, State.SKIP, State.UNKNOWN, State.FAILED, State.HANDED}
"""What is shown to the creator as not posted, and why."""

FILES = {
    "ledger": ("account/ledger.sqlite",),
    "witness": ("account/ledger.json",),
    "ledger and witness": ("account/ledger",),
    "uploads": ("account/uploads/",),
    "hold": ("account/hold.json", "account/in-a-row.json"),
    "account": ("account/",),
    "counter": ("home/",),
    **{
        f"{file} of {name}": (f"{name}/{file}",)
        for name in NAMES
        for file in ("posts.json", "plan.json", "edits.yaml")
    },
}
"""What of a back-up may be put back alone."""

OF_THE_ACCOUNT = (
    "counter",
    "ledger",
    "witness",
    "ledger and witness",
    "uploads",
    "hold",
    "account",
)

who = st.sampled_from(NAMES)
which = st.integers(0, 2)


@dataclass(frozen=True)
class Run:
    """One `upload`; it dies when an effect of that name comes for so many times, if it does."""

    workspace: str
    batch: int | None
    answers: tuple[str, ...]
    dies_at: tuple[str, int] | None
    lag: int
    plan_first: bool


RUNS = st.builds(
    Run,
    workspace=who,
    batch=st.sampled_from([1, None, 2]),
    answers=st.lists(st.sampled_from(ANSWERS), max_size=3).map(tuple),
    dies_at=st.none() | st.tuples(st.sampled_from(EFFECTS), st.integers(1, 4)),
    lag=st.sampled_from([0, 0, 2]),
    plan_first=st.sampled_from([True, True, False]),
)


class IdentityMachine(RuleBasedStateMachine):
    """One history. Every rule is something that a creator, a site or a computer does."""

    folders: Iterator[Path]
    statistics: Counter[str]

    def __init__(self) -> None:
        super().__init__()
        self.world = IdentityWorld(next(self.folders))
        self.world.__enter__()
        self.pictures = 0
        self.calm = True
        """Nothing went wrong so far, and nothing was put back."""
        self.copies: list[dict[str, bytes]] = []
        self.newest: dict[str, bytes] = {}
        """All files as they were when the ledger was last known to be sound."""
        self.renamed = False
        self.held = False
        """A warning sign was shown, and the creator did not lift the hold since."""
        self.forgotten = False
        """What is kept outside of the account's folder was put back or lost, a new ledger began, or
        the creator goes on with an older one: then a note is known by its title alone, and not where
        the creator changed that."""

    @initialize(
        sizes=st.lists(st.sampled_from(SIZES), min_size=1, max_size=3),
        names=st.sampled_from([NAMES[:1], NAMES[:2], NAMES[::2]]),
        same_words=st.booleans(),
        accepts=st.booleans(),
    )
    def begin(
        self, sizes: list[int], names: tuple[str, ...], same_words: bool, accepts: bool
    ) -> None:
        """`accepts`: the creator goes on with an older ledger that is refused."""
        self.accepts = accepts
        self.calm = not same_words
        self.creators = {name: self.world.creator(name) for name in names}
        libraries: dict[str, Library] = {}
        for creator in self.creators.values():
            if creator.name not in libraries:
                posts = [self.new_post(creator.name, n, of) for n, of in enumerate(sizes, 1)]
                if same_words:
                    posts = [replace(item, text="the same words") for item in posts]
                libraries[creator.name] = Library(handle=creator.name, posts=tuple(posts))
            self.world.write(creator, libraries[creator.name])

    def new_post(self, name: str, number: int, size: int) -> Post:
        media = tuple(self.picture() for _ in range(size)) or (self.picture(MediaKind.VIDEO),)
        kind = Kind.PHOTOS if size else Kind.VIDEO
        return post(number, kind=kind, media=media, text=f"{name} {number}: the words")

    def picture(self, kind: MediaKind = MediaKind.IMAGE) -> Media:
        self.pictures += 1
        name = f"{self.pictures:04}"
        return Media(f"media/{name}", kind, f"{self.pictures:064x}", 3000, 0, name)

    def chosen(self, name: str) -> Creator:
        return self.creators.get(name) or self.creators[NAMES[0]]

    # --- what happens ----------------------------------------------------------------------------

    @rule(runs=st.lists(RUNS, min_size=1, max_size=3))
    def send(self, runs: list[Run]) -> None:
        for run in runs:
            creator = self.chosen(run.workspace)
            if run.plan_first:
                self.plan(creator)
            self.calm = self.calm and set(run.answers) <= {"confirmed"} and run.dies_at is None
            self.world.site.lag = run.lag
            self.one_batch(creator, run.batch, run.answers, run.dies_at)
            self.world.site.lag = 0
            self.no_picture_twice()
            self.posted_is_there()

    def one_batch(
        self,
        creator: Creator,
        number: int | None = None,
        answers: Sequence[str] = (),
        dies_at: tuple[str, int] | None = None,
    ) -> Sent | CrossoverError | Died:
        published = self.world.site.published
        ended = self.world.send(creator, number, answers, dies_at)
        tell(f"{creator.workspace.root.name}: {tell_end(ended)}")
        self.statistics[type(ended).__name__] += 1
        assert not self.world.unannounced, "published before the ledger knew of it"
        if self.held:
            assert isinstance(ended, AccountAtRisk), "a hold that holds nothing"
            assert published == self.world.site.published
        self.held = isinstance(ended, AccountAtRisk) or (
            isinstance(ended, Died) and self.world.warnings.read_hold() is not None
        )
        return ended

    @precondition(lambda self: self.held)
    @rule()
    def lift_the_hold(self) -> None:
        self.world.warnings.lift()
        self.held = False

    def plan(self, creator: Creator) -> None:
        try:
            self.world.plan(creator)
        except UsageProblem:  # an edit of a part that is there no more
            write_edits(Edits(creator.workspace.edits))
            self.world.plan(creator)
        except LedgerError:
            tell("no plan: the ledger is not to be trusted")

    @rule(
        name=who,
        at=which,
        how=st.sampled_from(
            ["add 1", "add 3", "remove first", "remove last", "reverse", "turn", "replace"]
        ),
    )
    def change_pictures(self, name: str, at: int, how: str) -> None:
        creator, item = self.some_post(name, at)
        media = list(item.media)
        new = MediaKind.VIDEO if item.kind is Kind.VIDEO else MediaKind.IMAGE
        match how:
            case "replace":
                media[len(media) // 2] = self.picture(new)
            case "add 1" | "add 3" if item.kind is Kind.PHOTOS:
                media += [self.picture() for _ in range(int(how[4:]))]
            case "remove first" if len(media) > 1:
                media = media[1:]
            case "remove last" if len(media) > 1:
                media = media[:-1]
            case "reverse":
                media.reverse()
            case "turn":
                media = media[1:] + media[:1]
            case _:
                pass  # there is nothing to add to a video, or to take from a single picture
        self.change(creator, replace(item, media=tuple(media)))

    @rule(name=who, at=which, words=st.sampled_from(["the words", "other words", "same"]))
    def change_words(self, name: str, at: int, words: str) -> None:
        creator, item = self.some_post(name, at)
        self.calm = self.calm and words != "same"
        own = words if words == "same" else f"{creator.name} {item.number}: {words}"
        self.change(creator, replace(item, text=own))

    @rule(name=who, renamed=st.sampled_from(["", ".new", None]))
    def rename_handle(self, name: str, renamed: str | None) -> None:
        """The creator changed their name on TikTok; None: an export that does not tell it. Two that
        do not tell it cannot be told apart."""
        creator = self.chosen(name)
        others = (other for other in self.creators.values() if other.name != creator.name)
        if renamed is None and any(self.world.library(other).handle is None for other in others):
            return
        handle = None if renamed is None else creator.name + renamed
        self.calm, self.renamed = False, True
        self.world.write(creator, replace(self.world.library(creator), handle=handle))

    def some_post(self, name: str, at: int) -> tuple[Creator, Post]:
        creator = self.chosen(name)
        posts = self.world.library(creator).posts
        return creator, posts[at % len(posts)]

    def change(self, creator: Creator, item: Post) -> None:
        library = self.world.library(creator)
        posts = tuple(item if other.id == item.id else other for other in library.posts)
        self.world.write(creator, replace(library, posts=posts))

    @rule(kind=st.sampled_from(["video", "normal"]))
    def post_by_hand(self, kind: str) -> None:
        """The creator posts something of their own, on the phone."""
        self.world.site.own_note(kind)

    @rule()
    def back_up(self) -> None:
        self.copies.append(self.world.files())

    @precondition(lambda self: self.copies)
    @rule(copy=st.integers(0, 3), files=st.sets(st.sampled_from(sorted(FILES)), min_size=1))
    def put_back(self, copy: int, files: set[str]) -> None:
        self.put(self.copies[copy % len(self.copies)], files)

    @rule(files=st.sets(st.sampled_from(OF_THE_ACCOUNT), min_size=1))
    def lose(self, files: set[str]) -> None:
        """Files are gone; without the counter: it is another computer."""
        self.put({}, files)

    def put(self, copy: dict[str, bytes], files: set[str]) -> None:
        chosen = tuple(place for name in files for place in FILES[name])
        self.calm = False
        both = "account/ledger.sqlite".startswith(chosen) and "account/ledger.json".startswith(
            chosen
        )
        anew = both and "account/ledger.sqlite" not in copy
        self.forgotten = self.forgotten or anew or "counter" in files
        with suppress(LedgerError):
            self.world.check_ledger()
            self.newest = self.world.files()
        self.world.put_back(copy, lambda place: place.startswith(chosen))
        self.held = self.held and self.world.warnings.read_hold() is not None
        self.posted_is_there()

    @rule(name=who, at=st.integers(0, 5), action=st.sampled_from([Action.MOVE, Action.SKIP]))
    def answer_a_question(self, name: str, at: int, action: Action) -> None:
        creator = self.chosen(name)
        held = [n for n, _ in self.standings(creator) if n.action is Action.HOLD]
        if held:
            chosen = held[at % len(held)]
            edits = read_edits(creator.workspace.edits)
            by_note = {**edits.by_note, chosen.number: Edit(action=action)}
            write_edits(replace(edits, by_note=by_note))

    # --- what holds ------------------------------------------------------------------------------

    def no_picture_twice(self) -> None:
        there = defaultdict(list)
        for stored in self.world.site.notes:
            for picture in stored.media:
                there[stored.owner, stored.post, picture].append(self.world.site.sent[stored.id][0])
        twice = {
            key
            for key, titles in there.items()
            if len(titles) > 1 and not (self.forgotten and len(set(titles)) > 1)
        }
        assert not twice, f"twice on the account: {tell_pictures(twice)}"

    def posted_is_there(self) -> None:
        stored = {n.id: n for n in self.world.site.notes}
        for creator in self.creators.values():
            for planned, standing in self.standings(creator):
                if standing.state is not State.POSTED:
                    continue
                name = f"{creator.workspace.root.name} {planned.number}"
                there = stored.get(standing.note_id or "")
                assert there, f"{name} is not on the account"
                assert (there.owner, there.post) == (creator.name, planned.post), (
                    f"{name} is said to be {there.owner} {there.post}"
                )

    def standings(self, creator: Creator) -> list[tuple[Note, Standing]]:
        """Every note of the plan on disk, and where it stands; none where that is not known. A post
        whose pictures are not all there is not called posted."""
        try:
            plan = read_plan(creator.workspace.plan)
            status = self.world.status(creator, plan)
        except CrossoverError:
            return []
        states = sum(getattr(status, str(state)) for state in State)
        assert status.found == plan.found == states, "the sums differ"
        assert plan.found == plan.move + plan.skip + plan.hold + plan.unreadable
        return list(zip(plan.notes, status.notes, strict=True))

    def teardown(self) -> None:
        try:
            if hasattr(self, "creators"):
                self.settle()
        finally:
            self.world.__exit__()

    @rule()
    def settle(self) -> None:
        """Everything is planned, sent and looked up, on a site that answers well."""
        states: list[State] = []
        for _ in range(8):
            before, ends = (self.world.site.published, states), set()
            states = []
            for creator in self.creators.values():
                self.mend_ledger()
                self.plan(creator)
                ended = self.one_batch(creator)
                ends.add(type(ended))
                if isinstance(ended, Sent):
                    states += [standing.state for standing in ended.status.notes]
                assert not isinstance(ended, LedgerError), f"the ledger is refused: {ended}"
                if isinstance(ended, AccountAtRisk):
                    self.lift_the_hold()
            self.no_picture_twice()
            self.posted_is_there()
            if ends == {Sent} and before == (self.world.site.published, states):
                break
        else:
            raise AssertionError("it never comes to rest")
        for creator in self.creators.values():
            self.nothing_missing(creator, waits=State.UNKNOWN in states)

    def mend_ledger(self) -> None:
        """Where the ledger is refused, put back its newest copy, or go on with what is there."""
        try:
            self.world.check_ledger()
        except LedgerError as exc:
            tell(f"the ledger is refused: {exc}")
            if self.accepts:
                self.world.accept_ledger()
                self.forgotten = True
            else:
                self.world.put_back(self.newest, lambda place: place.startswith("account/ledger"))

    def nothing_missing(self, creator: Creator, *, waits: bool) -> None:
        standings = self.standings(creator)
        there = {
            (n.post, picture)
            for n in self.world.site.notes
            for picture in n.media
            if n.owner == creator.name
        }
        for item in self.world.library(creator).posts:
            parts = [pair for pair in standings if pair[0].post == item.id]
            told = {
                file.sha256
                for planned, standing in parts
                if standing.state in TOLD
                or (waits and standing.reason)
                or (item.kind is Kind.VIDEO and "files" in standing.changed_since)
                for file in planned.media
            }
            missing = {
                (creator.name, item.id, file.sha256)
                for file in item.media
                if (item.id, file.sha256) not in there and file.sha256 not in told
            }
            assert not missing, f"missing without a question: {tell_pictures(missing)}"
            for planned, standing in parts:
                if standing.state is State.FAILED and not self.renamed:
                    no_but_there = [f for f in planned.media if (item.id, f.sha256) in there]
                    assert not no_but_there, f"{planned.number} is there, and said to have failed"
                if standing.state is State.POSTED and not standing.changed_since:
                    as_planned = (planned.title, tuple(file.sha256 for file in planned.media))
                    sent = self.world.site.sent[standing.note_id or ""]
                    assert sent == as_planned, f"{planned.number} changed, and nobody says so"
        if self.calm:
            unclear = [n.number for n, s in standings if s.state is State.UNKNOWN]
            assert not unclear, f"unclear though all went well: {creator.name} {unclear}"


def tell_end(ended: Sent | CrossoverError | Died) -> str:
    if not isinstance(ended, Sent):
        return f"{type(ended).__name__}: {ended}"
    return ", ".join(f"{n.number} {n.state}" for n in ended.status.notes)


def tell_pictures(pictures: set[tuple[str, str, str]]) -> str:
    by_post = Counter((owner, of) for owner, of, _ in pictures)
    return ", ".join(f"{n} of {owner} {of}" for (owner, of), n in sorted(by_post.items()))


@pytest.mark.timeout(1800)
def test_no_history_brings_a_picture_twice_or_loses_one(
    tmp_path_factory: pytest.TempPathFactory, figure: Callable[[str], None]
) -> None:
    ended: Counter[str] = Counter()

    class Machine(IdentityMachine):
        folders = iter(lambda: tmp_path_factory.mktemp("identity"), None)
        statistics = ended

    run_state_machine_as_test(
        Machine,
        settings=settings(
            max_examples=by_tier(8, 2000),
            stateful_step_count=by_tier(8, 16),
            deadline=None,
            derandomize=by_tier(True, False),  # wild histories are for whoever looks for them
        ),
    )
    assert ended["Sent"], "the promises are asserted in the steps; some of them sent something"
    ends = ", ".join(f"{times} {name}" for name, times in ended.most_common())
    figure(f"{ended.total()} runs of upload: {ends}")
