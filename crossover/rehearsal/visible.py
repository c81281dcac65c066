"""What the stand-in says to a person: no text from outside controls a terminal or begins a line."""

from __future__ import annotations

import sys
import unicodedata
from contextlib import suppress

# Controls, formats (bidi, tags), surrogates, private use, line and paragraph separators. The joiner
# inside emoji is a format too and shown as an escape: this is for plain lines, not for the profile
# page.
HIDDEN = ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")


def escape_invisible(text: str) -> str:
    """Show anything invisible as a visible escape."""
    return "".join(
        f"\\u{{{ord(char):x}}}" if unicodedata.category(char) in HIDDEN else char for char in text
    )


def tell(*lines: str) -> None:
    """Write each of these as one line to stderr. Where that is closed, or on a full disk, nobody is
    told, and nothing else is changed by it."""
    with suppress(AttributeError, OSError):
        sys.stderr.write("".join(f"{escape_invisible(line)}\n" for line in lines))
        sys.stderr.flush()
