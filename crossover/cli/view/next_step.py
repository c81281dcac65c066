"""Commands as they are shown: with the flags of this run, so that they come to the same place."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from crossover.accounts.registry import REAL_SITES
from crossover.cli.view.screen import say, say_command
from crossover.destinations.open import KIT, STUDIO
from crossover.errors import CrossoverError
from crossover.guide.next_step import ENDS
from crossover.model.account import SiteName
from crossover.model.next_step import Hint, NextStep, Placeholder, Reason, as_argument, step

WITHOUT_WORKSPACE = frozenset({"inspect"})
"""Commands that have no flag for the workspace."""

WITH_REHEARSAL = frozenset(
    {
        "migrate",
        "plan",
        "report",
        "preview",
        "upload",
        "status",
        "resolve",
        "again",
        "undo",
        "doctor",
        "login",
        "logout",
        "accounts release",
    }
)
"""Commands that take `--rehearsal`."""

_IS_IT_DELETED = Hint(" Is your TikTok deleted? Say so: ", step("captions", "--gone"), ".")

_DONE = Hint(
    "Done: nothing is left to do. ",
    step("preview"),
    " shows all notes, ",
    step("plan", "--calendar"),
    " when they would go out on a real account.",
)
_BY_HAND = step("plan", "--to", KIT, "--account", Placeholder("NAME"))

_WORDS: dict[Reason, str] = {
    Reason.NO_WORKSPACE: "It goes to a practice account first; nothing leaves your computer.",
    Reason.NO_POSTS: "There are no posts here yet.",
    Reason.LINKS_DIE: "The links to your files on TikTok live a few days only: save the files first.",
    Reason.NO_FILES: Hint(
        "No post has a file yet. Ask TikTok for a new export (free), or add your own files.",
        _IS_IT_DELETED,
    ),
    Reason.OWN_FILES: "No post has a file yet: add your own.",
    Reason.NOT_PLANNED: "Not planned yet.",
    Reason.PLAN_OUT_OF_DATE: "The plan is out of date: plan again, and see what your notes become.",
    Reason.HELD: "Nothing is sent while the account is held. Look at it yourself, wait, then lift the hold.",
    Reason.HANDED: "Post what was handed to you, then give the links.",
    Reason.WORDS_FIRST: Hint(
        "Some notes would go out with a title and no text; your public TikTok page may have their"
        " words. To send them as they are: ",
        step("upload"),
        ".",
        _IS_IT_DELETED,
    ),
    Reason.SIGN_IN: "Sign in first, once, in a window of your own browser.",
    Reason.NO_WORDS: Hint(
        "Some posts wait for words; your public TikTok page may have them. Or write them yourself: ",
        step("sheet out", "words.csv"),
        ".",
        _IS_IT_DELETED,
    ),
    Reason.WORDS_BY_HAND: Hint(
        "Some posts wait for words that no public page has. Write them on the page that opens, one after"
        " the other, or in a sheet (",
        step("sheet out", "words.csv"),
        "); or add the .info.json files that yt-dlp saved for you: ",
        step("add", Placeholder("FOLDER")),
        ".",
    ),
    Reason.WORDS_UNSURE: "Some posts have several captions to choose from.",
    Reason.UNCLEAR: "What is unclear may be on the account, and is never sent again on a guess. Look, and"
    " say what you see.",
    Reason.ALREADY_THERE: "Some posts may be on the account already: look at both, and say.",
    Reason.LINKS_LEFT: "Files are missing that may still be fetched.",
    Reason.FILES_UNSURE: "Some posts wait for files, and files you gave may be theirs: say which, one key each.",
    Reason.FILES_MISSING: "What is left waits for its files.",
    Reason.CONVERT: Hint(
        "Not every phone shows some of the videos: have them converted, or send them as they are (",
        step("plan", "--set", "convert=never"),
        ").",
    ),
    Reason.DECISION: Hint(
        "Write and decide what they need on the page that opens, or in a sheet (",
        step("sheet out", "words.csv"),
        ").",
    ),
    Reason.SHEET_UNCHANGED: "Fill the sheet in and save it, then bring it in.",
    Reason.REFUSED: Hint(
        "Nothing is left to send. Some posts were refused; ", step("status"), " says why."
    ),
    Reason.LEFT_OUT: Hint(
        "Nothing goes out: every post is left out. ",
        step("plan"),
        " says why, and ",
        step("plan", "--show-rules"),
        " which rules you have.",
    ),
    Reason.DONE: Hint("Done: nothing is left to do. ", step("preview"), " shows all notes."),
    Reason.PRACTISED: Hint(
        _DONE,
        " To practise in your own browser, where you press Publish: ",
        step("rehearsal reset"),
        ", then ",
        step("plan", "--to", STUDIO, "--site", SiteName.REHEARSAL),
        ".",
    ),
    Reason.PRACTISED_IN_BROWSER: Hint(
        _DONE,
        " On your real account: ",
        step("login", "--site", REAL_SITES[0]),
        ", then ",
        step("plan", "--to", STUDIO, "--site", REAL_SITES[0]),
        ". Or by hand: ",
        _BY_HAND,
        ".",
    ),
    Reason.PRACTISED_WITHOUT_BROWSER: Hint(
        _DONE, " On your real account, by hand: ", _BY_HAND, "."
    ),
}
"""Why a step comes next, where the screen does not say it otherwise."""


@dataclass(frozen=True, slots=True)
class Flags:
    """The flags of this run with which another command comes to the same place."""

    workspace: Path | None = None
    rehearsal: Path | None = None


def command_line(command: NextStep, flags: Flags) -> str:
    """Format the command as it can be pasted. One that names a workspace itself stays as it is."""
    line = str(command)
    if "-w" in command.arguments or command.command in WITHOUT_WORKSPACE:
        return line
    given = [("-w", flags.workspace)]
    if command.command in WITH_REHEARSAL:
        given.append(("--rehearsal", flags.rehearsal))
    options = [word for flag, path in given if path for word in (flag, path)]
    return " ".join([line, *map(as_argument, options)])


def placed(text: str, flags: Flags) -> str:
    """Format the text, its commands with the flags of this run."""
    if not isinstance(text, Hint):
        return text
    return "".join(
        f"`{command_line(part, flags)}`" if isinstance(part, NextStep) else part
        for part in text.parts
    )


def place_error(error: CrossoverError, flags: Flags) -> None:
    """Give the commands that an error names the flags of the run that it ends."""
    error.message, error.next = placed(error.message, flags), placed(error.next, flags)
    error.more = tuple(placed(line, flags) for line in error.more)


def show_next(command: NextStep, flags: Flags) -> None:
    """Show why this comes next, and the command. At an end there is none."""
    if command.why in _WORDS:
        say(placed(_WORDS[command.why], flags))
    if command.why not in ENDS:
        say_command("Next:", command_line(command, flags))
