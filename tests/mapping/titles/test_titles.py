"""What of a caption becomes the title: the words that a reader would keep."""

from __future__ import annotations

from dataclasses import replace

import pytest

from crossover.model.choices import Edit, Rules, TitleCase, TitleChoice
from crossover.model.notes import Note
from crossover.text import half_units
from tests.makers import edited, notes_of, plan, post


def note_of(caption: str, rules: Rules | None = None) -> Note:
    (made,) = notes_of(post(text=caption), rules)
    return made


def codes(note: Note) -> list[str]:
    return [problem.code for problem in note.problems]


@pytest.mark.parametrize(
    ("caption", "title"),
    [
        (
            "Replying to @janedoe123 yes you can wash wool at home!! here's how 🧶",
            "yes you can wash wool at home!!",
        ),
        (
            "garlic butter noodles 🍜 recipe:\n- 200g noodles\n- butter",
            "garlic butter noodles 🍜 recipe",
        ),
        ("no one:\nabsolutely no one:\nmy dog at 3am:", "my dog at 3am"),
        (
            "Part 3! Finally finished the kitchen renovation after 8 months and honestly I cried",
            "Finally finished the kitchen renovation",
        ),
        (
            "5 things I wish I knew before moving to Japan 🇯🇵 1. bring cash 2. get a card",
            "5 things I wish I knew",
        ),
        (
            "Comment 'RECIPE' and I'll send it to you! One-pan lemon chicken 🍋",
            "One-pan lemon chicken 🍋",
        ),
        (
            "ad | loving this new @brandname moisturizer, use code GLOW15 for 15% off",
            "loving this new moisturizer",
        ),
        (
            "Dr. Lee's 3 rules for better sleep: 1) no phone in bed 2) a cold room",
            "Dr. Lee's 3 rules for better sleep",
        ),
        (
            "Ep.7 | Building a cabin alone in the woods | roof is ON 🛖",
            "Building a cabin alone in the woods",
        ),
        (
            "¿Sabías que puedes regar tus plantas con hielo? 🧊🌱",
            "regar tus plantas con hielo 🧊🌱",
        ),
        (
            "the prettiest café in Seoul 🫖 📍 Onion Anguk, go early",
            "the prettiest café in Seoul 🫖",
        ),
        (
            "10k steps a day for 30 days: what changed (and what didn't)",
            "10k steps a day for 30 days",
        ),
    ],
)
def test_a_title_is_what_a_person_would_have_written(caption: str, title: str) -> None:
    assert note_of(caption).title == title


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


def test_a_cut_before_a_connecting_word_carries_no_ellipsis() -> None:
    made = note_of("We sold everything and moved into a van with two kids and a dog")
    assert made.title == "We sold everything and moved into a van"
    assert "title-cut" not in codes(made)


@pytest.mark.parametrize("order", ["never", "don't", "please stop to"])
def test_a_cut_never_turns_the_sense(order: str) -> None:
    made = note_of(f"you should {order} water succulents from above because they rot")
    assert made.title != f"you should {order} water succulents"


def test_a_cut_within_a_clause_ends_with_an_ellipsis_and_asks_for_a_look() -> None:
    made = note_of("Grandmothers everywhere understand perfectly well sunflowers")
    assert made.title == "Grandmothers everywhere understand…"
    assert codes(made) == ["title-cut"]


def test_three_titles_are_kept_of_which_the_first_is_taken_with_its_reason() -> None:
    made = note_of("i rearranged my entire apartment at 2am and now i can't find my keys 😭")
    assert made.title_candidates == (
        "i rearranged my entire apartment at 2am",
        "i rearranged my entire apartment",
        "my entire apartment at 2am",
    )
    (change,) = [c for c in made.changes if c.field == "title"]
    assert (change.before, change.after) == ("", made.title)
    assert "up to where a reader could pause" in change.why


def test_a_title_of_ones_own_leaves_the_others_to_choose_from() -> None:
    (made,) = plan(post(1), edits=edited(n1=Edit(title="Mine"))).notes
    assert (made.title, made.title_candidates) == ("Mine", ("Words of post 1",))


def test_another_of_the_titles_can_be_chosen_and_the_text_is_whole_then() -> None:
    item = post(1, text="i rearranged my entire apartment at 2am\nIt took all night")
    edits = edited(n1=Edit(title_candidate=TitleChoice(2)))
    (first,), (chosen,) = plan(item).notes, plan(item, edits=edits).notes
    assert (first.title, first.body) == (
        "i rearranged my entire apartment at 2am",
        "It took all night",
    )
    assert (chosen.title, chosen.body) == ("It took all night", item.text)
    assert chosen.title_candidates == first.title_candidates
    assert [c.why for c in chosen.changes if c.field == "title"][-1] == "you said so"


def test_a_choice_of_a_title_that_is_not_there_is_told_and_the_first_is_taken() -> None:
    (made,) = plan(post(1), edits=edited(n1=Edit(title_candidate=TitleChoice(3)))).notes
    assert made.title == "Words of post 1"
    assert codes(made) == ["title-choice"]
    assert made.problems[0].message == (
        "You chose title 3 of the titles in its words, and they have only 1 now."
    )


def test_a_chosen_title_stays_the_one_that_was_meant_wherever_it_stands_now() -> None:
    meant = edited(n1=Edit(title_candidate=TitleChoice(1, "It took all night")))
    words = "i rearranged my entire apartment at 2am\nIt took all night"
    (made,) = plan(post(1, text=words), edits=meant).notes
    assert (made.title, codes(made)) == ("It took all night", [])
    (other,) = plan(post(1, text="Other words came for this post"), edits=meant).notes
    assert other.title == "Other words came for this post"
    assert codes(other) == ["title-choice"]
    assert "'It took all night'" in other.problems[0].message


def test_a_title_of_ones_own_comes_before_a_chosen_one() -> None:
    edits = edited(n1=Edit(title="Mine", title_candidate=TitleChoice(3)))
    (made,) = plan(post(1), edits=edits).notes
    assert (made.title, codes(made)) == ("Mine", ["title-choice"])
    assert made.problems[0].message.endswith("and wrote a title too; what you wrote is taken.")


def test_what_is_said_of_the_title_of_one_part_comes_before_what_is_said_of_all() -> None:
    words = "i rearranged my entire apartment at 2am\nIt took all night"
    item = post(1, pictures=40, text=words)
    second, mine = Edit(title_candidate=TitleChoice(2)), Edit(title="Mine")
    edits = edited(n1=second, n1_2=mine)
    made = plan(item, edits=edits).notes
    assert [note.title for note in made] == [
        "It took all night (1/3)",
        "Mine",
        "It took all night (3/3)",
    ]
    made = plan(item, edits=edited(n1=mine, n1_2=second)).notes
    assert [note.title for note in made] == ["Mine (1/3)", "It took all night (2/3)", "Mine (3/3)"]
    assert not any("title-choice" in codes(note) for note in made)


def test_a_title_of_words_of_ones_own_can_be_chosen_too() -> None:
    edit = Edit(body="i rearranged my entire apartment at 2am\nIt took all night")
    chosen = replace(edit, title_candidate=TitleChoice(2))
    (made,) = plan(post(1, text=None), edits=edited(n1=chosen)).notes
    assert (made.title, codes(made)) == ("It took all night", [])


def test_a_title_in_capitals_becomes_a_sentence_where_the_rule_says_so() -> None:
    caption = "CRISPY SMASHED POTATOES 🥔 so good"
    assert note_of(caption).title == "CRISPY SMASHED POTATOES 🥔 so good"
    shouted = "CRISPY SMASHED POTATOES 🥔\nso good"
    made = note_of(shouted, Rules(title_case=TitleCase.SENTENCE))
    assert made.title == "Crispy smashed potatoes 🥔"
    assert any("title_case" in c.why for c in made.changes)


@pytest.mark.parametrize(
    ("caption", "title"),
    [
        ("Part 3! Finally finished the kitchen", "Finally finished the kitchen · Ep. 3"),
        ("Ep.7 | Building a cabin", "Building a cabin · Ep. 7"),
        ("Golden hour", "Golden hour"),
        ("Part of me wants to stay", "Part of me wants to stay"),
    ],
)
def test_a_series_is_numbered_by_the_creators_template(caption: str, title: str) -> None:
    made = note_of(caption, Rules(title_template="{title} · Ep. {n}"))
    assert made.title == title
    assert half_units(made.title) <= 40


@pytest.mark.parametrize(
    ("caption", "title"),
    [
        (
            "Lo que gasté en una semana viviendo sola en Barcelona (spoiler: mucho)",
            "Lo que gasté en una semana",
        ),
        ("Une journée avec moi en tant qu'infirmière de nuit 🌙🏥", "infirmière de nuit 🌙🏥"),
        (
            "Zo ziet een dag op een Nederlandse zorgboerderij eruit 🐄🌾",
            "Zo ziet een dag op een Nederlandse…",
        ),
        (
            "Was ich als Lehrerin in den Sommerferien wirklich mache 😅",
            "als Lehrerin in den Sommerferien",
        ),
        (
            "Unser erster Winter im Van und warum wir fast aufgegeben hätten ❄️",
            "Unser erster Winter im Van",
        ),
        (
            "Receita da minha vó: pão de queijo que fica crocante por fora e macio por dentro",
            "pão de queijo que fica crocante",
        ),
        (
            "Das passiert, wenn du jeden Tag 10 Minuten dehnst",
            "wenn du jeden Tag 10 Minuten dehnst",
        ),
    ],
)
def test_a_beginning_that_says_nothing_yet_does_not_stand_alone(caption: str, title: str) -> None:
    assert note_of(caption).title == title


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
        ("POV: tu mamá descubre que rompiste su plato favorito", "rompiste su plato favorito"),
        (
            "POV : tu découvres que ta coloc mange ton fromage depuis 6 mois 🧀",
            "ta coloc mange ton fromage depuis 6 mois",
        ),
        (
            "My husband has no idea I sold his golf clubs on marketplace to buy this",
            "I sold his golf clubs",
        ),
        (
            "As a dermatologist, here's what I would never put on my face",
            "here's what I would never put on my face",
        ),
    ],
)
def test_what_somebody_finds_out_is_a_title(caption: str, title: str) -> None:
    assert note_of(caption).title == title


@pytest.mark.parametrize(
    ("caption", "title"),
    [
        ("घर पर बनाएं ढाबे जैसी दाल मखनी 🍲", "ढाबे जैसी दाल मखनी 🍲"),
        (
            "30일 동안 매일 만보 걷기 챌린지 결과 공개합니다",
            "매일 만보 걷기 챌린지 결과 공개합니다",
        ),
        ("一人暮らし歴5年の私が本当に買ってよかったもの10選🏠", "本当に買ってよかったもの10選🏠"),
    ],
)
def test_where_the_end_of_a_sentence_carries_it_the_end_is_kept(caption: str, title: str) -> None:
    assert note_of(caption).title == title


@pytest.mark.parametrize(
    ("caption", "title"),
    [
        (
            "Making my own curtains because $400 for fabric rectangles is a crime 😤",
            "Making my own curtains",
        ),
        (
            "Bolo de cenoura com cobertura de chocolate que não falha",
            "Bolo de cenoura com cobertura",
        ),
        ("El mejor café de Bogotá está escondido detrás de una tienda", "El mejor café de Bogotá"),
        (
            "So sieht ein Tag als Rettungssanitäterin wirklich aus",
            "ein Tag als Rettungssanitäterin",
        ),
    ],
)
def test_a_part_is_cut_where_it_is_whole(caption: str, title: str) -> None:
    assert note_of(caption).title == title


@pytest.mark.parametrize(
    ("caption", "title"),
    [
        (
            "Took my grandma to her first Taylor Swift concert and she cried harder than me",
            "her first Taylor Swift concert",
        ),
        (
            "I've been using the new @duolingo Max for two weeks to learn Korean",
            "I've been using the new duolingo Max",
        ),
        ("trying @glowco new serum for a week", "trying glowco new serum for a week"),
    ],
)
def test_a_name_is_neither_cut_nor_leaves_a_hole(caption: str, title: str) -> None:
    assert note_of(caption).title == title


def test_whom_a_stitch_or_duet_was_with_is_left_out() -> None:
    assert note_of("#stitch with @drkate the truth about your neck").body == ""
    assert note_of("#stitch with @drkate the truth about your neck").title == (
        "the truth about your neck"
    )
    assert note_of("#duet with @anna, we sang it again").title == "we sang it again"
    assert note_of("baking with @anna again").title == "baking with anna again"


@pytest.mark.parametrize(
    ("caption", "title"),
    [
        ("sourdough day 21 and she FINALLY has an ear 👂🍞", "sourdough day 21"),
        ("Part 2. the landlord came back.", "Part 2. the landlord came back"),
        ("Resgatei um gato e descobri que ele sabe abrir a porta de casa", "Resgatei um gato"),
        (
            "Como passei em medicina estudando 4h por dia e trabalhando no mercado",
            "passei em medicina estudando 4h por dia",
        ),
        ("Ванная 3 кв. м после ремонта: влезло всё, даже стиралка", "Ванная 3 кв. м"),
        ("this blush is $9 and I will not be taking questions", "this blush is $9"),
    ],
)
def test_a_number_stays_with_what_it_counts_and_a_verb_with_what_it_needs(
    caption: str, title: str
) -> None:
    assert title in (note_of(caption).title, *note_of(caption).title_candidates)
    assert note_of(caption).title.removesuffix("…") in caption


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
    "caption",
    [
        "if you want the full guide comment GUIDE and I'll dm it to you 📩",
        "关注我，带你看更多！点赞收藏不迷路～",
        "กดหัวใจ กดติดตาม ด้วยนะคะ ❤️",
        "لا تنسوا اللايك والمتابعة ❤️",
        "ভিডিওটি ভালো লাগলে লাইক ও ফলো করুন ❤️",
    ],
)
def test_an_order_in_other_words_gives_no_title(caption: str) -> None:
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


def test_a_name_needs_no_blank_before_it_where_letters_are_not_latin() -> None:
    assert "@" not in note_of("和@lina.w一起去看海🌊").body
    assert note_of("write to a@lina.w").body == "write to a@lina.w"


def test_english_words_of_a_caption_in_another_script_end_no_cut_either() -> None:
    caption = "海边的一天 🏖️ a day at the sea, the first warm one"
    for title in note_of(caption).title_candidates:
        assert not title.endswith(" the")


@pytest.mark.parametrize(
    ("caption", "title"),
    [
        ("landlord said no holes so I did this instead 🖼️", "landlord said no holes"),
        ("stop putting lemon on your face I am begging you", "stop putting lemon on your face"),
        ("Things I don't buy anymore as a girl with a mortgage", "Things I don't buy anymore"),
        (
            "Mac and cheese with a crunchy panko topping that your kids will finish",
            "Mac and cheese",
        ),
    ],
)
def test_a_whole_part_is_better_than_a_longer_one_that_breaks_off(caption: str, title: str) -> None:
    assert note_of(caption).title == title


@pytest.mark.parametrize(
    ("caption", "title"),
    [
        (
            "6 months, 240 hours, 38 LED strips: my dragon armour is finally done 🐉",
            "my dragon armour is finally done 🐉",
        ),
        (
            "Met de fiets van Utrecht naar Barcelona: dag 9, regen, 104 km en een lekke band",
            "Met de fiets van Utrecht naar Barcelona",
        ),
        ("Nonna's sunday sauce. 4 hours. no shortcuts at all, ever", "Nonna's sunday sauce"),
        ("turning my late grandma's shirts into teddy bears for us", "my late grandma's shirts"),
        ("Wie ich in einem Jahr 15.000 Euro gespart habe", "in einem Jahr 15.000 Euro gespart"),
        (
            "My 82 year old neighbor taught me how to sharpen a knife properly",
            "how to sharpen a knife properly",
        ),
        ("Собрала капсульный гардероб из вещей за 3000 рублей", "капсульный гардероб"),
        (
            "so excited to be partnering with @brightnest on our nursery makeover 🧸 10% off",
            "our nursery makeover 🧸",
        ),
        (
            "to the guy on the 8:42 train who gave me his umbrella: I still have it",
            "to the guy on the 8:42 train",
        ),
        ('Tell everyone: "Estoy embarazada" NO significa "I\'m embarrassed" en inglés', None),
    ],
)
def test_what_a_caption_is_about_becomes_its_title(caption: str, title: str | None) -> None:
    made = note_of(caption)
    if title is None:
        assert made.title != '"Estoy embarazada"'
    else:
        assert made.title == title


def test_no_title_to_choose_from_ends_on_a_word_that_joins() -> None:
    made = note_of("This bowl was made for bread, but 👩‍🍳 disagreed")
    assert not any(title.endswith("but") for title in made.title_candidates)


@pytest.mark.parametrize(
    ("caption", "title"),
    [
        ("Шоколадный торт без муки и сахара 🍫 тает во рту", "Шоколадный торт 🍫"),
        ("قورمه سبزی به روش مامان‌بزرگم 🍲", "قورمه سبزی 🍲"),
        ("पूरी तरह घर पर बनी बेसन बर्फी कैसे बनाएं 🍬", "घर पर बनी बेसन बर्फी"),
    ],
)
def test_where_twenty_letters_are_all_an_emoji_says_more_than_dots(
    caption: str, title: str
) -> None:
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
    ("caption", "title"),
    [
        ("WhatsApp للطلب: 0501234567 كيك عيد ميلاد 🎂", "كيك عيد ميلاد 🎂"),
        ("Unsere Katze hat seit gestern einen besten Freund: den Saugroboter", None),
        (
            "Wir sind mit dem Nachtzug von Berlin nach Stockholm gefahren, weil es ging",
            "Nachtzug von Berlin nach Stockholm",
        ),
        ("Würdet ihr für 400 € warm in einem Bauwagen wohnen? 🛖", "in einem Bauwagen wohnen? 🛖"),
        ("a day in my life as a lighthouse keeper's daughter", "a lighthouse keeper's daughter"),
        (
            "my cat decided that my outlines are her bed now and forever",
            "my outlines are her bed now",
        ),
        ("bar exam in 12 days and my cat has decided that it is hers", "bar exam in 12 days"),
        ("tiny bathroom makeover 🛁 before ➡️ after, $312 total", "tiny bathroom makeover 🛁"),
        ("Σπιτικό ψωμί χωρίς ζύμωμα σε 4 βήματα 🍞", "Σπιτικό ψωμί 🍞"),
        ("सुबह की 5 आदतें जिन्होंने मेरी ज़िंदगी बदल दी 🌅", "सुबह की 5 आदतें 🌅"),
    ],
)
def test_the_grammar_of_a_language_says_what_stands_by_itself(
    caption: str, title: str | None
) -> None:
    made = note_of(caption)
    if title is None:
        assert not made.title.startswith(("einen", "den"))
    else:
        assert title in made.title_candidates


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
        ("Свеча из соевого воска своими руками 🕯️", "Свеча 🕯️"),
        ("Γεμιστά όπως τα φτιάχνει η μαμά μου 🍅", "Γεμιστά 🍅"),
        ("Сын впервые сам завязал шнурки и очень гордится 👟", "сам завязал шнурки 👟"),
        (
            "자취생 필수! 만 원으로 일주일 반찬 만들기 (두부, 콩나물)",
            "만 원으로 일주일 반찬 만들기",
        ),
        ("هل تفضلون العيش في المدينة أم القرية؟", "في المدينة أم القرية؟"),
        ("@小鱼干 回复你的问题：这双鞋跑山也没问题", "这双鞋跑山也没问题"),
        ("勉強しない中3息子が、塾なしで志望校に受かった話", "塾なしで志望校に受かった話"),
    ],
)
def test_of_few_letters_the_thing_is_the_title(caption: str, title: str) -> None:
    assert title in (note_of(caption).title, *note_of(caption).title_candidates)


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
