"""A move to a real account with real files, and a creator who answers what is asked."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from io import BytesIO
from pathlib import Path

from PIL import Image

from crossover.accounts.ledger.entry import Entry
from crossover.accounts.ledger.ledger import Ledger
from crossover.accounts.ledger.open import open_ledger, read_entries
from crossover.accounts.registry import RealAccount, account_for, keep_account
from crossover.destinations.open import Target
from crossover.library.posts_file import Library, read_library, write_library
from crossover.limits.limits import load_limits
from crossover.model.account import Receipt, SiteName
from crossover.model.choices import Rules
from crossover.model.notes import Cover, Note, Plan, State
from crossover.model.posts import Media, MediaKind, Post
from crossover.plan.compiler import compile_plan
from crossover.plan.document import read_plan, wire_digest, write_plan
from crossover.transfer.batch import BatchOptions
from crossover.transfer.conditions.questions import Answers
from crossover.transfer.hand_over import HandedOver, hand_over
from crossover.workspace import Workspace
from tests.makers import edited, fitted, post

SITE = SiteName.REDNOTE
MONDAY = datetime(2026, 11, 30, 12, tzinfo=UTC)


@cache
def content(number: int, place: int = 1) -> bytes:
    """A file of a post: a small JPEG of a colour of its own."""
    out = BytesIO()
    Image.new("RGB", (16, 16), (number * 7 % 256, place * 40 % 256, 90)).save(out, "JPEG")
    return out.getvalue() + f"{number}.{place}".encode()


def file_of(number: int, place: int, kind: MediaKind) -> Media:
    data = content(number, place)
    ending = "mp4" if kind is MediaKind.VIDEO else "jpg"
    name = f"media/{number:04}-{place:02}.{ending}"
    return Media(name, kind, hashlib.sha256(data).hexdigest(), len(data), 0, f"{place}.{ending}")


def posts_of(count: int) -> tuple[Post, ...]:
    """Posts by turns with one, two… pictures and with a video."""
    found = []
    for n in range(1, count + 1):
        kind = MediaKind.IMAGE if n % 3 else MediaKind.VIDEO
        places = range(1, 1 + (n % 4 + 1 if n % 3 else 1))
        media = tuple(file_of(n, place, kind) for place in places)
        pictures = len(media) if n % 3 else 0
        words = f"Title number {n}\nand 'words' <of it> & 字 {n} #pottery #陶艺"
        found.append(post(n, pictures=pictures, media=media, text=words))
    return tuple(found)


class KitWorld:
    """A workspace in `root`, whose notes go to the account mila by `to`."""

    def __init__(self, root: Path, posts: Sequence[Post] = (), to: str = "kit") -> None:
        self.workspace = Workspace(root)
        self.target = Target(to, SITE, self.account.folder.path, "mila")
        if posts:
            self.plan_for(posts)

    def plan_for(self, posts: Sequence[Post]) -> None:
        """Keep these posts with their files, and the plan of them."""
        root = self.workspace.root
        library = Library(handle="mara", posts=tuple(posts))
        for number, item in enumerate(posts, 1):
            for place, media in enumerate(item.media, 1):
                path = root / media.path
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content(number, place))
        (root / "ready").mkdir(exist_ok=True)
        (root / "ready/c.jpg").write_bytes(b"cover")
        write_library(self.workspace.posts, library)
        made = compile_plan(
            library,
            fitted(library),
            Rules(),
            edited(),
            load_limits(SITE),
            to=self.target.to,
            site=SITE,
            sent={},
        )
        cover = Cover("ready/c.jpg", hashlib.sha256(b"cover").hexdigest(), 5, 1080, 1440)
        notes = tuple(replace(n, cover=cover) if n.cover else n for n in made.notes)
        digest = wire_digest(notes, SITE)
        write_plan(replace(made, notes=notes, account="mila", digest=digest), self.workspace.plan)

    @property
    def plan(self) -> Plan:
        return read_plan(self.workspace.plan)

    @property
    def library(self) -> Library:
        return read_library(self.workspace.posts)

    @property
    def account(self) -> RealAccount:
        return account_for(SITE, "mila")

    @property
    def agreed(self) -> Answers:
        """What a creator says who agrees to everything."""
        return Answers(True, True, True, self.plan.digest)

    def hand_over(
        self, batch: int | None = None, *, now: datetime = MONDAY, answers: Answers | None = None
    ) -> HandedOver:
        options = BatchOptions(batch, answers=answers or self.agreed)
        with self.workspace.hold("a test"):
            return hand_over(
                self.workspace,
                self.target,
                options,
                command="crossover upload",
                operator="mila",
                now=lambda: now,
            )

    @contextmanager
    def ledger(self) -> Iterator[Ledger]:
        account = self.account
        with account.folder.hold("a test"):
            keep_account(account)
            with open_ledger(account.folder.ledger, account.for_ledger, "mara") as ledger:
                yield ledger

    def link(self, note: Note, letter: str = "") -> None:
        """What the creator says once they posted a note."""
        note_id = hashlib.sha256(note.id.encode()).hexdigest()[:24] if not letter else letter * 24
        receipt = Receipt(note_id, f"https://www.rednote.com/explore/{note_id}", "your word")
        with self.ledger() as ledger:
            ledger.answer(
                note, State.POSTED, kind="link", said="link", operator="mila", receipt=receipt
            )

    def past_the_first_note(self, *, now: datetime = MONDAY) -> None:
        """Bring the first note out, and say that it is right."""
        done = self.hand_over(1, now=now)
        assert done.pack
        self.link(done.pack.notes[0].note)

    def entries(self) -> dict[tuple[str, int], Entry]:
        return read_entries(self.account.folder.ledger, "mara")

    def states(self) -> dict[str, State]:
        """The state of each note that the ledger knows, by its number."""
        rows = self.entries()
        return {n.number: rows[n.key].state for n in self.plan.notes if n.key in rows}
