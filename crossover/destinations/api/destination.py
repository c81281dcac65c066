"""RedNote as a destination, over the HTTP protocol of its creator studio."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from crossover.destinations.api.http.calls import Unusable, ask
from crossover.destinations.api.http.client import Call, HttpClient, NeverLeft, NoAnswer
from crossover.destinations.api.http.outcomes import AnswerKind, classify, result_of
from crossover.destinations.api.own_notes import pages
from crossover.destinations.api.payload import create_note
from crossover.destinations.api.session import PRACTICE
from crossover.destinations.api.signing import NotSigned, practice_signer
from crossover.destinations.api.topics import Topics
from crossover.destinations.api.upload.context import UploadContext
from crossover.destinations.api.upload.files import Uploader
from crossover.destinations.api.upload.permits import Permits
from crossover.destinations.api.upload.upload_host import UploadHost
from crossover.destinations.api.upload.video_ids import Videos
from crossover.destinations.base import Unsendable, UploadMemory
from crossover.destinations.recognise import (
    NOTE_ID,
    Doubt,
    Match,
    all_marked,
    find_like,
    newer,
    recognise,
)
from crossover.destinations.sites import Role, rehearsal_hosts
from crossover.destinations.throttle import Throttle
from crossover.errors import CrossoverError, RetryLater
from crossover.limits.limits import Limits, load_limits
from crossover.model.account import Account, Marker, OwnNote, Receipt, SiteName
from crossover.model.notes import Note
from crossover.model.posts import Kind
from crossover.model.results import (
    Absent,
    FindResult,
    NotKnown,
    NotSent,
    Posted,
    Prepared,
    PublishResult,
    Unclear,
)
from crossover.model.uploads import Progress, UploadedFile
from crossover.text import sentence

MARKED_PAGES = 2
"""Pages of newest notes a marker remembers."""

SHORT_LAG = timedelta(seconds=10)
"""A list that is behind by no more than this is waited for."""

CLOCK_STEP = 2.0
"""Seconds that the time in an answer may be behind: it is told in whole seconds, and servers
(the rehearsal's too) look at their clock about once a second."""


_EVER = Marker((), datetime(1970, 1, 1, tzinfo=UTC))
"""Before every note of an account."""


@dataclass(frozen=True, slots=True)
class _Create:
    """The request that creates the note, all but sent."""

    call: Call = field(repr=False)


class _NotYetListed(NotKnown):
    """Not listed, but the list may be behind."""


class RedNote:
    """One account on one site: the `Destination` for `api` and `rehearsal`.

    `files` is the folder that the paths of a note are relative to. `part_bytes` is how large the
    parts of a video are at least (None: as the limits say; larger on a line where answers take
    long), `limit_rate` how many bytes a second all uploads together may send. It owns `client`:
    close it after use, or use it in a `with`.
    """

    def __init__(
        self,
        client: HttpClient,
        *,
        site: SiteName,
        files: Path,
        limits: Limits | None = None,
        part_bytes: int | None = None,
        limit_rate: int | None = None,
    ) -> None:
        self._client = client
        self._site = site
        self._limits = limits or load_limits(site)
        self._topics = Topics(client)
        self._videos = Videos(client)
        margin = timedelta(seconds=self._limits.permit_margin_seconds.value)
        context = UploadContext(
            client,
            UploadHost(client),
            Permits(client, margin),
            self._videos,
            Throttle(limit_rate, client.clock),
            files,
            part_bytes or self._limits.part_bytes.value,
            margin,
        )
        self._uploads = Uploader(context, self._limits)

    @classmethod
    def rehearsal(
        cls,
        *,
        port: int,
        files: Path,
        part_bytes: int | None = None,
        limit_rate: int | None = None,
    ) -> RedNote:
        """The practice account of the rehearsal that listens on `port`."""
        return cls(
            HttpClient(rehearsal_hosts(port), PRACTICE, practice_signer, spacing=0),
            site=SiteName.REHEARSAL,
            files=files,
            part_bytes=part_bytes,
            limit_rate=limit_rate,
        )

    def __enter__(self) -> RedNote:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Give the connections back."""
        self._client.close()

    @property
    def site(self) -> SiteName:
        return self._site

    @property
    def limits(self) -> Limits:
        return self._limits

    @property
    def label(self) -> str:
        return self._client.hosts.label

    def whoami(self) -> Account:
        """Prove the session, without a signature (unsigned: likely). The account's id is its user
        id. Raises `LoginNeeded`, `AccountAtRisk`, `RetryLater`."""
        ask(self._client, _PROBE)
        data = ask(self._client, _USER)["data"]
        name = data.get("userName")
        return Account(
            self._site, data["userId"], name if isinstance(name, str) and name else data["userId"]
        )

    def mark(self, *, known: Set[str] = frozenset()) -> Marker:
        """The newest notes on the account and the site's clock as it was before they were read.
        Reads on to the newest note of `known`, if there are any: that is the first page, unless
        this computer knows less than the account.

        Raises `RetryLater`, `LoginNeeded`, `AccountAtRisk`.
        """
        ids: list[str] = []
        listed: list[OwnNote] = []
        began: datetime | None = None
        for number, page in enumerate(pages(self._client), start=1):
            began = began or self._client.now()
            listed += page.notes
            if number <= MARKED_PAGES:
                ids += [note.id for note in page.notes]
            if number >= MARKED_PAGES and (not known or any(one.id in known for one in listed)):
                break
        return Marker(tuple(dict.fromkeys(ids)), began or self._client.now(), tuple(listed))

    def prepare(self, note: Note, memory: UploadMemory, progress: Progress) -> Prepared:
        """Find the topics, upload what `memory` does not know, put the request together. A video
        without a cover of its own gets its first picture, once RedNote has found that.
        `progress` gets negative numbers when bytes of a failed try do not count.

        Raises `ChangedFile`, `Unsendable`, `RetryLater`, `LoginNeeded`, `AccountAtRisk`.
        """
        topics = self._topics.find(note.topics)
        uploaded = self._uploads.upload(note, memory, progress)
        first_frame = None
        if note.kind is Kind.VIDEO and note.cover is None and uploaded:
            first_frame = self._first_frame(uploaded[0], memory)
        file_ids = [file.file_id for file in uploaded]
        try:
            body = create_note(note, file_ids, topics, first_frame=first_frame)
        except CrossoverError as exc:
            raise Unsendable(exc.message.rstrip(".")) from exc
        return Prepared(note, _Create(_create_call(body)))

    def _first_frame(self, video: UploadedFile, memory: UploadMemory) -> str:
        video_id = video.video_id
        if video_id is None:
            video_id = self._videos.id_of(video.file_id)
            if video_id is None:
                raise RetryLater(
                    sentence(f"{self.label} has not given an uploaded video its number yet."),
                    next="Run the same command later; the video stays uploaded.",
                )
            memory.remember_file(replace(video, video_id=video_id))
        return self._videos.first_frame(video_id)

    def publish(self, prepared: Prepared) -> PublishResult:
        """Create the note: one request, on a connection of its own, never repeated."""
        create = prepared.payload
        if not isinstance(create, _Create):
            raise TypeError("not prepared by this destination")
        try:
            answer = self._client.call(create.call, fresh=True)
        except NotSigned as exc:
            return NotSent(f"the request could not be signed: {exc}")
        except NeverLeft as exc:
            return NotSent(f"{self.label} cannot be reached: {exc}")
        except NoAnswer as exc:
            return Unclear(f"{self.label} did not answer: {exc}")
        kind = classify(answer, create.call)
        if kind is not AnswerKind.SUCCESS:
            return result_of(kind, answer, self.label)
        note_id = (answer.envelope or {})["data"]["id"]
        return Posted(
            Receipt(
                note_id, self._client.hosts.note_url(note_id), "RedNote answered with the note's id"
            )
        )

    def find(self, note: Note, since: Marker, *, taken: frozenset[str] = frozenset()) -> FindResult:
        """Look for a note that was sent just after `since`. `taken` are notes of other posts.

        Raises `LoginNeeded`, `AccountAtRisk`, and `RetryLater` when the site cannot be reached;
        a list that cannot be read is `NotKnown`. Waits for a list that is seconds behind.
        """
        result = self._find_now(note, since, taken)
        missing = self._lag_left(since)
        if isinstance(result, _NotYetListed) and missing is not None and missing <= SHORT_LAG:
            # Its clock may have been right at the first look and behind at the second.
            self._client.clock.sleep(missing.total_seconds() + CLOCK_STEP)
            return self._find_now(note, since, taken)
        return result

    def _find_now(self, note: Note, since: Marker, taken: frozenset[str]) -> FindResult:
        listed: list[OwnNote] = []
        try:
            for page in pages(self._client):
                listed += page.notes
                if all_marked(page.notes, since):
                    break
        except Unusable as exc:
            return NotKnown(f"the list of notes could not be read: {exc.message}")
        match = recognise(note, since, listed, taken)
        if match is None and note.title:  # without one, only the time tells
            fresh = [entry for entry in newer(listed, since) if entry.id not in taken]
            match = _doubt(*find_like([note], fresh))
        return self._not_listed(note, since) if match is None else self._result_of(match)

    def find_all(
        self, notes: Sequence[Note], *, taken: frozenset[str] = frozenset()
    ) -> list[FindResult]:
        """Look through the whole list for each of `notes`, whenever it was published. Notes of
        other posts, `taken`, count only where the title is the very same.

        Raises `LoginNeeded`, `AccountAtRisk`, and `RetryLater` when the list cannot be read.
        """
        listed = [entry for page in pages(self._client) for entry in page.notes]
        like = find_like(notes, (entry for entry in listed if entry.id not in taken))
        matches = [
            recognise(note, _EVER, listed, frozenset()) or _doubt(entry)
            for note, entry in zip(notes, like, strict=True)
        ]
        return [Absent() if match is None else self._result_of(match) for match in matches]

    def _result_of(self, match: Match | Doubt) -> Receipt | NotKnown:
        match match:
            case Match(note=found, how=how):
                return Receipt(found.id, self._client.hosts.note_url(found.id), how)
            case Doubt(reason=reason):
                return NotKnown(reason)

    def _not_listed(self, note: Note, since: Marker) -> Absent | NotKnown:
        if note.schedule and self._site is not SiteName.REHEARSAL:
            return NotKnown("whether the list shows scheduled notes is not known")
        left = self._lag_left(since)
        if left is None or left > timedelta():
            seconds = self._limits.list_lag_seconds.value
            behind = f"{round(seconds / 60)} minutes" if seconds > 90 else f"{seconds} seconds"
            return _NotYetListed(
                f"not in the list of notes yet, which may be up to {behind} behind"
            )
        return Absent()

    def _lag_left(self, since: Marker) -> timedelta | None:
        """The time until the list must show what was sent at `since`, None when not known."""
        lag = timedelta(seconds=self._limits.list_lag_seconds.value)
        now = self._client.server_now()
        if now is None:
            return None if lag else timedelta()
        return max(timedelta(), since.server_time + lag - now)


def _doubt(like: OwnNote | None) -> Doubt | None:
    return Doubt(f"there is one that reads “{like.title}”") if like else None


_PROBE = Call(
    name="session probe",
    role=Role.CREATOR,
    method="GET",
    path="/api/galaxy/creator/home/personal_info",
    signed=False,
    needs=lambda answer: isinstance(answer["data"]["name"], str),
)

_USER = Call(
    name="user info",
    role=Role.CREATOR,
    method="GET",
    path="/api/galaxy/user/info",
    signed=False,
    needs=lambda answer: (
        bool(answer["data"]["userId"]) and isinstance(answer["data"]["userId"], str)
    ),
)


def _create_call(body: object) -> Call:
    return Call(
        name="create note",
        role=Role.API,
        method="POST",
        path="/web_api/sns/v2/note",
        json=body,
        needs=lambda answer: NOTE_ID.fullmatch(answer["data"]["id"]) is not None,
    )
