"""Hashtags are found as people write them, and what is no topic never becomes one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossover.mapping.topics.hashtags import find_glued, split_hashtags
from crossover.mapping.topics.tag_kinds import TagKind, kind_of
from crossover.model.choices import Rules, TitleInBody
from crossover.model.hashtags import fold_tag
from crossover.model.notes import Level, Note
from tests.makers import notes_of, post


def map_caption(caption: str) -> Note:
    (made,) = notes_of(post(text=caption), Rules(title_in_body=TitleInBody.KEEP))
    return made


# --- tags on words, in scripts that write no blanks -------------------------------------------


@pytest.mark.parametrize(
    ("caption", "body", "tags"),
    [
        ("周末去看海#海边#旅行", "周末去看海", ("海边", "旅行")),
        ("周末去看海#海边", "周末去看海", ("海边",)),
        ("今日のランチ#ランチ#カフェ巡り", "今日のランチ", ("ランチ", "カフェ巡り")),
        ("今日のランチ#ランチ", "今日のランチ", ("ランチ",)),
        ("三步学会拉花#咖啡#拉花#手作", "三步学会拉花", ("咖啡", "拉花", "手作")),
        ("วันนี้ทำข้าวผัด#ทำอาหาร#อร่อย", "วันนี้ทำข้าวผัด", ("ทำอาหาร", "อร่อย")),
    ],
)
def test_tags_behind_a_text_without_blanks_go(
    caption: str, body: str, tags: tuple[str, ...]
) -> None:
    split = split_hashtags(caption)
    assert (split.text, split.tags) == (body, tags)


@pytest.mark.parametrize(
    ("caption", "body"),
    [
        ("今天去#海边", "今天去海边"),
        ("最喜欢的城市是#上海", "最喜欢的城市是上海"),
        ("我在#上海#北京", "我在上海"),
        ("ここは#京都#カフェ巡り", "ここは京都"),
        ("今天#海边 真好", "今天海边 真好"),
    ],
)
def test_a_tag_in_a_sentence_without_blanks_stays_a_word_of_it(caption: str, body: str) -> None:
    assert split_hashtags(caption).text == body


def test_tags_on_a_latin_word_stay_and_are_worth_a_look() -> None:
    made = map_caption("so proud of this one#clay#smallbusiness")
    assert made.body == "so proud of this one#clay#smallbusiness"
    (problem,) = made.problems
    assert (problem.code, problem.level) == ("hashtags-glued", Level.WARNING)
    assert "#clay#smallbusiness" in problem.message


@pytest.mark.parametrize(
    "text", ["in C#minor", "mi#fa", "I ranked #1 in C#", "https://x.org/ab#section"]
)
def test_a_sign_of_another_meaning_is_no_glued_tag(text: str) -> None:
    assert find_glued(text) == ()


# --- joiners and numbers ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("caption", "body", "tags"),
    [
        (
            "අද උයන්න ලේසියි #ශ්\u200dරී_ලංකාව #කෑම",
            "අද උයන්න ලේසියි",
            ("ශ්\u200dරී_ලංකාව", "කෑම"),
        ),
        (
            "یک روز در کارگاه #آموزش\u200cآشپزی #سفال",
            "یک روز در کارگاه",
            ("آموزش\u200cآشپزی", "سفال"),
        ),
        ("cooking #chef👩\u200d🍳 #home", "cooking 👩\u200d🍳", ("chef", "home")),
    ],
)
def test_a_joiner_is_a_letter_of_its_tag(caption: str, body: str, tags: tuple[str, ...]) -> None:
    split = split_hashtags(caption)
    assert (split.text, split.tags) == (body, tags)


@pytest.mark.parametrize(
    ("caption", "body", "tags"),
    [
        (
            "New year reset 🎉 #2025 #newyear #reset",
            "New year reset 🎉",
            ("2025", "newyear", "reset"),
        ),
        ("New year reset #newyear #2025", "New year reset", ("newyear", "2025")),
        ("New year reset #2025", "New year reset", ("2025",)),
        ("good luck ✨ #777 #luck", "good luck ✨", ("777", "luck")),
        ("新年快乐#新年#2025", "新年快乐", ("新年", "2025")),
    ],
)
def test_a_number_among_the_tags_behind_a_text_is_one(
    caption: str, body: str, tags: tuple[str, ...]
) -> None:
    split = split_hashtags(caption)
    assert (split.text, split.tags) == (body, tags)


@pytest.mark.parametrize("end", ["from it.", "what for?", "I said so!", "and so…"])
def test_behind_the_end_of_a_sentence_no_tag_goes_on_with_it(end: str) -> None:
    assert split_hashtags(f"I kept taking water {end} #ocean #clay").text.endswith(end)


@pytest.mark.parametrize(
    ("caption", "text"),
    [
        ("things I would never admit to #gymbag #gymgirl", "things I would never admit to"),
        ("this is what my days look like #quitmyjob #slow", "this is what my days look like"),
        ("do them in this order #examtips #study", "do them in this order"),
        ("so many thanks to #mybakery", "so many thanks to mybakery"),
        ("a weekend in #lisbon #portugal", "a weekend in lisbon"),
        ("un fin de semana en la #playa #verano", "un fin de semana en la playa"),
    ],
)
def test_of_several_tags_behind_a_text_one_is_a_word_of_it_only_where_it_must(
    caption: str, text: str
) -> None:
    assert split_hashtags(caption).text == text


@pytest.mark.parametrize(
    ("caption", "body"),
    [
        ("order #1482 is going all the way #asmr", "order #1482 is going all the way"),
        ("packing order #1482 #asmr", "packing order #1482"),
        ("I ranked #1 in C# #coding", "I ranked #1 in C#"),
        ("back in #2016 #memories", "back in #2016"),
        ("#404 not found", "#404 not found"),
        ("that was #100％ #joy", "that was #100％"),
    ],
)
def test_a_number_in_a_sentence_stays_a_number(caption: str, body: str) -> None:
    assert split_hashtags(caption).text == body


@given(st.text(st.sampled_from("#＃ ab海边は12345ශ්\u200d\u200c🎉@.!"), max_size=40))
def test_every_word_of_a_caption_is_text_or_tag(caption: str) -> None:
    split = split_hashtags(caption)
    for letter in "ab海边は12345":
        left = split.text.count(letter) + sum(tag.count(letter) for tag in split.tags)
        assert bool(left) is (letter in caption)


@given(st.text(st.sampled_from("#＃ ab海边は12345ශ්\u200d\u200c🎉@.!"), max_size=40))
def test_a_text_that_tags_were_taken_out_of_holds_none_to_take_out(caption: str) -> None:
    once = split_hashtags(caption).text
    assert split_hashtags(once).text == once


# --- what is no topic -------------------------------------------------------------------------

FOR_YOU = {
    "English": ("fyp", "foryoupage", "FYPシ゚viral", "goviralll"),
    "Spanish": ("parati", "paratiii", "paratí"),
    "Portuguese": ("paravocê", "pravoce"),
    "French": ("pourtoi", "pourtoipage"),
    "German": ("fürdich", "fuerdichseite"),
    "Italian": ("perte", "neiperte"),
    "Dutch": ("voorjou",),
    "Swedish": ("fördig",),
    "Polish": ("dlaciebie",),
    "Russian": ("рекомендации", "вреках"),
    "Turkish": ("keşfet", "KEŞFETTEYİZ"),
    "Arabic": ("اكسبلور", "لك"),
    "Hebrew": ("בשבילך",),
    "Hindi": ("वायरल",),
    "Vietnamese": ("xuhướng", "xuhuong2025"),
    "Thai": ("ขึ้นฟีดเถอะ",),
    "Indonesian": ("masukberanda",),
    "Japanese": ("おすすめにのりたい", "運営さん大好き"),
    "Korean": ("추천떠라",),
    "Chinese": ("上热门", "推薦", "抖音小助手"),
    "TikTok's name": ("learnontiktok", "TikTokIndia", "тикток", "틱톡"),
}


@pytest.mark.parametrize("language", FOR_YOU)
def test_a_tag_about_tiktok_is_known_in_every_language(language: str) -> None:
    assert {tag: kind_of(tag) for tag in FOR_YOU[language]} == dict.fromkeys(
        FOR_YOU[language], TagKind.PLATFORM
    )


@pytest.mark.parametrize(
    "tag",
    [
        *("pertedepoids", "viralrecipe", "trendforecast", "ticktock", "restock", "livestock"),
        *("partner", "foryourhealth", "reel", "threads", "advent", "prague", "likeness"),
    ],
)
def test_a_word_that_only_begins_like_one_is_a_topic(tag: str) -> None:
    assert kind_of(tag) is None


@pytest.mark.parametrize(
    ("tag", "kind"),
    [
        *((tag, TagKind.AD) for tag in ("ad", "Gifted", "sponsored", "PRgifted", "werbung")),
        *((tag, TagKind.AD) for tag in ("anzeige", "publi", "pr", "提供", "広告", "реклама")),
        *((tag, TagKind.ORDER) for tag in ("waitforit", "LinkInBio", "follow4follow", "part2")),
        *((tag, TagKind.ELSEWHERE) for tag in ("InstaGood", "youtubeshorts", "微博")),
        *((tag, TagKind.UNWANTED) for tag in ("foodporn", "Earth_Porn", "nsfw")),
    ],
)
def test_marks_orders_other_platforms_and_words_of_filters_are_no_topics(
    tag: str, kind: TagKind
) -> None:
    assert kind_of(tag) is kind


def test_what_is_left_out_is_told_by_its_reason() -> None:
    made = map_caption("my serum ✨ #ad #skincare #fyp #waitforit #igreels")
    assert made.topics[:1] == ("skincare",)
    told = {c.before: c.why for c in made.changes if c.field == "topics" and not c.after}
    assert told == {
        "#ad": "advertising is declared, it is no topic",
        "#fyp": "tags about TikTok mean nothing on RedNote",
        "#waitforit": "tags that tell people what to do, or which part this is, are no topics",
        "#igreels": "RedNote punishes pointing people to other platforms",
    }


def test_a_mark_of_advertising_in_a_sentence_stays_in_the_text() -> None:
    assert (
        map_caption("honestly this is an #ad for my mum").body
        == "honestly this is an ad for my mum"
    )
    assert map_caption("#ad loving this serum").body == "loving this serum"


def test_a_community_of_tiktok_is_called_by_its_plain_word() -> None:
    made = map_caption("3am zoomies #DogsOfTikTok #teachersoftiktok #dogs")
    assert made.topics[:2] == ("Dogs", "teachers")
    told = [(c.before, c.after) for c in made.changes if c.field == "topics"]
    assert ("#DogsOfTikTok", "#Dogs") in told
    assert ("#dogs", "") in told
    assert map_caption("the #dogsoftiktok are asleep").body == "the dogs are asleep"


@given(st.text(st.sampled_from("tiktokofTIKTOK_ab#＃ 海"), max_size=30))
def test_no_topic_names_tiktok(caption: str) -> None:
    assert not [topic for topic in map_caption(caption).topics if "tiktok" in fold_tag(topic)]


def test_spellings_of_one_tag_are_one() -> None:
    assert len({fold_tag(t) for t in ("Day in my life", "day_in_my_life", "#DayInMyLife")}) == 1
    assert fold_tag("Keşfet") == "kesfet"
    assert fold_tag("がぎ") == "がぎ" != fold_tag("かき")
    assert fold_tag("हिन्दी") == "हिन्दी"
