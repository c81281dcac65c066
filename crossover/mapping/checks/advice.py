"""What to do about a problem where that names a command, by the problem's code."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from crossover.model.next_step import Hint, Placeholder, step
from crossover.model.notes import Problem

_IN_THE_SHEET = step("sheet out", "words.csv")

SAY_WHICH_WORDS = Hint(
    "Say which one is its own: ",
    step("captions", "--confirm"),
    ", or write its words yourself (",
    _IN_THE_SHEET,
    ").",
)
GET_WORDS = Hint(
    "TikTok leaves captions out of exports: ",
    step("captions"),
    " gets them from your public page, or write them yourself (",
    _IN_THE_SHEET,
    ").",
)
WRITE_WORDS = Hint(
    "No public page has them: write them yourself (",
    _IN_THE_SHEET,
    "), or add the .info.json files that yt-dlp saved for you (",
    step("add", Placeholder("FOLDER")),
    ").",
)
GET_TEXT = Hint(
    "Get the text from your public page (",
    step("captions"),
    "), or write it yourself (",
    _IN_THE_SHEET,
    ").",
)
WRITE_TEXT = Hint("Write the text yourself (", _IN_THE_SHEET, ").")
ADD_YOUR_COPY = Hint(
    "Your own copy: ",
    step("add", Placeholder("FILE")),
    ", or its name in the sheet (",
    _IN_THE_SHEET,
    ").",
)
FETCH_OR_ADD = Hint("While its link lives, ", step("fetch"), " gets it. ", ADD_YOUR_COPY)
ADD_THE_OTHERS = Hint(
    "Add the others with ",
    step("add"),
    ", named by TikTok id and place: <id>_1.jpg, <id>_2.jpg.",
)
SAY_WHICH_FILE = Hint(
    "Say which is its own, for pictures each in its order: ",
    step("add", Placeholder("FOLDER"), "--pair", Placeholder("NOTE=FILE")),
    ".",
)
SPLIT_OR_FIRST = Hint(
    "Several notes, numbered: ",
    step("plan", "--set", "many_pictures=split"),
    ". The first 18 alone: ",
    step("plan", "--set", "many_pictures=first"),
    ". For one post alone, `action: move` makes several notes of it (",
    _IN_THE_SHEET,
    ").",
)
MOVE_AS_IT_IS = " To send it as it is: `action: move` in edits.yaml or in the sheet."
ADD_ANOTHER_COPY = Hint("Add another copy of it with ", step("add"), ".")

CONVERT = Hint(
    "To have all such videos converted: ",
    step("plan --set convert=always"),
    "; to send them as they are: ",
    step("plan --set convert=never"),
    ".",
)


def add_as_jpeg(*, many: bool, linked: bool) -> Hint:
    """For a post whose files are of a format that is not moved."""
    export = "Export them as JPEG and add those" if many else "Export it as JPEG and add that"
    return _or_fetch(Hint(f"{export}: ", step("add", Placeholder("FILE")), "."), linked=linked)


def add_again(*, many: bool, linked: bool) -> Hint:
    """For a post whose files were left aside by an earlier crossover, and are moved now."""
    them = "them" if many else "it"
    return _or_fetch(
        Hint(f"Add {them} again: ", step("add", Placeholder("FILE")), "."), linked=linked
    )


def get_anew(*, linked: bool) -> Hint:
    """For a video that came in part."""
    hint = Hint("Get it anew and add it: ", step("add", Placeholder("FILE")), ".")
    return Hint(_or_fetch(hint, linked=linked), MOVE_AS_IT_IS)


def get_with_sound(*, linked: bool) -> Hint:
    """For a video that came without the sound of its post."""
    hint = Hint(
        "Get it anew with its sound (with yt-dlp: -S vcodec:h264) and add it: ",
        step("add", Placeholder("FILE")),
        ".",
    )
    return Hint(_or_fetch(hint, linked=linked), MOVE_AS_IT_IS)


def get_without_mark(*, linked: bool) -> Hint:
    """For a file that shows TikTok's watermark, or may."""
    hint = Hint(
        "Add your original from the camera roll instead: ", step("add", Placeholder("FILE")), "."
    )
    if linked:
        hint = Hint(
            hint, " While its link lives, ", step("fetch"), " gets TikTok's, likely without it."
        )
    return Hint(hint, " If there is no watermark: `action: move` in edits.yaml or in the sheet.")


def _or_fetch(hint: Hint, *, linked: bool) -> Hint:
    if not linked:
        return hint
    return Hint(hint, " While its link lives, ", step("fetch"), " gets TikTok's.")


_BY_CODE: Mapping[str, tuple[Hint, ...]] = MappingProxyType(
    {
        "words-unsure": (SAY_WHICH_WORDS,),
        "no-words": (GET_WORDS, WRITE_WORDS),
        "no-text": (GET_TEXT, WRITE_TEXT),
        "no-media": (
            ADD_YOUR_COPY,
            FETCH_OR_ADD,
            *(
                advise(many=many, linked=linked)
                for advise in (add_as_jpeg, add_again)
                for many in (False, True)
                for linked in (False, True)
            ),
        ),
        "pictures-missing": (ADD_THE_OTHERS,),
        "files-unclear": (SAY_WHICH_FILE,),
        "files-other-kind": (ADD_YOUR_COPY, FETCH_OR_ADD),
        "pictures-many": (SPLIT_OR_FIRST,),
        "file-unfit": (ADD_ANOTHER_COPY,),
        "video-gaps": (get_anew(linked=False), get_anew(linked=True)),
        "watermark": (get_without_mark(linked=False), get_without_mark(linked=True)),
        "watermark-possible": (get_without_mark(linked=False), get_without_mark(linked=True)),
        "sound-lost": (get_with_sound(linked=False), get_with_sound(linked=True)),
        "convert-undecided": (CONVERT,),
        "video-coding": (CONVERT,),
    }
)


def advice_on(problem: Problem) -> str:
    """Find the advice on a problem, with its commands: a plan on disk has only the text. Where a
    code has several and the text is none of them, the first."""
    known = _BY_CODE.get(problem.code, ())
    return next(
        (hint for hint in known if hint == problem.next), known[0] if known else problem.next
    )
