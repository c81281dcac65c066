"""Commands as they are shown: with the flags of this run, so that they come to the same place."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from crossover.cli.view.screen import say, say_command
from crossover.errors import CrossoverError
from crossover.model.next_step import Hint, NextStep, Reason, as_argument, step

WITHOUT_WORKSPACE = frozenset({"inspect"})
"""Commands that have no flag for the workspace."""

WITH_REHEARSAL = frozenset({"migrate", "plan", "preview", "upload", "status", "accounts release"})
"""Commands that take `--rehearsal`."""

_WORDS: dict[Reason, str] = {
    Reason.NO_WORKSPACE: "It goes to a practice account first; nothing leaves your computer.",
    Reason.NO_POSTS: "There are no posts here yet.",
    Reason.LINKS_DIE: "The links to your files on TikTok live a few days only: save the files first.",
    Reason.NO_FILES: "No post has a file yet. Ask TikTok for a new export (free), or add your own files.",
    Reason.NOT_PLANNED: "Not planned yet.",
    Reason.PLAN_OUT_OF_DATE: "Since the plan was made, your posts, files, rules or edits changed, or crossover did.",
    Reason.HELD: "Nothing is sent while the account is held. Look at it yourself, wait, then lift the hold.",
    Reason.NO_WORDS: "Some posts wait for words; your public TikTok page has them.",
    Reason.WORDS_UNSURE: "Some posts have several captions to choose from.",
    Reason.UNCLEAR: "What is unclear and on the account is never sent again. What is not there, the next upload"
    " sends; it looks first.",
    Reason.LINKS_LEFT: "Files are missing that may still be fetched.",
    Reason.FILES_UNSURE: "Some posts wait for files, and files you gave may be theirs: say which, one key each.",
    Reason.FILES_MISSING: "What is left waits for its files.",
    Reason.DECISION: "Write what they need into a sheet, then bring it in.",
    Reason.SHEET_UNCHANGED: "Fill the sheet in and save it, then bring it in.",
    Reason.REFUSED: Hint(
        "Nothing is left to send. Some posts were refused; ", step("status"), " says why."
    ),
    Reason.DONE: "Nothing is left to do. All notes are in the preview.",
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
    """Show why this comes next, and the command."""
    if command.why in _WORDS:
        say(placed(_WORDS[command.why], flags))
    say_command("Next:", command_line(command, flags))
