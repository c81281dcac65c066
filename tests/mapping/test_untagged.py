"""Topics for captions without hashtags: from their words, and better none than a wrong one."""

from __future__ import annotations

import pytest
from hypothesis import given

from crossover.mapping.topics.untagged import MOST_PROPOSED, propose_topics
from crossover.model.choices import Edit, Rules, TopicPolicy, Untagged
from crossover.model.notes import Note
from tests.makers import LIMITS, edited, notes_of, plan, post
from tests.mapping.titles.test_properties import WILD


def map_text(text: str, rules: Rules | None = None) -> Note:
    (made,) = notes_of(post(text=text), rules)
    return made


@pytest.mark.parametrize(
    ("caption", "topics"),
    [
        ("The only banana bread you will ever need: a recipe with 3 eggs", "香蕉面包 食谱"),
        (
            "The difference between a latte and a flat white, explained by a barista",
            "拿铁 澳白 咖啡师",
        ),
        ("my cat has never been more disappointed in me", "猫咪"),
        ("i crochet things that are too big for my flat", "钩针"),
        ("10-minute morning yoga for stiff backs", "晨间瑜伽 腰背放松"),
        ("A week of lunches for $15: soup on Monday, then leftovers", "午餐"),
        ("Si tu as les cheveux bouclés, arrête de les brosser à sec !", "卷发"),
        ("Meu cachorro conhecendo a praia pela primeira vez", "狗狗 海边"),
        ("Маникюр дома за 20 минут 💅", "美甲"),
        ("今日のお弁当🍱 卵焼きがうまく焼けた日", "便当"),
        ("租房改造｜3000元把老破小变成法式小公寓🏠", "租房改造"),
        ("Day in my life in Tokyo🗼看護師の夜勤明けルーティン", "一天vlog 东京"),
        ("周末去自驾，顺便露营", "自驾 露营"),
        ("สอนชงกาแฟดริปที่บ้าน", "咖啡"),
        ("我的第一次马拉松，完赛了！", "马拉松"),
    ],
)
def test_what_a_caption_is_surely_about_is_proposed(caption: str, topics: str) -> None:
    assert map_text(caption).topics == tuple(topics.split())


@pytest.mark.parametrize(
    "caption",
    [
        "it's ok if all you did today was survive 🤍",
        "nobody talks about how loud a fridge is when you are sad",
        "Was isst man eigentlich in Island? Teil 2",  # Iceland, no island
        "Unser Teich hat endlich Frösche",  # no hat
        "Transformé mi terraza de 6 metros con 100 euros",  # no underground trains
        "total game changer for our office",
        "learning how to say no",
        "6 weeks, no makeup",
        "first day of spring",
        "@cat.coffee said hi",
        "ラーメンマンの話",  # not of a part of a word
        "我的日常生活",
        "Строим баню своими руками",  # no handicraft
        "ダイエット中のおやつ",  # no promise to lose weight
        "今日の生活",
    ],
)
def test_better_none_than_a_wrong_one(caption: str) -> None:
    assert map_text(caption).topics == ()


def test_a_change_names_the_words_that_a_topic_is_proposed_for() -> None:
    told = [c for c in map_text("Rainy day in London ☔️").changes if c.field == "topics"]
    assert [(c.before, c.after) for c in told] == [("", "#下雨天"), ("", "#伦敦")]
    assert "no hashtags" in told[0].why
    assert "“Rainy day”" in told[0].why


def test_hashtags_rules_and_edits_leave_nothing_to_propose() -> None:
    text = "my cat in London"
    assert map_text(f"{text} #mudfair").topics == ("mudfair",)
    assert map_text(text, Rules(untagged=Untagged.NONE)).topics == ()
    assert map_text(text, Rules(topics_policy=TopicPolicy.KEEP)).topics == ()
    assert map_text(text, Rules(topics_max=1)).topics == ("猫咪",)
    assert map_text(text, Rules(topics_drop=("伦敦",))).topics == ("猫咪",)
    assert map_text(f"{text} #mudfair", Rules(topics_drop=("mudfair",))).topics == ()
    assert map_text(f"{text} #fyp").topics == ("猫咪", "伦敦")
    (note,) = plan(post(text=text), edits=edited(n1=Edit(topics=()))).notes
    assert note.topics == ()


def test_a_proposal_never_costs_words_of_the_text() -> None:
    body = f"my cat {'word ' * 197}end"
    made = map_text(body)
    assert made.topics == ()
    assert made.body.endswith("end")
    assert made.description_chars <= LIMITS.description_chars.value


@given(WILD)
def test_proposals_are_few_and_name_words_of_the_text(caption: str) -> None:
    proposed = propose_topics(caption)
    assert len(proposed) <= MOST_PROPOSED
    assert len({one.topic for one in proposed}) == len(proposed)
    for one in proposed:
        for word in one.words.split():
            assert word in caption
