"""Title, text and topics of a note: what the creator wrote for it, else what TikTok's words become.

What is derived is cut to the limits, and the cut explained. What the creator wrote is never cut:
over a limit, the note waits, and the checks say by how many letters.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from crossover.limits.limits import Limits
from crossover.mapping.bilingual import arrange_languages
from crossover.mapping.body import count_description_chars, count_left_out, fit_body, split_body
from crossover.mapping.declarations import find_ad
from crossover.mapping.mentions import unlink_mentions
from crossover.mapping.off_platform import drop_off_platform
from crossover.mapping.plain_text import clean_text
from crossover.mapping.titles.in_body import drop_title
from crossover.mapping.titles.leads import remove_reply_prefix, remove_stitched_name
from crossover.mapping.titles.title import Title, make_title
from crossover.mapping.topics.choose import Fits, choose_topics
from crossover.mapping.topics.hashtags import format_hashtags, split_hashtags
from crossover.model.choices import (
    YOURS,
    Edit,
    LongText,
    Mentions,
    OffPlatform,
    Rules,
    TitleChoice,
    TitleInBody,
)
from crossover.model.notes import Change
from crossover.model.posts import Post
from crossover.text import utf16_length

_HIDDEN = "line ends and letters in their plain form, hidden characters removed"
_TAGS = "hashtags become RedNote topics, behind the text"
_NAMES = "TikTok names are not people on RedNote, and count against a note"
_REPLY = "who you replied to on TikTok is nobody on RedNote"
_SAID_ONCE = "the title says it (`title_in_body: keep` in crossover.yaml leaves it here too)"
_GOES_ON = (
    "part {} of {} of a text that is longer than RedNote takes (`long_text` in crossover.yaml)"
)
_AWAY = "it leads away from RedNote (`off_platform` in crossover.yaml)"
_LANGUAGES = "which language comes first, or alone, is your rule (`languages` in crossover.yaml)"
_DATED = "the day of the post, as your rules say (`original_date` in crossover.yaml)"


@dataclass(frozen=True, slots=True)
class NoteText:
    """Title, body and topics of a note, and every change that led to them.

    `title_candidates` are the best titles, the first the one that is taken unless the creator wrote
    another; `title_broken`: that was cut within a clause; `lost_choice`: the creator chose one that
    is not there, or wrote one as well. `pieces`: over so many notes its text goes on. `left_out`
    counts the letters that a cut of the body left out. `ad`: the words by which the caption says
    that somebody paid for it.
    """

    title: str
    body: str
    topics: tuple[str, ...]
    changes: tuple[Change, ...]
    title_candidates: tuple[str, ...] = ()
    title_broken: bool = False
    lost_choice: TitleChoice | None = None
    left_out: int = 0
    pieces: int = 1
    ad: str = ""


@dataclass(frozen=True, slots=True)
class _Words:
    """A text of TikTok's without its hashtags, its names still with their @."""

    text: str
    tags: tuple[str, ...]
    changes: tuple[Change, ...]


def make_note_text(
    post: Post, edit: Edit, rules: Rules, limits: Limits, part: tuple[int, int] = (1, 1)
) -> NoteText:
    """Make title, body and topics of the note that `post` becomes. The creator's edits come
    first. `part`: which of how many notes, so that numbered titles may be shorter, and a long text
    may go on in the next one."""
    words = _split("body", post.text or "", rules)
    of_title = _split("title", post.title or "", rules)
    units = limits.title_units.value
    made = make_title(unlink_mentions(of_title.text), words.text, units=units, rules=rules)
    title, title_changes = made.text, (*of_title.changes, *made.changes)
    if edit.title is not None:
        title, title_changes = _apply_own_title(post.title or "", title, title_changes, edit.title)
    else:
        title, title_changes = _choose_title(made, title_changes, edit.title_candidate)
    said_once = rules.title_in_body is TitleInBody.DROP and title == made.text and part[1] == 1
    text, text_changes = _finish_text(words, made, rules, said_once=said_once)
    date = rules.original_date.replace("{date}", f"{post.posted_at:%Y-%m-%d}")
    topics, topic_changes = choose_topics(
        (*words.tags, *of_title.tags),
        f"{of_title.text}\n{words.text}".strip(),
        rules,
        most=min(rules.topics_max, limits.topics.value),
        fits=_room_beside(
            [_add_line(text, date), *([clean_text(edit.body)] if edit.body else [])], limits
        ),
    )
    derived = topics
    pieces = _share_text(text, topics, rules, limits, date, part[1])
    text, date, share_changes = _take_share(text, date, pieces, part[0])
    text_changes = (*text_changes, *share_changes)
    body, cut_changes, left_out = _fit_body(text, topics, limits, date)
    own_tags: tuple[str, ...] = ()
    # What the note would say anyway is no edit, as long as its topics stay the same too.
    own_body = edit.body is not None and (
        clean_text(edit.body) != body or edit.topics not in (None, topics)
    )
    if edit.body is not None and own_body:
        body, own_tags, text_changes = _apply_own_body(post.text or "", edit.body)
        if not title and edit.title is None:
            made = make_title(None, body, units=units, rules=rules)
            title, title_changes = _choose_title(made, made.changes, edit.title_candidate)
    if edit.topics is not None or own_tags:
        topics, topic_changes = _apply_own_topics(topics, topic_changes, edit.topics, own_tags)
    if not own_body:
        if topics != derived:
            body, cut_changes, left_out = _fit_body(text, topics, limits, date)
        text_changes = (*text_changes, *cut_changes)
    return NoteText(
        title,
        body,
        topics,
        (*title_changes, *text_changes, *topic_changes),
        title_candidates=made.candidates,
        title_broken=made.broken and title == made.text,
        lost_choice=_find_lost_choice(made, edit),
        left_out=0 if own_body else left_out,
        pieces=1 if own_body else len(pieces),
        ad=find_ad(words.text, words.tags),
    )


def _split(field: str, text: str, rules: Rules) -> _Words:
    """Take the hashtags out of a text of TikTok's, put its languages in their order, and list each
    change made."""
    if not text:
        return _Words("", (), ())
    plain = clean_text(text)
    split = split_hashtags(plain)
    steps = ((text, plain, _HIDDEN), (plain, split.text, _TAGS))
    changes = tuple(_list_changes(field, *steps))
    bare = split.text
    if field == "body":
        bare = remove_reply_prefix(remove_stitched_name(bare, plain))
    arranged = arrange_languages(bare, rules.languages)
    more = _list_changes(field, (split.text, bare, _REPLY), (bare, arranged, _LANGUAGES))
    return _Words(arranged, split.tags, (*changes, *more))


def _finish_text(
    words: _Words, title: Title, rules: Rules, *, said_once: bool
) -> tuple[str, tuple[Change, ...]]:
    """Make the text of the note of the caption without its hashtags, and list each change made."""
    rest = drop_title(words.text, title) if said_once else words.text
    stays = rest
    if rules.off_platform is OffPlatform.DROP_LINE:
        stays = drop_off_platform(rest)
    names = rules.mention_names if rules.mentions is Mentions.TABLE else {}
    final = unlink_mentions(stays, rules.mentions, names)
    steps = (
        (words.text, rest, _SAID_ONCE),
        (rest, stays, _AWAY),
        (stays, final, _NAMES),
    )
    return final, (*words.changes, *_list_changes("body", *steps))


def _room_beside(texts: Sequence[str], limits: Limits) -> Fits:
    """Tell whether a note has room for topics beside its text, whichever of these it gets. One that
    has no room for itself is cut anyway, and then a sentence more for its topics."""
    limit = limits.description_chars.value
    whole = [text for text in texts if count_description_chars(text, ()) <= limit]
    return lambda topics: all(count_description_chars(text, topics) <= limit for text in whole)


def _share_text(
    text: str, topics: tuple[str, ...], rules: Rules, limits: Limits, date: str, parts: int
) -> tuple[str, ...]:
    """Share a long text out among the notes of its post, where the rule says so."""
    if rules.long_text is LongText.CUT:
        return (text,)
    limit, aim = _room_above(date, limits)
    return split_body(text, topics, limit=limit, aim=aim, most=parts)


def _take_share(
    text: str, date: str, pieces: tuple[str, ...], index: int
) -> tuple[str, str, tuple[Change, ...]]:
    """Take what one note, from 1, gets of a text that was shared out; the line `date` stands behind
    the last of its pieces."""
    if len(pieces) == 1:
        return text, date, ()
    piece = pieces[index - 1] if index <= len(pieces) else ""
    change = Change("body", text, piece, _GOES_ON.format(index, len(pieces)))
    return piece, date if index == len(pieces) else "", (change,)


def _fit_body(
    text: str, topics: tuple[str, ...], limits: Limits, date: str
) -> tuple[str, tuple[Change, ...], int]:
    """Cut the text to the limits, with the line `date` behind it, and count what is left out."""
    limit, aim = _room_above(date, limits)
    short, changes = fit_body(text, topics, limit=limit, aim=aim)
    dated = _add_line(short, date)
    left_out = count_left_out(text, short) if changes else 0
    return dated, (*changes, *_list_changes("body", (short, dated, _DATED))), left_out


def _room_above(date: str, limits: Limits) -> tuple[int, int]:
    """Count the UTF-16 units that a text may have above the line `date`, and those to aim at."""
    taken = utf16_length(date) + 1 if date else 0
    return limits.description_chars.value - taken, limits.description_aim.value - taken


def _add_line(text: str, line: str) -> str:
    return text if text.endswith(line) else f"{text}\n{line}".strip()


def _apply_own_title(
    original: str, derived: str, changes: tuple[Change, ...], own: str
) -> tuple[str, tuple[Change, ...]]:
    final = " ".join(clean_text(own).split())
    if final == derived:
        return derived, changes
    return final, tuple(_list_changes("title", (original, own, YOURS), (own, final, _HIDDEN)))


def _choose_title(
    made: Title, changes: tuple[Change, ...], choice: TitleChoice | None
) -> tuple[str, tuple[Change, ...]]:
    """Take the title that the creator chose of those found in the words; the best where they chose
    none, or one that is not there."""
    chosen = _find_choice(made, choice) if choice else None
    if chosen is None or chosen == made.text:
        return made.text, changes
    return chosen, (*changes, Change("title", made.text, chosen, YOURS))


def _find_choice(made: Title, choice: TitleChoice) -> str | None:
    """Find the title that was chosen. Its words decide, wherever they stand now."""
    if choice.title:
        return choice.title if choice.title in made.candidates else None
    there = 1 <= choice.place <= len(made.candidates)
    return made.candidates[choice.place - 1] if there else None


def _find_lost_choice(made: Title, edit: Edit) -> TitleChoice | None:
    choice = edit.title_candidate
    if choice is None or (edit.title is None and _find_choice(made, choice) is not None):
        return None
    return choice


def _apply_own_body(original: str, own: str) -> tuple[str, tuple[str, ...], tuple[Change, ...]]:
    plain = clean_text(own)
    split = split_hashtags(plain)
    steps = ((original, own, YOURS), (own, plain, _HIDDEN), (plain, split.text, _TAGS))
    return split.text, split.tags, tuple(_list_changes("body", *steps))


def _apply_own_topics(
    derived: tuple[str, ...],
    changes: tuple[Change, ...],
    chosen: tuple[str, ...] | None,
    more: tuple[str, ...],
) -> tuple[tuple[str, ...], tuple[Change, ...]]:
    wanted = (*(derived if chosen is None else map(clean_text, chosen)), *more)
    once = {name.casefold(): name for name in reversed(wanted) if name}
    topics = tuple(once.values())[::-1]
    if topics == derived:
        return derived, changes
    if chosen is None:
        behind = format_hashtags(name for name in topics if name not in derived)
        return topics, (*changes, Change("topics", "", behind, "the hashtags in your text"))
    dropped = (change.before for change in changes if not change.after)
    before = " ".join(part for part in (format_hashtags(derived), *dropped) if part)
    return topics, (Change("topics", before, format_hashtags(topics), YOURS),)


def _list_changes(field: str, *steps: tuple[str, str, str]) -> Iterator[Change]:
    for before, after, why in steps:
        if before != after:
            yield Change(field, before, after, why)
