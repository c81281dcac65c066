"""RedNote as a destination, over the HTTP protocol of its creator studio."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

from crossover.destinations.answers.call import Call
from crossover.destinations.answers.outcomes import AnswerKind, classify, result_of
from crossover.destinations.api.http.calls import ask
from crossover.destinations.api.http.client import HttpClient, NeverLeft, NoAnswer
from crossover.destinations.api.own_notes import AskedList
from crossover.destinations.api.payload import create_note, plain_topics
from crossover.destinations.api.session import PRACTICE
from crossover.destinations.api.signing import NotSigned, practice_signer
from crossover.destinations.api.topics import Topics
from crossover.destinations.api.upload.context import UploadContext
from crossover.destinations.api.upload.files import Uploader
from crossover.destinations.api.upload.permits import Permits
from crossover.destinations.api.upload.upload_host import UploadHost
from crossover.destinations.api.upload.video_ids import Videos
from crossover.destinations.base import NO_OTHERS, NotThese, Unsendable, UploadMemory
from crossover.destinations.own_notes.recognise import NOTE_ID
from crossover.destinations.own_notes.search import NoteSearch
from crossover.destinations.sites import Role, rehearsal_hosts
from crossover.destinations.throttle import Throttle
from crossover.errors import CrossoverError, RetryLater, UsageProblem
from crossover.limits.limits import Limits, load_limits
from crossover.model.account import Account, Marker, OwnNote, Receipt, SiteName
from crossover.model.notes import Note
from crossover.model.posts import Kind
from crossover.model.results import (
    FindResult,
    NotSent,
    Posted,
    Prepared,
    PublishResult,
    Unclear,
)
from crossover.model.uploads import Progress, UploadedFile
from crossover.text import sentence


@dataclass(frozen=True, slots=True)
class _Create:
    """The request that creates the note, all but sent."""

    call: Call = field(repr=False)


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
        self._search = NoteSearch(AskedList(client), site, self._limits)
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
        """As `NoteSearch.mark`."""
        return self._search.mark(known)

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
        return Prepared(note, _Create(_create_call(body)), plain_topics(note, topics))

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
        """As `NoteSearch.find`."""
        return self._search.find(note, since, taken)

    def find_all(
        self,
        notes: Sequence[Note],
        *,
        taken: frozenset[str] = frozenset(),
        others: NotThese = NO_OTHERS,
    ) -> list[FindResult]:
        """As `NoteSearch.find_all`."""
        return self._search.find_all(notes, taken, others)

    def list_notes(self) -> tuple[OwnNote, ...]:
        """As `NoteSearch.list_notes`."""
        return self._search.list_notes()

    def remove(self, note_id: str) -> None:
        """As `CanRemove.remove`. Raises `UsageProblem` on a real site, where nothing is deleted from
        here."""
        if self._site is not SiteName.REHEARSAL:
            raise UsageProblem("Notes on a real account are deleted by hand, in RedNote itself.")
        ask(self._client, _delete_call(note_id))


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


_DELETED = -9106
"""Of a note that is deleted already (likely)."""


def _delete_call(note_id: str) -> Call:
    return Call(
        name="delete note",
        role=Role.API,
        method="POST",
        path="/web_api/sns/capa/postgw/note/delete",
        json={"note_id": note_id},
        needs=lambda _: True,
        reads=lambda answer: (answer.envelope or {}).get("code") in (0, _DELETED),
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
