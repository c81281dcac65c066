"""What is to hold for the note of any caption, each as a function that asserts it.

Whatever words there are: none is invented, none is lost without a change that names it, no letter is
cut in two, and the same words again become the same note.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping

import regex

from crossover.mapping.plain_text import clean_text
from crossover.model.choices import Rules, TitleInBody, TopicPolicy
from crossover.model.hashtags import fold_tag
from crossover.model.notes import Change, Note
from crossover.text import graphemes
from tests.makers import LIMITS, notes_of, post

_WORD = regex.compile(r"[\p{L}\p{N}][\p{L}\p{M}\p{N}]*")
_TAG = regex.compile(r"[#＃]\S+")
_TAKES_WORDS_OUT = (
    "hashtags become",
    "the title says it",
    "replied to",
    "TikTok names",
    "has room",
)
"""Reasons for which words leave a body."""
_NEVER = regex.compile(
    r"(?:repl(?:y|ying)(?: to)? )?@\w|https?:|www\."
    r"|(?:link in (?:my )?bio|follow (?:me )?for (?:more|part \d+)|comment [\"'“‘]?(?-i:[A-Z]{3,})"
    r"|like and (?:follow|share|subscribe)|tag (?:a friend|someone|your \w+)|wait for it"
    r"|watch (?:till|until|to) the end|save this(?: for later)?|dm me|swipe left"
    r"|link en (?:mi |la )?bio|s[ií]gueme para más|lien en bio|link in der bio"
    r"|(?:part|pt|ep|episode|day|vol)\.? ?#?\d+"
    r"|(?:absolutely )?(?:no ?one|nobody)(?=:)"
    r"|ad|gifted|sponsored|werbung|anzeige|publi|paid partnership|\d{1,2}[.)])[\s\p{P}\p{S}\p{M}]*$",
    regex.IGNORECASE,
)
_HANGING = regex.compile(r"(?<![Α-ώ]);$|[,:，：；、(（\[【「『«“¿¡|/–—-]$|(?:^|\s)\d{1,2}[.)]$")
KEEP = Rules(topics_policy=TopicPolicy.KEEP, title_in_body=TitleInBody.KEEP)


def note_of(caption: str, rules: Rules | None = None) -> Note:
    (made,) = notes_of(post(text=caption), rules)
    return made


def counted(made: Note) -> int:
    """The description as RedNote's own page counts it: UTF-16 units, markers included."""
    parts = [made.body] if made.body else []
    whole = " ".join([*parts, *(f"#{topic}[话题]#" for topic in made.topics)])
    return len(whole.encode("utf-16-le")) // 2 + bool(made.topics)


def counted_title(title: str) -> float:
    """The title as RedNote's own page counts it: half a unit for each ASCII letter."""
    units = title.encode("utf-16-le")
    codes = [units[at] + 256 * units[at + 1] for at in range(0, len(units), 2)]
    return sum(0.5 if code < 128 else 1 for code in codes)


def keeps_the_limits(made: Note) -> None:
    assert counted_title(made.title) <= LIMITS.title_units.value
    assert counted(made) <= LIMITS.description_chars.value
    assert len(made.topics) <= LIMITS.topics.value
    assert len({fold_tag(topic) for topic in made.topics}) == len(made.topics)
    for topic in made.topics:
        assert topic
        assert not regex.search(r"[\s#＃\[\]]", topic), "one word"


def breaks_no_letter(caption: str, made: Note) -> None:
    """Each letter is one of the caption; emoji that a blank parts may come together."""
    whole = _straight(clean_text(caption))
    parted = (whole, regex.sub(r"\s", "", whole), regex.sub("[¿¡]", " ", whole))
    there = {letter for text in parted for letter in graphemes(text)}
    for text in (made.title, *made.title_candidates, made.body):
        cut = graphemes(_straight(text).removesuffix("…"))
        assert {letter.strip() for letter in cut} <= {letter.strip() for letter in there} | {""}


def invents_no_word(caption: str, made: Note) -> None:
    """Each word of title and body is one of the caption, or a part of one: of a script without
    blanks, or the name within a hashtag. Topics are the caption's own, or added by a change."""
    plain = regex.sub("[#＃]", "", clean_text(caption).casefold())
    plain = f"{plain}\n{plain.replace('@', '')}"
    for text in (made.title, *made.title_candidates, made.body):
        for word in _WORD.findall(text.casefold()):
            assert word in plain
    own = {fold_tag(tag) for tag in _own_tags(caption)}
    added = {fold_tag(tag) for change in made.changes for tag in _topics(change, change.after)}
    assert {fold_tag(topic) for topic in made.topics} <= own | added


def loses_no_word(caption: str, made: Note) -> None:
    """Each word stands in title, body or topics, or in what a change says was there before; and the
    changes of the body lead from the caption to the body, word by word."""
    left = caption
    told: list[str] = []
    for change in made.changes:
        if change.field == "body":
            assert change.before == left
            left = change.after
            gone = Counter(_words(change.before)) - Counter(_words(change.after))
            if gone:
                assert any(why in change.why for why in _TAKES_WORDS_OUT), change.why
            if "hashtags become" in change.why:
                tags = fold_tag(" ".join(_TAG.findall(change.before)))
                assert all(
                    fold_tag(word) in tags or word in _words_text(change.after) for word in gone
                )
            if "the title says it" in change.why:
                assert set(gone) <= set(_words(made.title))
        elif change.field == "topics":
            told += [fold_tag(name) for tag in change.before.split() for name in _names(tag)]
    assert left == made.body
    kept = {fold_tag(topic) for topic in made.topics}
    for tag in _own_tags(caption):
        assert fold_tag(tag) in kept | set(told), tag


def is_a_title(made: Note) -> None:
    """Nothing that is never one: an order, a reply, a mark of a series or of advertising, the frame
    of a joke, a hashtag, an address, or what a cut must not end on."""
    for title in (made.title, *made.title_candidates):
        assert not _NEVER.match(title), title
        assert not _HANGING.search(title), title
        assert not regex.search(r"[#＃]\p{L}", title[:2]), title


def is_the_same_again(caption: str, made: Note) -> None:
    assert note_of(caption) == made
    body = note_of(caption, KEEP).body
    again = note_of(body, KEEP)
    assert again.body == body
    assert again.topics == ()


_PROMISES: Mapping[str, Callable[[str, Note], None]] = {
    "keeps the limits": lambda _, made: keeps_the_limits(made),
    "is a title": lambda _, made: is_a_title(made),
    "breaks no letter": breaks_no_letter,
    "invents no word": invents_no_word,
    "loses no word": loses_no_word,
    "is the same again": is_the_same_again,
}


def broken_promises(caption: str) -> list[str]:
    """What does not hold for the note of a caption, and why."""
    made, broken = note_of(caption), []
    for name, promise in _PROMISES.items():
        try:
            promise(caption, made)
        except AssertionError as exc:
            broken.append(f"{name}: {exc}")
    return broken


def _straight(text: str) -> str:
    return text.replace("’", "'").replace("‘", "'")


def _words(text: str) -> list[str]:
    return _WORD.findall(_words_text(text))


def _words_text(text: str) -> str:
    return clean_text(text).replace("’", "'").casefold()


def _names(tag: str) -> list[str]:
    return [name for name in regex.split(r"[#＃]", tag) if name]


def _topics(change: Change, text: str) -> list[str]:
    return (
        [name for tag in text.split() for name in _names(tag)] if change.field == "topics" else []
    )


def _own_tags(caption: str) -> tuple[str, ...]:
    from crossover.mapping.topics.hashtags import split_hashtags

    return split_hashtags(clean_text(caption)).tags
