"""What is never a title, and what only looks like it."""

from __future__ import annotations

import pytest

from tests.mapping.titles.test_titles import codes, note_of


@pytest.mark.parametrize(
    ("caption", "title"),
    [
        ("he does this every. single. morning.", "he does this every. single. morning"),
        ("Mt. Fuji at 4:30 a.m. is unreal", "Mt. Fuji at 4:30 a.m. is unreal"),
        ("I ❤️ my job", "I ❤️ my job"),
        ("she said yes 💍 to the dress", "she said yes 💍 to the dress"),
        ("Sourdough day 14: the crumb!!!", "Sourdough day 14: the crumb!!!"),
        ("Don't throw away your garlic!", "Don't throw away your garlic!"),
        ("Stop feeding your cat milk", "Stop feeding your cat milk"),
        ("Watch repair for beginners", "Watch repair for beginners"),
        ("Follow your nose", "Follow your nose"),
        ("Comment tresser ses cheveux soi-même", "Comment tresser ses cheveux soi-même"),
        ("Part of me wants to stay", "Part of me wants to stay"),
        ("Like father like son", "Like father like son"),
        ("Would you live here?", "Would you live here?"),
        ("STORYTIME: a customer asked for a refund", "STORYTIME: a customer asked for a refund"),
        ("Dress: $240", "Dress: $240"),
        ("8:00 地铁", "8:00 地铁"),
        ("THE BIG REVEAL", "THE BIG REVEAL"),
        ("things I can't live without", "things I can't live without"),
        ("今天在上海武康路发现一家超好喝的咖啡店", "今天在上海武康路发现一家超好喝的咖啡店"),
    ],
)
def test_words_that_only_look_like_an_order_or_a_border_stay(caption: str, title: str) -> None:
    assert note_of(caption).title == title


@pytest.mark.parametrize(
    "caption",
    [
        "link in bio for the full tutorial 💕 follow for more!!",
        "wait for it… 😂",
        "Comment 'GUIDE' and I'll send it to you!",
        "save this for later and tag a friend",
        "Abonne-toi pour la suite !",
        "Sígueme para más recetas",
        "me segue para mais dicas",
        "Speicher dir das für später",
        "salva la ricetta",
        "сохраняй, чтобы не потерять!",
        "zapisz na później!",
        "kaydetmeyi unutma!",
        "jangan lupa save ya!",
        "保存必須です！",
        "记得点赞收藏哦！",
        "저장 필수!",
        "อย่าลืมกดติดตามนะคะ",
        "احفظ الفيديو وشاركه مع أصدقائك",
        "पूरी रेसिपी कमेंट में",
        "🤍🤍🤍",
        "dc @yuki.moves ib @leo",
        "https://example.org/new",
    ],
)
def test_only_an_order_credits_or_signs_give_no_title_and_ask_for_a_look(caption: str) -> None:
    made = note_of(caption)
    assert made.title == ""
    assert "no-title" in codes(made) or "no-words" in codes(made)


@pytest.mark.parametrize(
    "caption",
    [
        "if you want the full guide comment GUIDE and I'll dm it to you 📩",
        "关注我，带你看更多！点赞收藏不迷路～",
        "กดหัวใจ กดติดตาม ด้วยนะคะ ❤️",
        "لا تنسوا اللايك والمتابعة ❤️",
        "ভিডিওটি ভালো লাগলে লাইক ও ফলো করুন ❤️",
        "اسمعوا",
        "слушайте до последней секунды",
        "ดูหน้าเขา",
    ],
)
def test_an_order_in_other_words_gives_no_title(caption: str) -> None:
    assert note_of(caption).title == ""


@pytest.mark.parametrize(
    ("caption", "title"),
    [
        ("Маникюр дома за 20 минут 💅 без лампы и гель-лака", "Маникюр дома 💅"),
        ("روتيني الصباحي قبل الدوام ☕️ من الساعة 5 الفجر", "روتيني الصباحي ☕️"),
        ("Как мы переехали в деревню с двумя детьми 🏡 не пожалели ни разу", "переехали в деревню"),
        (
            "【ダイソー購入品】100均とは思えないキッチングッズ5選🍳 最後のは絶対買って！",
            "100均とは思えないキッチングッズ5選🍳",
        ),
        (
            "【保存版】初心者でも失敗しないシフォンケーキの作り方🍰",
            "失敗しないシフォンケーキの作り方🍰",
        ),
        ("วันนี้พาไปกินก๋วยเตี๋ยวเรือ 5 บาท 🍜 อร่อยมาก", "ก๋วยเตี๋ยวเรือ 5 บาท"),
    ],
)
def test_neither_a_tail_nor_an_order_nor_a_label_wins(caption: str, title: str) -> None:
    assert note_of(caption).title == title


@pytest.mark.parametrize(
    ("caption", "title"),
    [
        ("to whoever needs this today: resting is not quitting 🤍", "resting is not quitting 🤍"),
        ("renters!!! peel and stick floor tiles, the honest truth", "peel and stick floor tiles"),
        ("I built a $600 PC that beats my laptop 🖥️ parts list in comments", None),
        ("今年看完的52本書裡，只有這三本我會再讀一次📚", "只有這三本我會再讀一次📚"),
        (
            "路上で弾いてたら、知らないおじいちゃんが歌い出した🎹",
            "知らないおじいちゃんが歌い出した🎹",
        ),
        (
            "手沖咖啡新手最常犯的四個錯：水溫、粉水比、研磨度、急著喝☕️",
            "手沖咖啡新手最常犯的四個錯",
        ),
        ("【保存必須】冷凍うどんで作る5分ランチ🍜1.釜玉 2.カルボ風", "冷凍うどんで作る5分ランチ🍜"),
        ("घर पर बना एलोवेरा हेयर मास्क 🌿 रूखे बालों के लिए", "एलोवेरा हेयर मास्क 🌿"),
        ("Маникюр за 500 рублей против маникюра за 5000. Угадаете где?", "Маникюр за 500 рублей"),
    ],
)
def test_an_address_a_remark_or_a_detail_is_no_title(caption: str, title: str | None) -> None:
    assert note_of(caption).title == (title or "I built a $600 PC that beats my laptop")


@pytest.mark.parametrize(
    ("caption", "title"),
    [
        (
            "wait til you hear what my grandpa can do with a spoon 🥄🎶",
            "what my grandpa can do with a spoon 🥄",
        ),
        ("THANK YOU!!! 1,000 orders in 6 months from my kitchen table", "1,000 orders in 6 months"),
        ("testuję 6 miodów i szczerze mówię, który jest najgorszy", "testuję 6 miodów"),
    ],
)
def test_a_hook_or_bare_thanks_goes_and_a_verb_of_saying_does_not_hang(
    caption: str, title: str
) -> None:
    assert note_of(caption).title == title


@pytest.mark.parametrize(
    ("caption", "title"),
    [
        ("Avant / après de mon salon pour moins de 200 € 🛋️", "Avant / après de mon salon"),
        (
            "Thanks to @wooflebox for this month's treats 🐶 Biscuit rates them 10/10, would bark again and again",
            "Biscuit rates them 10/10",
        ),
        (
            "ok this is long but stay with me. My grandmother kept every single grocery receipt",
            "every single grocery receipt",
        ),
        (
            'Day in the life of a parrot 🦜 6am: "good morning gorgeous" 7am: swearing',
            "Day in the life of a parrot 🦜",
        ),
        (
            "this is not a drill: the Ikea x Marimekko collection is back",
            "the Ikea x Marimekko collection is back",
        ),
    ],
)
def test_hooks_and_thanks_to_a_sponsor_go_and_pairs_of_words_stay(caption: str, title: str) -> None:
    assert note_of(caption).title == title


@pytest.mark.parametrize(
    "caption",
    [
        "加LINE：abc123 詢價",
        "Пишите в директ, телеграм канал в шапке профиля",
        "想要同款的私信我，微信号在简介里",
        "인스타 @soo.knit 에서 더 보기",
        "WhatsApp: 0501234567",
    ],
)
def test_what_leads_away_from_rednote_is_no_title(caption: str) -> None:
    assert note_of(caption).title == ""


@pytest.mark.parametrize(
    ("caption", "title", "body"),
    [
        (
            "编舞：@momo_dance 第一次一镜到底🕺",
            "第一次一镜到底🕺",
            "编舞：momo_dance 第一次一镜到底🕺",
        ),
        ("@mikan_29への返信 使ってるミシンはこれです🧵", "使ってるミシンはこれです🧵", ""),
        ("@jjin_0님에게 답글 네 이거 혼자 다 먹었어요", "네 이거 혼자 다 먹었어요", ""),
        ("Qui d'autre parle à ses tomates ? 🍅", "Qui d'autre parle à ses tomates? 🍅", ""),
        ("Φραπέ ή φρέντο;", "Φραπέ ή φρέντο;", ""),
    ],
)
def test_credits_stay_in_the_text_and_replies_and_what_the_title_says_do_not(
    caption: str, title: str, body: str
) -> None:
    made = note_of(caption)
    assert (made.title, made.body) == (title, body)


@pytest.mark.parametrize(
    ("caption", "title"),
    [
        ("Finally! Best bakery in Chengdu | 成都最好吃的面包店 🥐", "Best bakery in Chengdu"),
        (
            "Finally! Sourdough that actually rises even in my cold kitchen in winter",
            "Sourdough that actually rises",
        ),
        (
            "Second try, Honest review of the 3 star hotel in Rome with a pool",
            "Honest review of the 3 star hotel",
        ),
        (
            "Summer edition – five picnic breads that stay fresh until the evening",
            "five picnic breads that stay fresh",
        ),
        (
            "For mum ❤️ a lemon cake with three layers and candied violets on top",
            "a lemon cake with three layers",
        ),
        (
            "Por fin! El pan de masa madre que sube incluso en invierno",
            "El pan de masa madre que sube incluso",
        ),
    ],
)
def test_what_only_opens_a_caption_goes_and_its_subject_stays(caption: str, title: str) -> None:
    assert note_of(caption).title == title


@pytest.mark.parametrize(
    "caption",
    [
        "Finally! Sourdough that actually rises",
        "Summer edition – picnic breads",
        "Finally!",
        "Second try",
        "For mum ❤️",
    ],
)
def test_an_opener_stays_where_all_fits_or_nothing_follows(caption: str) -> None:
    assert note_of(caption).title == caption


@pytest.mark.parametrize(
    ("caption", "title"),
    [
        ("#gifted hotel stay in Kyoto, opinions my own", "hotel stay in Kyoto"),
        ("hotel stay in Kyoto – all opinions are mine 💕", "hotel stay in Kyoto"),
        ("hotel stay in Kyoto (not sponsored)", "hotel stay in Kyoto"),
        ("Hotel in Rom, unbezahlte Werbung", "Hotel in Rom"),
        ("Hotel en Roma, opiniones mías", "Hotel en Roma"),
        ("Unpopular opinion: pineapple belongs on pizza", "pineapple belongs on pizza"),
        (
            "For mum ❤️ #gifted hotel stay in Kyoto with the best breakfast",
            "hotel stay in Kyoto",
        ),
        ("loving this #gifted cream so much", "loving this gifted cream so much"),
    ],
)
def test_neither_a_disclaimer_nor_a_mark_of_advertising_is_in_a_title(
    caption: str, title: str
) -> None:
    assert note_of(caption).title == title


@pytest.mark.parametrize(
    ("caption", "title"),
    [
        ("duet with @breadqueen her crumb is unreal", "her crumb is unreal"),
        ("Stitch with @breadqueen: her crumb is unreal", "her crumb is unreal"),
        ("#duet with @breadqueen her crumb is unreal", "her crumb is unreal"),
        ("Duet with @maria at the old theatre", "Duet with maria at the old theatre"),
        ("Duet with @maria", "Duet with maria"),
    ],
)
def test_whose_video_it_holds_goes_with_and_without_its_sign(caption: str, title: str) -> None:
    assert note_of(caption).title == title


def test_an_opener_that_its_sentence_leans_on_is_none() -> None:
    made = note_of("For my mum, who taught me how to bake bread in a wood oven")
    assert not made.title.startswith("who")
