"""Checks a note against RedNote's limits and rules. Only firm limits hold a note; others warn."""

from __future__ import annotations

from collections.abc import Iterator

from crossover.limits.limits import Limit, Limits
from crossover.mapping.body import count_description_chars
from crossover.mapping.checks.guidelines import GUIDELINE_AREA, find_areas
from crossover.mapping.checks.whole_words import find_words
from crossover.mapping.note_text import NoteText
from crossover.mapping.off_platform import find_off_platform
from crossover.mapping.topics.choose import is_unknown_community
from crossover.mapping.topics.hashtags import find_glued, format_hashtags
from crossover.model.choices import (
    Edit,
    LongText,
    ManyPictures,
    OffPlatform,
    Rules,
    TitleChoice,
)
from crossover.model.notes import Level, Problem
from crossover.model.posts import Declaration
from crossover.text import title_length, title_units

_DECLARED = {
    Declaration.NONE: "nothing",
    Declaration.FICTION: "fiction",
    Declaration.AI: "made with AI",
    Declaration.AD: "advertising",
    Declaration.SELF_SHOT: "shot by yourself",
    Declaration.REPOST: "reposted",
}


def check_words(title: str, body: str, rule: OffPlatform) -> Iterator[Problem]:
    """Warn of words that RedNote is known to punish, or hold the note where the rule says so."""
    level = Level.ERROR if rule is OffPlatform.HOLD else Level.WARNING
    for away in find_off_platform(f"{title}\n{body}"):
        holds = f"The words hold {away.what} ({away.found!r})"
        advice = (
            "Consider leaving it out; `off_platform: drop-line` in crossover.yaml leaves out"
            f" {away.sentence!r}."
        )
        if away.asks:
            yield Problem("asks-away", level, f"{holds}; on RedNote it leads nowhere.", advice)
        else:
            message = f"{holds}; RedNote punishes pointing people elsewhere (站外引流)."
            yield Problem("steers-away", level, message, advice)


def check_watched(
    title: str, body: str, topics: tuple[str, ...], watch: tuple[str, ...]
) -> Iterator[Problem]:
    """Warn of the words that the creator watches for."""
    if watch and (found := find_words(watch, "\n".join([title, body, *topics]))):
        yield Problem(
            "watched-word",
            Level.WARNING,
            f"It has {' and '.join(map(repr, found))}, which you watch for.",
            "Have a look: change its words, or let it go. `watch` in crossover.yaml has your list.",
        )


def check_guidelines(
    title: str, body: str, topics: tuple[str, ...], declaration: Declaration
) -> Iterator[Problem]:
    """Name the areas of RedNote's guidelines that the words touch."""
    for area, words in find_areas("\n".join([title, body, *topics]), declaration):
        advice = "Read it once more, and decide: nothing has to change."
        if area.unless:
            advice = f"If it is so: `declaration: {area.unless}` in edits.yaml or in the sheet."
        yield Problem(
            GUIDELINE_AREA,
            Level.NOTE,
            f"RedNote's guidelines name this area: {area.name}. The words here: {words!r}.",
            advice,
        )


def check_hashtags(body: str) -> Iterator[Problem]:
    """Warn of hashtags that hang on a word, and so may be none."""
    if glued := find_glued(body):
        yield Problem(
            "hashtags-glued",
            Level.WARNING,
            f"{' '.join(glued)} hangs on a word, so it stays in the text and is no topic.",
            "Put a blank before it in your own text, if it is meant as hashtags.",
        )


def check_topics(topics: tuple[str, ...]) -> Iterator[Problem]:
    """Warn of topics that may be known on TikTok alone."""
    unknown = [topic for topic in topics if is_unknown_community(topic)]
    if unknown:
        yield Problem(
            "topic-unknown",
            Level.WARNING,
            f"{format_hashtags(unknown)} may be a community of TikTok that RedNote does not know.",
            "Leave it out with `topics.drop` in crossover.yaml, or give it a word of your own.",
        )


def check_lengths(
    title: str, body: str, topics: tuple[str, ...], limits: Limits
) -> Iterator[Problem]:
    """Check title, text and number of topics. What the creator wrote is never cut, so it may be too
    long."""
    units, chars = limits.title_units, limits.description_chars
    if title_units(title) > units.value:
        message = f"The title has {title_length(title, units.value)}."
        yield _too_long("title-long", message, units)
    if (length := count_description_chars(body, topics)) > chars.value:
        message = f"The text with its topics has {length:,} of {chars.value:,} letters."
        yield _too_long("text-long", message, chars)
    if len(topics) > limits.topics.value:
        level = Level.ERROR if limits.topics.firm else Level.WARNING
        message = f"It has {len(topics)} of {limits.topics.value} topics."
        yield Problem("topics-many", level, message, "Leave some out where you wrote them.")


def _too_long(code: str, message: str, limit: Limit) -> Problem:
    level = Level.ERROR if limit.firm else Level.WARNING
    return Problem(code, level, message, "Shorten it where you wrote it.")


def check_title(title: str, text: NoteText, edit: Edit) -> Iterator[Problem]:
    """Warn of an empty title, and of one that was cut. `title` is the one the note gets, numbered
    or not. A note without any words waits for them, and is not warned of."""
    if not text.title and (text.body or text.topics):
        message = "The note has no title; RedNote shows the beginning of the text instead."
        if title:
            message = "Its title is the number of its part, and nothing else."
        advice = "Have a look: give it a title, or leave it."
        yield Problem("no-title", Level.WARNING, message, advice)
    if text.lost_choice:
        yield Problem(
            "title-choice",
            Level.WARNING,
            _explain_lost_choice(text, text.lost_choice, edit),
            "Choose anew: `title_candidate` in the sheet or in edits.yaml, or a title of your own.",
        )
    elif text.title_broken:
        yield Problem(
            "title-cut",
            Level.WARNING,
            "Its title was cut within a sentence.",
            "Have a look: give it a title of your own, or leave it.",
        )


def _explain_lost_choice(text: NoteText, choice: TitleChoice, edit: Edit) -> str:
    chosen = repr(choice.title) if choice.title else f"title {choice.place}"
    chose = f"You chose {chosen} of the titles in its words"
    if edit.title is not None:
        return f"{chose}, and wrote a title too; what you wrote is taken."
    if choice.title:
        return f"{chose}, and they do not have that now."
    count = len(text.title_candidates)
    return f"{chose}, and they have {f'only {count}' if count else 'none'} now."


def check_body_cut(text: NoteText, rules: Rules, *, pictures: int) -> Iterator[Problem]:
    """Warn of a text that lost its end. `pictures` are those of its post, 0 for a video."""
    advice = "Have a look: shorten it yourself, or leave it."
    if rules.long_text is LongText.SECOND_PART:
        if not pictures:
            what = "a video is one note"
        elif pictures > 1 and rules.many_pictures is ManyPictures.FIRST:
            what = "`many_pictures: first` keeps it one note"
        else:
            what = "its pictures are too few"
        advice = f"It cannot go on in a further part: {what}. {advice}"
    elif pictures > 1:
        advice = f"{advice} `long_text: second-part` lets it go on with some of the pictures."
    if text.left_out:
        yield Problem(
            "body-cut",
            Level.WARNING,
            f"Its text is longer than RedNote takes: the last {text.left_out:,} letters are left"
            " out.",
            advice,
        )


def check_ad(text: NoteText, declaration: Declaration, edit: Edit) -> Iterator[Problem]:
    """Warn where words of the caption say that it is advertising."""
    if not text.ad:
        return
    said = f"Its words say that somebody paid for it ({text.ad!r})"
    declared = _DECLARED[declaration]
    other = "Another one: `declaration` under its number in edits.yaml, or in the sheet."
    if declaration is Declaration.AD:
        if edit.declaration is not Declaration.AD:
            message = f"{said}, so it is declared as advertising."
            advice = "If it is none: `declaration: none` in edits.yaml or in the sheet."
            yield Problem("declared-ad", Level.WARNING, message, advice)
    elif edit.declaration is Declaration.NONE:
        message = f"{said}, and you say that it is no advertising."
        advice = "If it is: `declaration: ad` in edits.yaml or in the sheet."
        yield Problem("declared-ad", Level.WARNING, message, advice)
    elif edit.declaration is not None:
        message = f"{said}, and you declare it as {declared}."
        yield Problem("declared-ad", Level.WARNING, message, other)
    else:
        message = f"{said}, and it is declared as {declared}: RedNote takes one of both."
        yield Problem("declared-ad", Level.WARNING, message, other)


def check_declaration(declaration: Declaration, limits: Limits) -> Iterator[Problem]:
    """Warn of a declaration whose number on RedNote is not certain."""
    if not limits.declarations[declaration].firm:
        yield Problem(
            "declaration-unsure",
            Level.WARNING,
            f"It is declared as {_DECLARED[declaration]}; whether RedNote takes it so is not"
            " certain.",
            "Look at its declaration on RedNote once it is there.",
        )
    if declaration is Declaration.REPOST:
        yield Problem(
            "repost-source",
            Level.WARNING,
            "It is declared as reposted; RedNote wants the source then, which is not sent along.",
            "Name the source in its text, and on RedNote once it is there.",
        )


def check_original(*, original: bool) -> Iterator[Problem]:
    """Tell that original work is claimed by hand: how that is sent is not known."""
    if original:
        yield Problem(
            "original-by-hand",
            Level.NOTE,
            "You claim it as your original work (原创); that switch is not sent along.",
            "Set the switch (原创声明) on RedNote once the note is there.",
        )
