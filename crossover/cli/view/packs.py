"""Packs of notes that the creator posts by hand."""

from __future__ import annotations

from collections.abc import Iterable

from rich.text import Text

from crossover.cli.view.next_step import Flags, placed
from crossover.cli.view.pace import show_after_sitting
from crossover.cli.view.screen import console, count, hanging, home_short, note_numbers_text, say
from crossover.cli.view.status import title_text
from crossover.destinations.kit.names import INDEX
from crossover.model.next_step import Hint, Placeholder, step
from crossover.model.packs import Pack
from crossover.storage.documents import to_builtins
from crossover.transfer.hand_over import HandedOver, TidiedPacks
from crossover.transfer.resolve.packed_before import PackedBefore


def show_tidied(left: TidiedPacks, flags: Flags) -> None:
    """Show what a run that was stopped had left."""
    for folder in left.shown:
        say("A pack of an earlier run that was stopped is there now:", home_short(folder))
    if left.lost:
        answers = [word for number in left.lost for word in ("--not-posted", number)]
        damaged = Hint(
            f"The pack of an earlier run was damaged before you could see it, with"
            f" {count(len(left.lost), 'note')}: {note_numbers_text(left.lost)}. To get"
            f" {'it' if len(left.lost) == 1 else 'them'} anew: ",
            step("resolve", *answers),
            ".",
        )
        say(placed(damaged, flags))


def show_packed_before(notes: Iterable[PackedBefore]) -> None:
    """Warn of packs that show notes which go out anew: posted from there as well, they would be double."""
    out: dict[str, list[str]] = {}
    left: dict[str, list[str]] = {}
    for one in notes:
        (out if one.is_out else left).setdefault(one.pack, []).append(one.note.number)
    for pack, numbers in out.items():
        say(
            f"Pack {pack} says now that {note_numbers_text(numbers)} is not to be posted from it. Is it on"
            " your phone already? Delete it there."
        )
    for pack, numbers in left.items():
        say(
            f"Do not post {note_numbers_text(numbers)} from pack {pack} any more. It does not lie in this"
            " workspace, so it still shows it."
        )


def show_handed_over(done: HandedOver, flags: Flags) -> None:
    """Show what was handed over, where it lies, and how its links come back."""
    for one in done.kept_back:
        hanging(
            Text(f"{one.note.number:>6}  kept back  "),
            Text(f"{title_text(one.note.title)}  ({one.reason})"),
        )
    if done.pack is None or done.folder is None:
        say("No note could be handed over.")
        return
    _show_notes(done.pack)
    console.print()
    say("Open this page, here or on your phone:", home_short(done.folder / INDEX), style="bold")
    if done.zip:
        say("The same as one file:", home_short(done.zip))
    if done.zip_error:
        say(f"There is no zip of it: {done.zip_error.message} Take the folder instead.")
    if done.pack.notes[0].is_first:
        say(
            "It is the first note on this account: post it for your eyes only, and look at it on"
            " your phone. The others follow once you say that it is right."
        )
    first = done.pack.notes[0].note.number
    links = Hint(
        "Once it is posted, give its link: "
        if len(done.pack.notes) == 1
        else "Once they are posted, give their links. The page saves them as a file: ",
        step("resolve", "--from", Placeholder("FILE")),
        "; or one by one: ",
        step("resolve", "--link", f"{first}=LINK"),
        ".",
    )
    say(placed(links, flags))
    show_after_sitting(done.sitting)


def _show_notes(pack: Pack) -> None:
    say(
        f"{count(len(pack.notes), 'note')} handed to you, for {pack.account} on {pack.site}:",
        style="bold",
    )
    for one in pack.notes:
        when = f"{one.due:%a} {one.due.day} {one.due:%b %H:%M}"
        by = "  by RedNote's scheduler" if one.scheduled else ""
        hanging(Text(f"{one.note.number:>6}  {when}{by}  "), Text(title_text(one.note.title)))


def pack_event(pack: Pack, folder: str, zipped: str | None) -> dict[str, object]:
    """The event of a pack, for programs."""
    numbers = [one.note.number for one in pack.notes]
    return {
        "event": "pack",
        "id": pack.id,
        "state": "handed",
        "folder": folder,
        "zip": zipped,
        "notes": [
            {
                "id": one.note.id,
                "number": one.note.number,
                "folder": one.folder,
                "due": to_builtins(one.due),
                "visibility": one.visibility,
            }
            for one in pack.notes
        ],
        "numbers": numbers,
    }
