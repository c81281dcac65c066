"""What the creator decided: rules for all posts, edits of one note."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from enum import StrEnum

from crossover.model.posts import Declaration, Kind, Visibility
from crossover.text import format_ranges

YOURS = "you said so"
"""Why something of a note changed that the creator decided."""


class Action(StrEnum):
    """What the plan does with a post."""

    MOVE = "move"
    SKIP = "skip"
    HOLD = "hold"


class TopicPolicy(StrEnum):
    """Which words become topics: the creator's hashtags, the Chinese ones for them, or both."""

    KEEP = "keep"
    ZH = "zh"
    BOTH = "both"


class Untagged(StrEnum):
    """Whether a post without hashtags gets topics that its words propose."""

    PROPOSE = "propose"
    NONE = "none"


class Languages(StrEnum):
    """What becomes of a text in two languages, one of them Chinese."""

    AS_WRITTEN = "as-written"
    CHINESE_FIRST = "chinese-first"
    CHINESE_ONLY = "chinese-only"


class TitleInBody(StrEnum):
    """Whether a beginning of the text that is the title stands in the text too."""

    DROP = "drop"
    KEEP = "keep"


class TitleCase(StrEnum):
    """What becomes of a title all in capitals."""

    KEEP = "keep"
    SENTENCE = "sentence"


class Mentions(StrEnum):
    """What becomes of TikTok names in a text: the name stays, goes, or stays as the creator's table
    has it."""

    KEEP = "keep"
    DROP = "drop"
    TABLE = "table"


class OffPlatform(StrEnum):
    """What becomes of sentences that lead a reader away from RedNote."""

    WARN = "warn"
    DROP_LINE = "drop-line"
    HOLD = "hold"


class Wordless(StrEnum):
    """What becomes of a post that has no words at all."""

    HOLD = "hold"
    SKIP = "skip"
    MOVE = "move"


class OthersSound(StrEnum):
    """What becomes of a video with somebody else's sound. `ASK`: it moves, and the plan asks once."""

    ASK = "ask"
    MOVE = "move"
    HOLD = "hold"
    SKIP = "skip"


class Convert(StrEnum):
    """Whether videos are converted that not every phone shows. `ASK`: their notes wait, and the
    plan asks once."""

    ASK = "ask"
    ALWAYS = "always"
    NEVER = "never"


class WatermarkRule(StrEnum):
    """What becomes of a video that shows TikTok's watermark. `IGNORE`: it is not looked for."""

    HOLD = "hold"
    WARN = "warn"
    IGNORE = "ignore"


class ManyPictures(StrEnum):
    """What becomes of a post with more pictures than a note takes: several notes, one with the
    first of them, or several that wait for the creator."""

    SPLIT = "split"
    FIRST = "first"
    HOLD = "hold"


class PictureShape(StrEnum):
    """What becomes of a picture wider or taller than RedNote shows well."""

    KEEP = "keep"
    PAD = "pad"
    CROP = "crop"


class Animated(StrEnum):
    """What becomes of an animated picture that is all of its post."""

    FIRST_FRAME = "first-frame"
    VIDEO = "video"


class LongText(StrEnum):
    """What becomes of a text that is longer than a note takes: its end is left out, or goes on in a
    further note of the post's pictures."""

    CUT = "cut"
    SECOND_PART = "second-part"


class Order(StrEnum):
    """Which notes go out first."""

    OLDEST_FIRST = "oldest-first"
    NEWEST_FIRST = "newest-first"


@dataclass(frozen=True, slots=True)
class PostNumbers:
    """Numbers of posts in an order, each once."""

    numbers: tuple[int, ...] = ()

    def __str__(self) -> str:
        """Format as `3, 8, 15-17`."""
        return ", ".join(format_ranges(self.numbers))


@dataclass(frozen=True, slots=True)
class PostSelection:
    """Which posts take part. Of everything that is said, all must hold; days are in UTC, both
    included, and `text` stands in the words of the post, whatever the case."""

    since: date | None = None
    until: date | None = None
    kinds: tuple[Kind, ...] = tuple(Kind)
    visibility: tuple[Visibility, ...] = tuple(Visibility)
    min_likes: int = 0
    numbers: PostNumbers = PostNumbers()
    text: str = ""


@dataclass(frozen=True, slots=True)
class Rules:
    """What the creator decided for all posts at once, from `crossover.yaml`.

    `topics_own` is the creator's own table, topics by folded tags, from `topics.yaml`;
    `original_date` a line with `{date}`, empty for none; `first` the posts that go out before all
    others, in their order; `watch` words and phrases to be warned of.
    """

    only_me: Action = Action.HOLD
    not_told: Action | Visibility = Action.HOLD
    topics_max: int = 10
    topics_drop: tuple[str, ...] = ()
    topics_policy: TopicPolicy = TopicPolicy.BOTH
    topics_own: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    title_in_body: TitleInBody = TitleInBody.DROP
    title_case: TitleCase = TitleCase.KEEP
    title_template: str = ""
    mentions: Mentions = Mentions.KEEP
    mention_names: Mapping[str, str] = field(default_factory=dict)
    off_platform: OffPlatform = OffPlatform.WARN
    untagged: Untagged = Untagged.PROPOSE
    languages: Languages = Languages.AS_WRITTEN
    original_date: str = ""
    first: PostNumbers = PostNumbers()
    select: PostSelection = PostSelection()
    wordless: Wordless = Wordless.HOLD
    watch: tuple[str, ...] = ()
    order: Order = Order.OLDEST_FIRST
    original: bool = False
    others_sound: OthersSound = OthersSound.ASK
    convert: Convert = Convert.ASK
    watermark: WatermarkRule = WatermarkRule.HOLD
    many_pictures: ManyPictures = ManyPictures.SPLIT
    long_text: LongText = LongText.CUT
    shape: PictureShape = PictureShape.KEEP
    animated: Animated = Animated.FIRST_FRAME


@dataclass(frozen=True, slots=True)
class TitleChoice:
    """One of the titles found in the words: its place, from 1, and how it read when it was chosen.
    Without that it is whatever stands at this place."""

    place: int
    title: str = ""


@dataclass(frozen=True, slots=True)
class CoverChoice:
    """The cover of a video: the frame that is shown `seconds` after the first one, or the picture in
    `file`, as the creator wrote it: a path from the workspace, or a whole one."""

    seconds: float | None = None
    file: str = ""

    def __str__(self) -> str:
        if self.seconds is None:
            return self.file
        return f"{self.seconds:.3f}".rstrip("0").rstrip(".") + "s"


@dataclass(frozen=True, slots=True)
class Edit:
    """What the creator decided for one note. `None`: nothing, so the mapping decides; an empty
    text is a decision too. `title` comes before `title_candidate`."""

    title: str | None = None
    body: str | None = None
    topics: tuple[str, ...] | None = None
    visibility: Visibility | None = None
    action: Action | None = None
    title_candidate: TitleChoice | None = None
    declaration: Declaration | None = None
    original: bool | None = None
    cover: CoverChoice | None = None


def merge_edits(below: Edit, above: Edit) -> Edit:
    """Decide as `above` does, and else as `below`. A title that is written or chosen above comes
    before both below."""
    decided = {item.name: getattr(above, item.name) for item in fields(Edit)}
    if above.title is not None or above.title_candidate is not None:
        below = replace(below, title=None, title_candidate=None)
    return replace(below, **{name: what for name, what in decided.items() if what is not None})
