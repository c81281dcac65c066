"""Flags that several commands share, with one help text each."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer


def parse_path(text: str) -> Path:
    """Parse a path from the command line. An empty one would be the current folder, which nobody
    named; one that is too long for the disk is nothing to look for."""
    if not text:
        raise typer.BadParameter("The path is empty.")
    try:
        Path(text).exists()
    except OSError as exc:
        raise typer.BadParameter(f"{text[:40]}… cannot be a path: {exc.strerror}.") from exc
    return Path(text)


@dataclass(slots=True)
class ChosenFolders:
    """The folders that the flags of this run name, for the command and what is around it."""

    workspace: Path | None = None
    rehearsal: Path | None = None


def _choose_workspace(context: typer.Context, given: Path | None) -> Path | None:
    """Take `-w` of the command itself, else the one before the command, else the environment's."""
    if context.resilient_parsing:  # the shell completes a word; nothing runs
        return given
    folders = context.ensure_object(ChosenFolders)
    from_environment = os.environ.get("CROSSOVER_WORKSPACE")
    if given is None:
        given = folders.workspace or (parse_path(from_environment) if from_environment else None)
    folders.workspace = given
    return given


def _choose_account(context: typer.Context, given: Path | None) -> Path | None:
    """Take `--rehearsal` of the command itself, else the one before it."""
    folders = context.ensure_object(ChosenFolders)
    folders.rehearsal = given or folders.rehearsal
    return folders.rehearsal


WorkspaceOption = Annotated[
    Path | None,
    typer.Option(
        "--workspace",
        "-w",
        metavar="DIR",
        parser=parse_path,
        callback=_choose_workspace,
        help="The folder of this move. Without it: CROSSOVER_WORKSPACE, else the only one in"
        " ~/crossover.",
    ),
]
VerboseOption = Annotated[
    int,
    typer.Option(
        "--verbose",
        "-v",
        count=True,
        show_default=False,
        help="Show what is being done; -vv shows more.",
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Data on standard output, for programs.")]
YesOption = Annotated[bool, typer.Option("--yes", "-y", help="Answer ordinary questions with yes.")]
ToOption = Annotated[
    str | None,
    typer.Option(
        "--to",
        metavar="DEST",
        help="Where to: rehearsal, the practice account; studio, your own browser, where you press"
        " publish; kit, to post by hand. Without it: as planned, else rehearsal.",
        show_default=False,
    ),
]
SiteOption = Annotated[
    str | None,
    typer.Option(
        "--site",
        metavar="SITE",
        help="The site of a real account: rednote.com or xiaohongshu.com. Without it: as planned,"
        " else that of your accounts. rehearsal: practise in your own browser (--to studio).",
        show_default=False,
    ),
]
AccountOption = Annotated[
    str | None,
    typer.Option(
        "--account",
        metavar="NAME",
        help="The name of a real account, as you see it there. Without it: as planned, else the"
        " only one known.",
        show_default=False,
    ),
]
RehearsalOption = Annotated[
    Path | None,
    typer.Option(
        "--rehearsal",
        metavar="DIR",
        parser=parse_path,
        callback=_choose_account,
        help="The practice account to use. Without it: the workspace's own.",
    ),
]
FaultsOption = Annotated[
    Path | None,
    typer.Option(
        "--faults",
        metavar="FILE",
        parser=parse_path,
        help="Things that shall go wrong in practice, as YAML.",
    ),
]
NoPagerOption = Annotated[
    bool,
    typer.Option("--no-pager", help="Print what is longer than the screen at once."),
]
MediaHostOption = Annotated[
    str | None,
    typer.Option(
        "--media-host",
        metavar="HOST[:PORT]",
        help="Allow links to one more host than TikTok's own; plain http only on this computer.",
    ),
]
WithoutTextOption = Annotated[
    bool,
    typer.Option(
        "--without-text",
        help="Agree that notes with a title and no text go out so. Without it you are asked, once.",
    ),
]
ZipOption = Annotated[
    bool, typer.Option("--zip", help="Write the pack as one file as well (--to kit).")
]
DraftOption = Annotated[
    bool,
    typer.Option(
        "--draft", help="Fill the notes in, and leave each as RedNote's own draft (--to studio)."
    ),
]
AcceptRiskOption = Annotated[
    bool,
    typer.Option(
        "--accept-risk", help="You know what a real account risks. Without it you are asked, once."
    ),
]
AccountEmptyOption = Annotated[
    bool,
    typer.Option(
        "--account-empty",
        help="No note stands on the real account yet. Without it you are told how to list those that do.",
    ),
]
FirstNoteOkOption = Annotated[
    bool,
    typer.Option(
        "--first-note-ok",
        help="You looked at the first note on the real account, and it is right.",
    ),
]
ApproveOption = Annotated[
    str,
    typer.Option(
        "--approve",
        metavar="PLAN",
        help="Agree to the notes of the plan with this number, on a real account. You are told it.",
        show_default=False,
    ),
]
MaxErrorsOption = Annotated[
    int | None,
    typer.Option(
        "--max-errors",
        metavar="N",
        min=1,
        help="Send no more once N notes did not get there. Two refusals in a row end it anyway.",
        show_default=False,
    ),
]
BatchOption = Annotated[
    int | None,
    typer.Option("--batch", metavar="N", min=1, help="Send at most N notes in this run."),
]


def _parse_bytes(text: str) -> int:
    """Parse a number of bytes, with K, M or G for 1024, 1024² or 1024³ of them."""
    match = re.fullmatch(r"(\d{1,12}(?:\.\d{1,6})?)([KMG]?)", text.strip(), re.IGNORECASE)
    found = round(float(match[1]) * 1024 ** " KMG".index(match[2].upper() or " ")) if match else 0
    if found < 1:
        raise typer.BadParameter("a number of bytes is meant, like 500K or 2M")
    return found


def _parse_rate(text: str) -> int:
    rate = _parse_bytes(text)
    if rate < 1024:
        raise typer.BadParameter("an upload needs 1K a second or more; give 500K or 2M, say")
    return rate


def _parse_part_size(text: str) -> int:
    size = _parse_bytes(text)
    if not PART_BYTES[0] <= size <= PART_BYTES[1]:
        raise typer.BadParameter("parts are 5M to 64M long")
    return size


PART_BYTES = 5 * 1024**2, 64 * 1024**2
"""The S3 family takes no shorter parts than 5 MiB (firm there); longer ones cost more when a run
dies."""

LimitRateOption = Annotated[
    int | None,
    typer.Option(
        "--limit-rate",
        metavar="RATE",
        parser=_parse_rate,
        help="Upload at most this many bytes a second: 500K, 2M.",
    ),
]
PartSizeOption = Annotated[
    int | None,
    typer.Option(
        "--part-size",
        metavar="SIZE",
        parser=_parse_part_size,
        help="Send long videos in parts of this size, 5M to 64M. Without it: 5M, more far away.",
    ),
]
