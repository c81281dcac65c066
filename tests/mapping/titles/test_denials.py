"""A title never says the opposite of its caption: what stands behind a "never" or "don't" is not
taken without it."""

from __future__ import annotations

import pytest

from crossover.mapping.titles.languages import find_language
from tests.mapping.titles.test_titles import codes, note_of

SENTENCES = [
    ("en", "you don't need a gym membership for a six pack, you need this kitchen chair", "don't"),
    ("en", "why you should never wash your cast iron pan with soap and hot water", "never"),
    (
        "en",
        "please don't feed your dog grapes or raisins, here's why it nearly killed mine",
        "don't",
    ),
    ("en", "If you have curly hair don't ever brush it dry with a normal brush", "don't"),
    ("en", "stop buying the most expensive pan in the shop for your eggs", "stop"),
    ("en", "avoid the most crowded beach of the island in the summer", "avoid"),
    ("en", "no sugar banana bread that my kids eat every single morning", "no"),
    ("es", "nunca le des chocolate a tu perro aunque te mire con esa cara", "nunca"),
    ("pt", "Nunca deixe o seu cachorro sozinho no carro num dia de calor", "Nunca"),
    ("fr", "N'utilisez jamais une poêle en fonte avec du savon et de l'eau chaude", "N'"),
    ("it", "Non mettere mai la panna nella carbonara della nonna romana", "Non"),
    ("pl", "Nigdy nie myj swojej patelni żeliwnej mydłem ani gorącą wodą", "Nigdy"),
    ("tr", "Bu tavayı asla sıcak su ve deterjan ile bulaşık makinesinde yıkama", "asla"),
    ("id", "Jangan pernah mencuci wajan besi kamu dengan sabun dan air panas", "Jangan"),
    ("vi", "Đừng bao giờ rửa cái chảo gang của bạn bằng xà phòng nóng", "Đừng"),
    ("sv", "Tvätta aldrig din gjutjärnspanna med diskmedel och varmt vatten", "aldrig"),
    ("ru", "Никогда не мойте мою чугунную сковороду с мылом", "Никогда"),
    ("uk", "Ніколи не мийте мою чавунну сковорідку з милом і водою", "Ніколи"),
    ("ar", "لا تغسل مقلاة الحديد أبدا مع الصابون والماء الساخن", "لا"),
    ("he", "אל תשטפו את המחבת הזאת עם סבון ומים חמים אף פעם", "אל"),
    ("el", "Μην πλένεις ποτέ το μαντεμένιο τηγάνι με σαπούνι", "Μην"),
    ("zh", "千万不要用洗洁精和热水洗你的铸铁锅，会生锈的哦", "不要"),
]
LATE = [
    ("de", "Ich esse mein Müsli seit drei Jahren morgens nicht mehr mit Milch"),
    ("nl", "Ik eet mijn brood al drie jaar elke ochtend niet meer met boter"),
    ("sv", "Jag äter min gröt varje morgon med mjölk inte längre"),
    ("hi", "इस तवे को साबुन और गर्म पानी से कभी मत धोना दोस्तों"),
    ("ko", "이 프라이팬은 세제와 뜨거운 물로 설거지할 때 절대 씻지 마세요 여러분"),
]


@pytest.mark.parametrize(("code", "caption", "denial"), SENTENCES)
def test_no_part_of_a_sentence_loses_its_never(code: str, caption: str, denial: str) -> None:
    made = note_of(caption)
    assert find_language(caption).code == code
    assert made.title
    for title in made.title_candidates:
        assert denial in title


@pytest.mark.parametrize(("code", "caption"), LATE)
def test_where_not_stands_late_what_stands_before_it_is_marked_as_cut(
    code: str, caption: str
) -> None:
    made = note_of(caption)
    assert find_language(caption).code == code
    assert made.title.endswith("…")
    assert "title-cut" in codes(made)
    assert all(title.endswith("…") for title in made.title_candidates)


def test_a_later_clause_of_the_sentence_is_no_title_either() -> None:
    made = note_of("don't ever do this at home with your kids around 🙅 my favourite party trick")
    assert all("don't" in title for title in made.title_candidates)


@pytest.mark.parametrize(
    ("caption", "title"),
    [
        (
            "I can't believe my grandma made this wedding cake all by herself 🎂",
            "this wedding cake all by herself",
        ),
        (
            "nobody talks about how loud a fridge is when you are sad",
            "how loud a fridge is when you are sad",
        ),
        ("I quit my corporate job to make candles and never looked back again", None),
    ],
)
def test_a_not_that_denies_nothing_does_not_hold_a_part_back(
    caption: str, title: str | None
) -> None:
    assert note_of(caption).title == (title or "I quit my corporate job to make candles")
