"""`python -m crossover.rehearsal`: serve the practice account, list what it holds, or empty it.

Exit codes: 0 done · 1 the store cannot be read or written · 2 usage or fault script wrong, or the
folder may not be opened · 5 the disk is full · 9 another server holds the folder or the port ·
130 our reader left.
"""

from __future__ import annotations

import argparse
import errno
import os
import signal
import sys
from pathlib import Path

from crossover.rehearsal.visible import escape_invisible, tell

DEFAULT_DATA = Path("rehearsal")


def main(args: list[str] | None = None) -> int:
    options = _parser().parse_args(args)
    try:
        return _run_command(options)
    except KeyboardInterrupt:
        return 0
    except BrokenPipeError:
        _drop_output()
        return 130
    except OSError as exc:
        return _report_os_error(exc, exc.filename or options.data)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m crossover.rehearsal",
        description="A stand-in for RedNote, on this computer only.",
    )
    commands = parser.add_subparsers(dest="command", required=True)
    serve = commands.add_parser("serve", help="serve the practice account on 127.0.0.1")
    serve.add_argument(
        "--port", type=_port, metavar="N", help="default: the port of last time, else any free one"
    )
    serve.add_argument("--faults", type=Path, metavar="FILE", help="what shall go wrong, as YAML")
    serve.add_argument(
        "--embedded",
        action="store_true",
        help="run as a child: end when stdin ends, say so in JSON",
    )
    serve.add_argument(
        "--name", default="", metavar="NAME", help="whose the profile page is; it is kept"
    )
    serve.add_argument("--leashed", action="store_true", help="end when stdin ends")
    serve.add_argument("--keep-media", action="store_true", help="keep whole videos too")
    serve.add_argument(
        "--allow-upload-cookies",
        action="store_true",
        help="take files from clients that send the account's cookies to the upload host",
    )
    serve.add_argument(
        "--editor",
        type=_folder,
        metavar="DIR",
        help="a folder whose editor.js the studio's page takes in place of its own editor",
    )
    notes = commands.add_parser("notes", help="list the notes received, oldest first")
    notes.add_argument("--json", action="store_true", help="for programs")
    reset = commands.add_parser("reset", help="empty the practice account")
    reset.add_argument("--yes", action="store_true", help="do not ask")
    for command in (serve, notes, reset):
        command.add_argument(
            "--data",
            type=Path,
            default=DEFAULT_DATA,
            metavar="DIR",
            help="the practice account's folder (default: ./rehearsal)",
        )
    return parser


def _run_command(options: argparse.Namespace) -> int:
    if options.command == "notes":
        return _list_notes(options.data, as_json=options.json)
    if options.command == "reset":
        return _reset(options.data, sure=options.yes)
    return _serve(options)


def _reset(folder: Path, *, sure: bool) -> int:
    from crossover.rehearsal import reset
    from crossover.rehearsal.server import folder_lock

    if not reset.is_practice_account(folder):
        return _report(f"There is no practice account in {folder}; nothing to do.", 0)
    try:
        with folder_lock.hold_folder(folder):
            if not sure:
                if sys.stdin is None or not sys.stdin.isatty():
                    return _report("Add --yes: nobody is there to be asked.", 2)
                name = escape_invisible(str(folder))
                sys.stderr.write(f"Empty the practice account in {name}? [y/N] ")
                sys.stderr.flush()
                if sys.stdin.readline().strip().lower() not in ("y", "yes"):
                    return _report("Nothing was changed.", 0)
            reset.empty_account(folder)
    except folder_lock.Busy as exc:
        return _report(str(exc), 9, exc.next)
    return _report(f"The practice account in {folder} is empty.", 0)


def _list_notes(folder: Path, *, as_json: bool) -> int:
    from crossover.rehearsal.store import listing, store

    try:
        notes = store.read_notes(folder)
    except store.StoreProblem as exc:
        return _report(str(exc), 1)
    text = listing.format_json(notes) if as_json else listing.format_text(notes, folder)
    if sys.stdout is None:
        return _report("Standard output is closed, so the list has nowhere to go.", 2)
    encoding = sys.stdout.encoding or "ascii"
    try:
        sys.stdout.write(text.encode(encoding, "backslashreplace").decode(encoding) + "\n")
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as exc:
        _drop_output()
        return _report_os_error(exc, "standard output")
    return 0


def _drop_output() -> None:
    """Drop what cannot be written: the flush at exit would complain about it."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


def _serve(options: argparse.Namespace) -> int:
    if options.embedded:
        # Ctrl-C reaches the whole group; how it ends is the parent's to decide.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    from crossover.rehearsal.faults import script_file, script_nodes
    from crossover.rehearsal.server import folder_lock, server
    from crossover.rehearsal.store import disk, store

    from .faults.script import Script

    try:
        script = script_file.read_script(options.faults) if options.faults else Script()
        server.serve(
            options.data,
            port=options.port,
            script=script,
            embedded=options.embedded,
            leashed=options.leashed,
            keep_media=options.keep_media,
            name=" ".join(options.name.split()),
            allow_upload_cookies=options.allow_upload_cookies,
            editor=options.editor,
        )
    except script_nodes.BadScript as exc:
        return _report(str(exc), 2)
    except folder_lock.Busy as exc:
        # A parent shows the last line, and says itself what to do.
        return _report(str(exc), 9, "" if options.embedded else exc.next)
    except store.StoreProblem as exc:
        return _report(str(exc), 5 if disk.is_disk_full(exc) else 1)
    return 0


def _report(text: str, code: int, next_step: str = "") -> int:
    error = "Error: " if code else ""
    tell(f"{error}{text}", *([next_step] if next_step else []))
    return code


def _report_os_error(exc: OSError, place: object) -> int:
    from crossover.rehearsal.store import disk

    if disk.is_disk_full(exc):
        return _report(f"The disk is full: {place} could not be written.", 5)
    if exc.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return _report(f"{place} may not be opened: {exc.strerror}.", 2)
    return _report(f"{place}: {exc.strerror or exc}.", 1)


def _port(text: str) -> int:
    port = int(text)
    if not 0 <= port < 65536:
        raise argparse.ArgumentTypeError("a port is a number from 0 to 65535")
    return port


def _folder(text: str) -> Path:
    folder = Path(text)
    if not (folder / "editor.js").is_file():
        raise argparse.ArgumentTypeError("this folder has no editor.js")
    return folder


if __name__ == "__main__":
    os.umask(0o077)  # whatever is made is for its owner alone
    sys.exit(main())
