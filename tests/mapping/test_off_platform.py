"""Words that lead a reader away from RedNote: found in the languages that creators write in."""

from __future__ import annotations

import pytest

from crossover.mapping.off_platform import drop_off_platform, find_off_platform
from crossover.model.choices import OffPlatform, Rules
from tests.makers import notes_of, post

LINK = "a hint at a link elsewhere"
NAME = "the name of another platform"
WRITE = "a call to write to you"


def kinds(text: str) -> set[str]:
    return {away.what for away in find_off_platform(text)}


@pytest.mark.parametrize(
    "text",
    [
        *("链接在主页", "主页链接", "链接见简介", "連結在首頁", "連結在個人檔案"),
        *("リンクはプロフィールから", "プロフのリンク", "プロフィール欄のURL"),
        *(
            "프로필 링크",
            "링크는 프로필에",
            "ссылка в профиле",
            "ссылка в шапке профиля",
            "ссылка в био",
        ),
        *(
            "посилання в профілі",
            "الرابط في البايو",
            "الرابط بالبايو",
            "لينك في البايو",
            "لینک در بیو",
        ),
        *("קישור בביו", "לינק בביו", "लिंक बायो में", "बायो में लिंक", "λινκ στο bio", "link στο προφίλ"),
        *("ลิงก์หน้าโปรไฟล์", "ลิงก์ในไบโอ", "লিংক বায়োতে", "இணைப்பு பயோவில்"),
        *("enlace en mi bio", "link na bio", "lien en bio", "lien dans ma bio", "link di bio"),
        *("Rezept gibt's in der Bio", "link nella bio", "link bioda", "linki w bio", "länk i bio"),
    ],
)
def test_a_hint_at_a_link_in_a_profile_is_found(text: str) -> None:
    assert kinds(f"好 {text}!") == {LINK}


@pytest.mark.parametrize(
    "text",
    [
        *(
            "微信号是",
            "加V",
            "加微",
            "加LINE：abc",
            "LINE ID：x は",
            "官方LINE",
            "公式LINE",
            "LINE追加",
        ),
        *(
            "インスタ",
            "카톡",
            "오픈채팅",
            "인스타",
            "мой телеграм",
            "тг канал",
            "ватсап",
            "в инсте",
            "вайбер",
        ),
        *("واتساب", "تلجرام", "سناب", "انستا", "تلگرام", "اینستا", "וואטסאפ", "טלגרם", "אינסטגרם"),
        *("व्हाट्सएप", "टेलीग्राम", "इंस्टा", "แอดไลน์", "ไอจี", "Ινσταγκραμ", "হোয়াটসঅ্যাপ"),
    ],
)
def test_the_name_of_another_platform_is_found(text: str) -> None:
    assert kinds(f"☀️ {text} ☀️") == {NAME}


@pytest.mark.parametrize(
    "text",
    [
        *(
            "私信我",
            "DMください",
            "디엠 주세요",
            "DM 주세요",
            "пишите в директ",
            "пишите в личку",
            "راسلني",
        ),
        *("به دایرکت", "כתבו לי בפרטי", "DM करें", "ทักแชท", "อินบ็อกซ์", "στείλε μου dm", "ইনবক্স"),
        *("escríbeme por dm", "schreib mir eine DM", "écris-moi en mp", "me chama no direct"),
    ],
)
def test_a_call_to_write_is_found(text: str) -> None:
    assert kinds(f"{text} ✨") == {WRITE}


@pytest.mark.parametrize(
    "text",
    [
        *(
            "finish line",
            "line art",
            "LINE FRIENDS 展",
            "回到主页",
            "ไลน์เต้น",
            "インスタント麺",
            "インスタ映え",
        ),
        *("인스타감성 카페", "사람 인스타일", "директор школы", "в директории", "bio yoghurt"),
        *(
            "une vie bio en ville",
            "Bio in der Schule",
            "discordant notes",
            "加油",
            "卫星图",
            "השיעור בפרטי",
        ),
        "和@lina.w一起骑行环青海湖",
    ],
)
def test_what_only_looks_like_it_is_passed_over(text: str) -> None:
    assert kinds(text) == set()


def test_a_sentence_of_any_language_can_be_left_out() -> None:
    text = "今日の器です。リンクはプロフィールから！\nまた明日ね。"
    assert drop_off_platform(text) == "今日の器です。\nまた明日ね。"
    (made,) = notes_of(post(text=text), Rules(off_platform=OffPlatform.DROP_LINE))
    assert "リンク" not in made.title + made.body
    assert [change.after for change in made.changes if "off_platform" in change.why] == [
        "また明日ね。"
    ]
