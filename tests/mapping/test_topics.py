"""Topics of a note: the creator's hashtags, the words that people on RedNote use for them, and why."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossover.mapping.topics.table import load_table
from crossover.model.choices import Rules, TopicPolicy
from crossover.model.hashtags import fold_tag
from crossover.model.notes import Change, Note
from crossover.model.posts import Declaration
from tests.makers import LIMITS, notes_of, post

KEEP, ZH, BOTH = TopicPolicy.KEEP, TopicPolicy.ZH, TopicPolicy.BOTH


def map_tags(
    tags: str, policy: TopicPolicy = BOTH, *, text: str = "Words", **rules: object
) -> Note:
    (made,) = notes_of(post(text=f"{text} {tags}"), Rules(topics_policy=policy, **rules))  # type: ignore[arg-type]
    return made


def topic_changes(note: Note) -> list[Change]:
    return [change for change in note.changes if change.field == "topics"]


# --- the three policies -----------------------------------------------------------------------


def test_both_puts_the_first_three_first_then_chinese_by_fit_then_the_rest() -> None:
    made = map_tags("#yoga #morningyoga #backpain #dogs #mat123")
    assert made.topics == (
        *("yoga", "morningyoga", "backpain"),
        *("瑜伽", "晨间瑜伽", "腰背放松", "狗狗"),  # the best of each
        *("瑜伽日常", "早安瑜伽", "缓解腰背"),  # then the second of each, as far as there is room
    )


def test_keep_leaves_the_creators_own_tags_in_their_order() -> None:
    made = map_tags("#yoga #京都 #ootd #travel #dogs", KEEP)
    assert made.topics == ("yoga", "京都", "ootd", "travel", "dogs")
    assert topic_changes(made) == []


def test_zh_puts_chinese_words_in_the_place_of_tags_and_keeps_those_without() -> None:
    made = map_tags("#yoga #mat123 #dogs #京都", ZH)
    assert made.topics == (
        "瑜伽",
        "狗狗",
        "京都",
        "瑜伽日常",
        "狗",
        "瑜伽打卡",
        "狗狗日常",
        "mat123",
    )
    dropped = [c for c in topic_changes(made) if not c.after]
    assert [(c.before, "Chinese words" in c.why) for c in dropped] == [("#yoga #dogs", True)]


def test_every_word_that_is_added_and_every_tag_that_is_left_out_is_told_with_its_reason() -> None:
    made = map_tags("#ootd #grwm #dogs #a1 #a2 #a3 #a4 #a5 #a6 #a7")
    assert made.topics[:6] == ("ootd", "grwm", "dogs", "每日穿搭", "沉浸式出门", "狗狗")
    told = {c.before: (c.after, c.why) for c in topic_changes(made)}
    assert told["#ootd"][0].split() == ["#每日穿搭", "#今日穿搭"]
    assert told["#grwm"][1] == "what people on RedNote call it, most likely"
    assert told["#a2 #a3 #a4 #a5 #a6 #a7"] == ("", "a note carries at most 10 topics")


def test_an_english_topic_comes_behind_the_chinese_ones() -> None:
    assert map_tags("#outfitoftheday", ZH).topics == ("每日穿搭", "今日穿搭", "穿搭分享", "OOTD")


def test_chinese_words_never_cost_words_of_the_text() -> None:
    text = "word " * 190
    kept, both = (map_tags("#yoga #dogs", policy, text=text) for policy in (KEEP, BOTH))
    assert kept.body == both.body
    assert both.description_chars <= LIMITS.description_chars.value
    assert 2 < len(both.topics) < len(map_tags("#yoga #dogs").topics)


def test_a_word_that_the_creator_wrote_is_not_added_again() -> None:
    assert map_tags("#瑜伽 #yoga #dailyvlog").topics.count("瑜伽") == 1
    assert map_tags("#Vlog").topics[:2] == ("Vlog", "日常vlog")
    assert [t for t in map_tags("#a #b #c #vlog #日常vlog").topics if fold_tag(t) == "vlog"] == [
        "vlog"
    ]


TAGS = st.lists(
    st.sampled_from(
        ["yoga", "fyp", "ad", "booktok", "bts", "狗狗", "dogs", "x1", "Vlog", "restoration"]
    ),
    max_size=14,
).map(lambda tags: " ".join(f"#{tag}" for tag in tags))


@given(TAGS, st.sampled_from(TopicPolicy), st.integers(0, 10))
def test_topics_are_few_each_once_and_the_same_each_time(
    tags: str, policy: TopicPolicy, most: int
) -> None:
    made = map_tags(tags, policy, topics_max=most)
    assert made == map_tags(tags, policy, topics_max=most)
    assert len({fold_tag(topic) for topic in made.topics}) == len(made.topics) <= most
    assert not {"fyp", "ad", "booktok"} & set(made.topics)


@given(TAGS, st.sampled_from(TopicPolicy))
def test_no_tag_is_lost_without_a_change(tags: str, policy: TopicPolicy) -> None:
    made = map_tags(tags, policy)
    told = {word.lstrip("#") for change in topic_changes(made) for word in change.before.split()}
    assert {tag.lstrip("#") for tag in tags.split()} <= {*made.topics, *told}


# --- what a tag means -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tag", "plain", "chinese"),
    [
        ("booktok", "books", "读书"),
        ("BookTok", "books", "读书"),
        ("cleantok", "cleaning", "打扫"),
        ("foodtok", "food", "美食"),
        ("hairtok", "hair", "护发"),
        ("glazetok", "glaze", "釉料"),
        ("gymtok", "gym", "健身"),
        ("momtok", "mom", "宝妈日常"),
        ("witchtok", "witch", "神秘学"),
        ("dogsoftiktok", "dogs", "狗狗"),
        ("perrosdetiktok", "perros", "狗狗"),  # a creator's own word, not the English one
        ("gatosdetiktok", "gatos", "猫咪"),
        ("foodtiktok", "food", "美食"),
    ],
)
def test_a_community_goes_by_the_word_that_it_is_about(tag: str, plain: str, chinese: str) -> None:
    assert map_tags(f"#{tag}", KEEP).topics[0].lower() in (plain, "cats")
    assert chinese in map_tags(f"#{tag}").topics


def test_an_unknown_community_stays_and_is_worth_a_look() -> None:
    made = map_tags("#fogtok #restock")
    assert made.topics[:2] == ("fogtok", "restock")
    assert [(p.code, "fogtok" in p.message) for p in made.problems] == [("topic-unknown", True)]


@pytest.mark.parametrize(
    ("spelling", "row"),
    [
        *(("Potatoes", "potato"), ("bakeries", "bakeryowner"), ("hairstyles", "hairstyle")),
        *(
            ("day_in_my_life", "dayinmylife"),
            ("recetasfáciles", "easyrecipe"),
            ("croissants", "croissant"),
        ),
    ],
)
def test_spellings_and_plurals_are_seen_through(spelling: str, row: str) -> None:
    (found,) = load_table().find(spelling)
    assert found.tag == row


@pytest.mark.parametrize("word", ["glass", "ass", "news1", "batok", "ticktock", "livestock", "s"])
def test_a_word_that_only_looks_like_one_has_no_row(word: str) -> None:
    assert load_table().find(word) == ()


@pytest.mark.parametrize(
    ("tags", "chinese", "not_meant"),
    [
        ("#mustang #restoration", "汽车修复", "翻新"),
        ("#woodworking #restoration", "翻新", "汽车修复"),
        ("#restoration", None, "翻新"),
        ("#zodiac #cancer", "巨蟹座", "抗癌日记"),
        ("#iphone #wallpaper", "壁纸", "墙纸"),
        ("#wallart #wallpaper", "墙纸", "壁纸"),
        ("#nails #acrylics", "水晶甲", "丙烯画"),
        ("#oilpainting #acrylic", "丙烯画", "水晶甲"),
        ("#makeup #cover", None, "翻唱"),
        ("#pasta #mushrooms", "蘑菇", "采蘑菇"),
        ("#foraging #mushrooms", "采蘑菇", "蘑菇"),
        ("#puppy #zoomies", "狗狗疯跑", "猫咪跑酷"),
        ("#puppy #love", None, "爱情"),
        ("#nursing #hospital", "护理", "哺乳期"),
        ("#kpop #bts", "防弹少年团", "幕后花絮"),
        ("#filmmaking #bts", "幕后花絮", "防弹少年团"),
        ("#er", None, "急诊"),
        ("#er #nurse", "急诊", ""),
        ("#portrait #watercolor", "肖像画", "人像摄影"),
        ("#portrait #canon", "人像摄影", "肖像画"),
        ("#painting", "画画", "刷墙"),
        ("#35mm #85mm #portrait", "镜头", "胶片"),
        ("#35mm #filmphotography", "胶片", "镜头"),
        ("#35mm", "胶片", "镜头"),
        ("#hiddengem #foodie", "宝藏小店", "小众旅行地"),
        ("#hiddengem", "小众旅行地", "宝藏小店"),
        ("#asmr #packanorder", None, "助眠"),
        ("#asmr #sleep", "助眠", ""),
        ("#studio #studygram", "学习", "工作室"),
        ("#studio #pottery", "工作室", "学习打卡"),
        ("#greenflag #boyfriend", "择偶标准", "恋爱避雷"),
        ("#painting #homedecor", "刷墙", "画画"),
    ],
)
def test_an_ambiguous_tag_means_what_the_tags_beside_it_tell(
    tags: str, chinese: str | None, not_meant: str
) -> None:
    topics = map_tags(tags).topics
    assert chinese is None or chinese in topics
    assert not_meant not in topics


@pytest.mark.parametrize(
    ("tags", "first"),
    [
        ("#er #mylife #roadtrip", "mylife roadtrip er"),
        ("#portrait #mylife #roadtrip", "mylife roadtrip portrait"),
        ("#portrait #watercolor #mylife", "portrait watercolor mylife"),
        ("#zq #mylife #roadtrip", "mylife roadtrip zq"),
        ("#uk #mylife #roadtrip", "uk mylife roadtrip"),
        ("#bath #mylife", "mylife bath"),
        ("#bath #uk", "bath uk"),
    ],
)
def test_a_tag_that_may_mean_anything_comes_behind_the_creators_others(
    tags: str, first: str
) -> None:
    own = [tag.lstrip("#") for tag in tags.split()]
    assert [topic for topic in map_tags(tags).topics if topic in own] == first.split()
    assert map_tags(tags, KEEP).topics == tuple(own), "kept in their order"


@pytest.mark.parametrize(
    ("text", "tags", "topics"),
    [
        ("今天去了武康路", "#上海 #咖啡", ("上海", "咖啡")),
        ("今天去了武康路", "#咖啡 #ootd", ("咖啡", "ootd", "每日穿搭", "今日穿搭", "穿搭分享")),
        ("今天去了武康路", "#上海 #zzqzzqzzqzzqzzq", ("上海", "zzqzzqzzqzzqzzq")),
        ("武康路", "#上海 #咖啡 #一 #二 #三", ("上海", "咖啡", "一", "二", "三")),
        ("今日はカフェ", "#海", ("海", "海边", "沙滩", "看海")),
        ("A walk by the sea", "#海", ("海", "海边", "沙滩", "看海")),
    ],
)
def test_a_chinese_tag_of_a_chinese_caption_needs_no_other_word(
    text: str, tags: str, topics: tuple[str, ...]
) -> None:
    made = map_tags(tags, text=text)
    assert tuple(t for t in made.topics if t != "OOTD") == topics


# --- the creator's own table ------------------------------------------------------------------


def test_the_creators_own_table_comes_first_and_says_so() -> None:
    own = {"dogs": ("我家狗子",), "ootd": ()}
    made = map_tags("#ootd #yoga #dogs", topics_own=own)
    assert made.topics[:5] == ("ootd", "yoga", "dogs", "我家狗子", "瑜伽")
    assert "狗狗" not in made.topics
    assert "每日穿搭" not in made.topics
    told = {c.before: c.why for c in topic_changes(made)}
    assert told["#dogs"] == "your own table of topics says so"


def test_the_creators_own_table_holds_under_every_policy() -> None:
    own = {"dogs": ("我家狗子",)}
    assert map_tags("#Dogs", KEEP, topics_own=own).topics == ("Dogs", "我家狗子")
    assert map_tags("#Dogs", ZH, topics_own=own).topics == ("我家狗子",)


# --- captions as people write them ------------------------------------------------------------


@pytest.mark.parametrize(
    ("tags", "kept", "chinese"),
    [
        ("#potatoes #easyrecipes #foodtok #fyp", "potatoes easyrecipes food", "土豆"),
        ("#brioche #bakingtips", "brioche bakingtips", "烘焙技巧"),
        ("#gifted #sunscreen #oilyskin", "sunscreen oilyskin", "油皮"),
        ("#colorcorrection #blonde #hairtok", "colorcorrection blonde hair", "金发"),
        ("#fitness #pushups #30daychallenge", "fitness pushups 30daychallenge", "俯卧撑"),
        ("#debtfree #budgeting #teachersoftiktok", "debtfree budgeting teachers", "记账"),
        ("#corporate #worklife", "corporate worklife", "打工人"),
        ("#iphonetips #techtok #lifehacks", "iphonetips tech lifehacks", "iphone技巧"),
        ("#mustang #classiccars #restoration", "mustang classiccars restoration", "老爷车"),
        ("#dance #contemporary #dancetok", "dance contemporary", "现代舞"),
        ("#funny #dogsoftiktok #waitforit", "funny dogs", "狗狗"),
        ("#tortilla #recetasfaciles #parati #fyp", "tortilla recetasfaciles", "西班牙菜"),
        ("#京都 #カフェ巡り #京都カフェ", "京都 カフェ巡り 京都カフェ", "京都咖啡"),
        ("#mealprep #gefrierschrank #fürdich", "mealprep gefrierschrank", "备餐"),
        ("#recetas #cocina", "recetas cocina", "食谱"),
        ("#маникюр #макияж", "маникюр макияж", "美甲"),
        ("#한식 #먹방", "한식 먹방", "韩餐"),
    ],
)
def test_a_made_caption_gets_the_topics_that_a_person_would_give_it(
    tags: str, kept: str, chinese: str
) -> None:
    assert map_tags(tags, KEEP).topics == tuple(kept.split())
    assert chinese in map_tags(tags).topics


# --- spellings of one topic -------------------------------------------------------------------


def test_one_and_several_of_a_thing_are_one_topic_as_it_was_written_first() -> None:
    made = map_tags("#cats #cat #mudfair #mudfairs")
    assert made.topics[:4] == ("cats", "mudfair", "mudfairs", "猫咪")
    assert ("#cat", "the same as another of its tags") in {
        (c.before, c.why) for c in topic_changes(made)
    }
    assert map_tags("#cats #cat", KEEP).topics == ("cats", "cat")


@pytest.mark.parametrize(
    ("text", "tags", "topics"),
    [
        ("Words", "#日本旅遊 #閱讀", ("日本旅遊", "閱讀", "日本旅游", "阅读")),
        ("今天去了武康路", "#貓咪", ("貓咪", "猫咪")),
        ("今天去了武康路", "#聖誕節 #餐廳推薦", ("聖誕節", "餐廳推薦", "圣诞节", "餐厅推荐")),
        ("今天去了武康路", "#媽媽囉唆", ("媽媽囉唆",)),  # half of it in each script is no word
        ("今日はカフェ", "#読書記録", ("読書記録",)),
    ],
)
def test_a_tag_in_traditional_characters_gets_its_simplified_twin(
    text: str, tags: str, topics: tuple[str, ...]
) -> None:
    assert map_tags(tags, text=text).topics == topics


def test_the_best_two_chinese_words_come_before_the_rest_of_the_creators_and_others_behind() -> (
    None
):
    made = map_tags("#yoga #mudfair #zzq1 #zzq2 #zzq3")
    assert made.topics == (
        *("yoga", "mudfair", "zzq1", "瑜伽", "瑜伽日常"),
        *("zzq2", "zzq3", "瑜伽打卡"),
    )


def test_a_text_that_is_cut_anyway_leaves_room_for_chinese_words() -> None:
    made = map_tags("#yoga #dogs", text="Some words. " * 90)
    assert "瑜伽" in made.topics
    assert made.description_chars <= LIMITS.description_aim.value


@pytest.mark.parametrize("tag", ["reklam", "合作", "業配", "商務合作"])
def test_more_marks_of_advertising_are_declared_and_no_topics(tag: str) -> None:
    made = map_tags(f"#{tag} #dogs")
    assert made.declaration is Declaration.AD
    assert tag not in made.topics
