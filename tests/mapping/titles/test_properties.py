"""What holds for the title of any words."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from crossover.mapping.plain_text import clean_text
from crossover.mapping.titles.candidates import find_candidates
from crossover.mapping.titles.languages import find_language
from crossover.mapping.titles.leads import is_no_title
from crossover.mapping.titles.ways import WHOLE_AT_THE_END
from crossover.text import graphemes, half_units
from tests.makers import notes_of, post
from tests.mapping.titles.goldens import read_goldens
from tests.mapping.titles.test_titles import note_of

_CAPTIONS = [golden.caption for golden in read_goldens()]
_WORDS = sorted({word for caption in _CAPTIONS for word in caption.split()})
_MARKS = [
    ".",
    ",",
    ":",
    ";",
    "!",
    "?",
    "…",
    "(",
    ")",
    "[",
    "]",
    '"',
    "“",
    "”",
    "«",
    "»",
    "¿",
    "¡",
    "「",
    "」",
    "【",
    "】",
    "|",
    "//",
    "–",
    "—",
    "-",
    "1)",
    "2.",
    "①",
]
_MORE = [
    *(
        "\n",
        "\n\n",
        "@name",
        "@brand.co",
        "#tag",
        "＃海边",
        "link in bio",
        "Part 3",
        "Ep. 7",
        "POV:",
    ),
    *(
        "no one:\n",
        "follow for more",
        "👩‍🍳",
        "🇵🇹",
        "❤️",
        "👇",
        "5'2\"",
        "$1,900",
        "https://a.example/b",
    ),
    *(
        "and",
        "with",
        "the",
        "of",
        "de",
        "mit",
        "для",
        "из",
        "の",
        "在",
        "Replying to @ana",
        "*gifted*",
    ),
]
WILD = st.one_of(
    st.lists(
        st.one_of(
            st.sampled_from(_WORDS),
            st.sampled_from(_MARKS + _MORE),
            st.text(max_size=6),
        ),
        max_size=40,
    ).map(" ".join),
    st.lists(st.sampled_from(_CAPTIONS), min_size=1, max_size=3).map(" ".join),
    st.builds(
        lambda caption, end: "".join(graphemes(caption)[:end]),
        st.sampled_from(_CAPTIONS),
        st.integers(0, 120),
    ),
)
_PAIRS = {pair[0]: pair[1] for pair in ("()", "[]", "（）", "【】", "「」", "“”", "«»")}
_SMILEY = re.compile(r"[:;=8xX]['’]?-?[()\[\]DPp3]")


def is_closed(text: str) -> bool:
    """Whether every bracket and quotation mark has its other half."""
    plain = _SMILEY.sub("", text)
    for opener, closer in _PAIRS.items():
        depth = 0
        for sign in plain:
            depth += (sign == opener) - (sign == closer)
            if depth < 0:
                return False
        if depth:
            return False
    return len(re.findall(r'(?<!\d)"', text)) % 2 == 0


@given(WILD)
def test_a_title_fits_and_says_nothing_that_the_caption_does_not(caption: str) -> None:
    made = note_of(caption)
    for title in (made.title, *made.title_candidates):
        assert half_units(title) <= 40
        source = iter(graphemes(clean_text(caption).replace("’", "'").replace("‘", "'")))
        letters = [letter for letter in graphemes(title.removesuffix("…")) if not letter.isspace()]
        assert all(letter in source for letter in letters), "in order, each whole"


@given(WILD)
def test_a_title_ends_and_begins_well(caption: str) -> None:
    made = note_of(caption)
    for title in (made.title, *made.title_candidates):
        assert title == title.strip()
        assert not re.search(r"[,:;，：；(\[“«¿¡|/–—-]$", title)
        assert not re.search(r"(?:^|\s)\d{1,2}[.)]$", title), "no list number"
        assert not re.match(r"[,:;.!?)\]”»|/]", title)
        assert is_closed(title)
        assert "¿" not in title or "?" in title
        assert not re.search(r"(?:^|\s)@\w|https?://|\n", title)


@given(WILD)
def test_no_cut_ends_on_a_small_word_and_nothing_is_an_order(caption: str) -> None:
    language = find_language(caption)
    for found in find_candidates(caption, language, 40):
        assert not is_no_title(found.text, language)
        if found.way not in WHOLE_AT_THE_END:
            last = found.text.removesuffix("…").split()[-1].strip("\"'”»!?,.").casefold()
            assert last not in language.small


@given(WILD)
def test_each_change_of_the_words_begins_where_the_last_ended(caption: str) -> None:
    made = note_of(caption)
    steps = [change for change in made.changes if change.field == "body"]
    text = caption
    for step in steps:
        assert step.before == text
        text = step.after
    assert text == made.body
    titles = [change.after for change in made.changes if change.field == "title"]
    assert titles[-1:] == ([made.title] if made.title else [])


@given(WILD)
def test_the_same_words_give_the_same_title(caption: str) -> None:
    assert note_of(caption) == note_of(caption)


@given(WILD)
def test_a_title_is_its_own_title(caption: str) -> None:
    title = note_of(caption).title
    if title:
        (again,) = notes_of(post(text=None, title=title))
        assert again.title == title
