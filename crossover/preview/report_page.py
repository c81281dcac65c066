"""`report.html`: what became of every post, as a page to keep or to show. A plain file: no script,
nothing loaded from elsewhere. Words of posts that not everybody may see are not on it."""

from __future__ import annotations

from pathlib import Path

from crossover.accounts.ledger.entry import parse_not_taken
from crossover.accounts.ledger.schema import NOT_TAKEN
from crossover.destinations.studio.field_words import name_fields, tell_planned
from crossover.model.notes import Note, Plan, State
from crossover.model.posts import Kind, Visibility
from crossover.preview.rendering import find_cover, find_small, make_environment, write_rendered
from crossover.text import format_range, join_ranges
from crossover.transfer.report.reported import (
    GapKind,
    Report,
    ReportedEvent,
    ReportedNote,
)

_SECTIONS = (
    ((State.POSTED,), "Posted"),
    ((State.HANDED,), "Handed over, to be posted by hand"),
    ((State.STARTED, State.UNKNOWN), "Unclear"),
    ((State.FAILED,), "Refused"),
    ((State.READY, State.UPLOADING), "Not sent yet"),
    ((State.HOLD,), "Waiting for a decision"),
    ((State.SKIP,), "Left out"),
)
_WORDS = {
    State.POSTED: "posted",
    State.HANDED: "handed over",
    State.STARTED: "unclear",
    State.UNKNOWN: "unclear",
    State.FAILED: "refused",
    State.READY: "not sent yet",
    State.UPLOADING: "not sent yet",
    State.HOLD: "waiting",
    State.SKIP: "left out",
    State.UNREADABLE: "unreadable",
}
_TONES = {State.POSTED: "good", State.FAILED: "bad"} | dict.fromkeys(
    (State.HANDED, State.STARTED, State.UNKNOWN), "open"
)
_SEEN_BY = {
    Visibility.PUBLIC: "for everyone",
    Visibility.FRIENDS: "for mutual friends",
    Visibility.ONLY_ME: "for you only",
}
_REVIEWS = {
    "passed": "posted, passed review",
    "pending": "posted, in review",
    "refused": "refused by review",
    "gone": "gone",
}
_GAPS = {
    GapKind.UNREADABLE: "Cannot be read in the export:",
    GapKind.WAITING: "Wait for a decision or for something missing:",
    GapKind.NOT_SENT: "Not sent yet:",
    GapKind.REFUSED: "Refused, and not on RedNote:",
    GapKind.UNCLEAR: "Unclear whether they are on RedNote:",
    GapKind.NO_LINK: "Without a link to RedNote yet:",
    GapKind.NOT_TAKEN: "There, without an option that was planned:",
    GapKind.REVIEW_NOT_KNOWN: "Not known whether RedNote's review passed them:",
    GapKind.NO_TIKTOK_LINK: "Without a known link to TikTok:",
}
_NOT_PRACTISED = (GapKind.REVIEW_NOT_KNOWN,)
"""What no practice account can tell."""
_EVENTS = {
    "started": "sent",
    "handed": "handed over to be posted by hand",
    "posted": "on the account",
    "failed": "refused",
    "unknown": "unclear",
    "ready": "not on the account",
    "link": "link given",
    "not-there": "said to be not there",
    "another-post": "said to be another post",
    "again": "a new attempt asked for",
    "taken-back": "taken back",
    "seen": "the account's own list",
    "not-sent": "did not leave this computer",
    NOT_TAKEN: "not taken",
}


def write_report(report: Report, plan: Plan, path: Path) -> None:
    """Write the page at `path`, beside the files of `plan` that it shows. Raises like
    `write_atomic`."""
    posted = "practised" if report.is_practice else "posted"
    words = _WORDS | {State.POSTED: posted}

    def state_words(note: ReportedNote) -> str:
        reviewed = _REVIEWS.get(note.review or "") if not report.is_practice else None
        return reviewed or words[note.state]

    environment = make_environment()
    environment.filters.update(
        event_words=_describe_event,
        gap_words=lambda one: _GAPS[one.gap],
        is_web=_is_web,
        not_taken=_describe_not_taken,
        ranges=_ranges,
        extent=_describe_extent,
        seen_by=_SEEN_BY.__getitem__,
        state_words=state_words,
        tone=_tone,
    )
    sums = _sum_posts(report, words)
    write_rendered(
        environment.get_template("report.html"),
        path,
        report=report,
        gaps=[one for one in report.gaps if not (report.is_practice and one.gap in _NOT_PRACTISED)],
        sections=[(name, notes) for name, notes in _group(report) if notes],
        sums=sums,
        added_up=" + ".join(f"{number} {word}" for number, word in sums),
        plans={note.id: note for note in plan.notes},
        covers={
            note.id: find_small(path.parent, cover)
            for note in plan.notes
            if (cover := find_cover(note))
        },
    )


def _group(report: Report) -> list[tuple[str, list[ReportedNote]]]:
    return [
        (
            "Practised" if report.is_practice and State.POSTED in states else name,
            [note for note in report.notes if note.state in states],
        )
        for states, name in _SECTIONS
    ]


def _sum_posts(report: Report, words: dict[State, str]) -> list[tuple[int, str]]:
    """Count every post once; what nobody has is left out."""
    sums: dict[str, int] = {}
    for states in ([*states] for states, _ in (*_SECTIONS, ((State.UNREADABLE,), ""))):
        for state in states:
            sums[words[state]] = sums.get(words[state], 0) + getattr(report, state)
    return [
        (number, word) for word, number in sums.items() if number or word == words[State.POSTED]
    ]


def _describe_extent(note: Note) -> str:
    if note.kind is Kind.PHOTOS:
        return f"{len(note.media)} picture{'' if len(note.media) == 1 else 's'}"
    if note.kind is Kind.VIDEO and note.media:
        seconds = round(note.media[0].duration or 0)
        return f"video {seconds // 60}:{seconds % 60:02d}"
    return "no file"


def _tone(note: ReportedNote) -> str:
    if note.review in ("refused", "gone"):
        return "bad"
    return "open" if note.review == "pending" else _TONES.get(note.state, "")


def _describe_event(event: ReportedEvent) -> str:
    what = _EVENTS.get(event.kind, event.kind)
    if event.by_creator:  # their words to crossover are nobody else's
        return f"{what}, by the creator"
    said = name_fields(parse_not_taken(event.said)) if event.kind == NOT_TAKEN else event.said
    return f"{what}: {said}" if said else what


def _describe_not_taken(note: ReportedNote, planned: Note | None) -> str:
    """Format as `seen by: for you only · topics`; of a private post without its words."""
    if note.is_private or planned is None:
        return name_fields(note.not_taken)
    return " · ".join(
        tell_planned(note.not_taken, planned, note.visibility_sent or note.visibility)
    )


def _is_web(url: str | None) -> bool:
    return url is not None and url.startswith("https://")


def _ranges(numbers: tuple[str, ...]) -> str:
    """Format as `1-6, 7.1, 7.2, 9`."""
    whole = join_ranges(int(number) for number in numbers if number.isdigit())
    texts = [((first, 0), format_range(first, last)) for first, last in whole]
    for number in numbers:
        post, _, part = number.partition(".")
        if part.isdigit():
            texts.append(((int(post), int(part)), number))
    return ", ".join(text for _, text in sorted(texts))
