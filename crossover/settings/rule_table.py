"""All rules of `crossover.yaml`: what each is called, may be and means. From this one table come the
file as it is written first, how it is read, `plan --show-rules`, and what `plan --set` takes.

To add a rule: a row here, in the order of the file, and a field of that name in the type that holds
it (`Rules`, or another one: `fill_from` reads it). Its default is that of the field.
"""

from __future__ import annotations

from crossover.model.calendar import CalendarRules, Scheduler
from crossover.model.choices import (
    Action,
    Animated,
    Convert,
    Languages,
    LongText,
    ManyPictures,
    Mentions,
    OffPlatform,
    Order,
    OthersSound,
    PictureShape,
    TitleCase,
    TitleInBody,
    TopicPolicy,
    Untagged,
    WatermarkRule,
    Wordless,
)
from crossover.model.posts import Kind, Visibility
from crossover.settings.calendar_values import (
    MOST_A_DAY,
    hours,
    paused_days,
    time_zone,
    weekdays,
)
from crossover.settings.rule import Rule
from crossover.settings.rule_values import (
    day,
    names,
    one_of,
    post_numbers,
    several_of,
    text,
    whole_number,
    words,
    yes_or_no,
)


def _is_template(template: str) -> bool:
    rest = template.replace("{title}", "").replace("{n}", "")
    is_line = template.isprintable() and "{" not in rest
    return not template or (template.count("{title}") == 1 and is_line)


def _is_date_line(line: str) -> bool:
    rest = line.replace("{date}", "")
    return not line or (line.count("{date}") == 1 and "{" not in rest and line.isprintable())


RULES = (
    Rule(
        "select.since",
        "select.since",
        day(),
        "Posted on this day (in UTC) or later, as 2024-03-31, 2024-03 or 2024; empty for all.",
    ),
    Rule("select.until", "select.until", day(last=True), "Posted on this day or before."),
    Rule("select.kinds", "select.kinds", several_of(Kind), "Of these kinds."),
    Rule(
        "select.visibility",
        "select.visibility",
        several_of(Visibility),
        "Seen by these people on TikTok. What becomes of those that only you see: only_me, below.",
    ),
    Rule(
        "select.min_likes",
        "select.min_likes",
        whole_number(0, 1_000_000_000),
        "With so many likes or more.",
    ),
    Rule("select.numbers", "select.numbers", post_numbers(), "With these numbers: 3, 8, 15-17."),
    Rule(
        "select.text",
        "select.text",
        text("any words", lambda _: True),
        "With these words in the caption or title; capitals make no difference.",
    ),
    Rule(
        "only_me",
        "only_me",
        one_of(Action.HOLD, Action.SKIP, Action.MOVE),
        "Posts that only you can see on TikTok: hold (wait for you), skip, or move. Moved ones stay"
        " only-me on RedNote; wider becomes only what you say so for, note by note.",
    ),
    Rule(
        "not_told",
        "not_told",
        one_of(Action.HOLD, Action.SKIP, Visibility),
        "Posts of old exports that do not say who could see them: hold, skip, public, friends or"
        " only-me.",
    ),
    Rule(
        "wordless",
        "wordless",
        one_of(Wordless),
        "Posts without any words: hold (wait for you), skip, or move (the day of the post becomes the"
        " title).",
    ),
    Rule(
        "many_pictures",
        "many_pictures",
        one_of(ManyPictures),
        "Posts with more pictures than a note takes (18): split (several notes, numbered), first"
        " (one note with the first 18; the others stay behind), or hold (they wait for you).",
    ),
    Rule(
        "long_text",
        "long_text",
        one_of(LongText),
        "Texts that are longer than a note takes: cut (the end is left out), or second-part (the"
        " pictures are split over several notes, and the text goes on there; a video or a single"
        " picture stays one note, and is cut).",
    ),
    Rule(
        "shape",
        "shape",
        one_of(PictureShape),
        "Pictures wider than 2:1 or taller than 1:2: keep (as they are, with a warning), pad (a border in"
        " the colour of their edge, or white), or crop (around what is to be seen).",
    ),
    Rule(
        "animated",
        "animated",
        one_of(Animated),
        "Posts of one animated picture (GIF and the like): first-frame (a picture), or video (a silent"
        " one, with its own times).",
    ),
    Rule(
        "others_sound",
        "others_sound",
        one_of(OthersSound),
        "Videos with somebody else's sound, a song for example: ask (they move, and the plan asks"
        " you once), move, hold, or skip.",
    ),
    Rule(
        "convert",
        "convert",
        one_of(Convert),
        "Videos that not every phone shows (HEVC, HDR, WebM, more than 60 pictures a second, ...): ask"
        " (they wait, and the plan asks you once), always (they are converted to H.264 with AAC), or"
        " never (they go out as they are).",
    ),
    Rule(
        "watermark",
        "watermark",
        one_of(WatermarkRule),
        "Videos that show TikTok's watermark: hold (wait for you), warn, or ignore (nobody looks for"
        " it). Where it is only possible, they move with a warning.",
    ),
    Rule(
        "order",
        "order",
        one_of(Order),
        "What goes out first: oldest-first, as on TikTok, or newest-first.",
    ),
    Rule(
        "original",
        "original",
        yes_or_no(),
        "Whether you claim your notes as original work (原创, a switch on RedNote): that you made them"
        " yourself. true or false; for one note: `original` in edits.yaml. It stands in the plan;"
        " how it is sent is not known, so you set the switch yourself.",
    ),
    Rule(
        "title_in_body",
        "title_in_body",
        one_of(TitleInBody),
        "A title comes from your words, unless you write one. Where it is the whole beginning of the"
        " text, it is not said twice: drop it there, or keep it.",
    ),
    Rule(
        "title_case",
        "title_case",
        one_of(TitleCase),
        "A title all in capitals: keep, or sentence (Only the first letter is one).",
    ),
    Rule(
        "title_template",
        "title_template",
        text('empty, or one line with {title} once, as "{title} · Ep. {n}"', _is_template),
        "For posts of a series (Part 3, Ep. 7, Day 12): how their titles read. Where that does not"
        ' fit, the title stays as it is. For example "{title} · Ep. {n}"; empty for none.',
    ),
    Rule(
        "mentions",
        "mentions",
        one_of(Mentions),
        "TikTok names in a text: keep (the name without its @), drop, or table (as below, else"
        " kept).",
    ),
    Rule(
        "mention_names",
        "mention_names",
        names("names and what to call them, as in {foodie: The Foodie Shop}"),
        "What to call them with `mentions: table`, for example {foodie: The Foodie Shop}.",
    ),
    Rule(
        "off_platform",
        "off_platform",
        one_of(OffPlatform),
        'Sentences that lead away from RedNote (links, addresses, other platforms, "link in bio"):'
        " warn, drop-line (leave the sentence out), or hold (the post waits for you).",
    ),
    Rule(
        "watch",
        "watch",
        words("a list of words or phrases, as in [one, two words]"),
        "Words of your own choice that a note is to be looked at for, as [Shein, my ex]. Capitals make"
        " no difference; only whole words count.",
    ),
    Rule(
        "languages",
        "languages",
        one_of(Languages),
        "Captions in two languages, one of them Chinese, line by line or side by side (English |"
        " 中文): as-written, chinese-first (the title comes from it too), or chinese-only.",
    ),
    Rule(
        "original_date",
        "original_date",
        text('empty, or one line with {date}, as "📅 {date}"', _is_date_line),
        "A last line of the text with the day of the post on TikTok, as 2021-06-03 (in UTC). For"
        ' example "{date}"; empty for none.',
    ),
    Rule(
        "topics.use",
        "topics_policy",
        one_of(TopicPolicy),
        "Which words become topics: keep (your own hashtags), zh (the Chinese words for them), or"
        " both (your first three, then the Chinese words, then the rest).",
        stands_for_group=True,
    ),
    Rule(
        "topics.max",
        "topics_max",
        whole_number(0, 10),
        "RedNote takes 10 at most. Tags about TikTok itself (fyp, foryou, ...) never count.",
    ),
    Rule(
        "topics.drop",
        "topics_drop",
        words("a list of words, as in [one, two]"),
        "More tags to leave out, without the #.",
    ),
    Rule(
        "topics.untagged",
        "untagged",
        one_of(Untagged),
        "Posts without hashtags: propose up to three topics from their words where those are sure,"
        " or none.",
    ),
    Rule(
        "stages.first",
        "first",
        post_numbers(),
        "Posts that go out before all others, in this order, by number: 3, 8, 15-17."
        " `crossover plan --best 60` offers some.",
    ),
    Rule(
        "calendar.zone",
        "zone",
        time_zone(),
        "Your time zone, as Europe/Lisbon; empty for that of this computer.",
        of=CalendarRules,
    ),
    Rule(
        "calendar.days",
        "days",
        weekdays(),
        "The days on which you sit down to bring notes out.",
        of=CalendarRules,
    ),
    Rule(
        "calendar.hours",
        "hours",
        hours(),
        "When notes go out on these days; you sit down at the beginning.",
        of=CalendarRules,
    ),
    Rule(
        "calendar.per_sitting",
        "per_sitting",
        whole_number(1, 100),
        "How many notes you get ready in a sitting at most.",
        of=CalendarRules,
    ),
    Rule(
        "calendar.scheduler",
        "scheduler",
        one_of(Scheduler),
        "Between two sittings: none (nothing goes out), or rednote (RedNote's own scheduler publishes"
        " what you got ready, up to two weeks ahead).",
        of=CalendarRules,
    ),
    Rule(
        "calendar.pauses",
        "pauses",
        paused_days(),
        "Days on which nothing goes out, as in [2026-12-24 to 2027-01-02].",
        of=CalendarRules,
    ),
    Rule(
        "pace.first_week",
        "first_week",
        whole_number(1, MOST_A_DAY),
        "Notes a day in the first week of a real account.",
        of=CalendarRules,
    ),
    Rule(
        "pace.later",
        "later",
        whole_number(1, MOST_A_DAY),
        "Notes a day after that. A day that you miss never makes the next one longer.",
        of=CalendarRules,
    ),
)

GROUPS: dict[str, str] = {
    "select": "Which posts take part. Of all that is said here, everything must hold; the others are"
    " left out. `action: move` in edits.yaml or in the sheet takes one in all the same.",
    "topics": "What becomes of your hashtags. Words of your own for them: in a file topics.yaml beside"
    " this one, as `crossover topics` tells.",
    "stages": "What goes out first.",
    "calendar": "When notes go out: `crossover plan --calendar` shows it.",
    "pace": "How many notes go out on a day. RedNote names no number: go slowly, or risk the account.",
}
"""Keys that rules stand under, with what the file says of them."""
