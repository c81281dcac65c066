"""What crossover reads of an export and what it keeps of it, to be shown: `inspect --what-is-read`."""

from __future__ import annotations

from dataclasses import dataclass

from crossover.exports.json.sections import PATHS


@dataclass(frozen=True, slots=True)
class Read:
    """Names in the export, as TikTok spells them, and what becomes of their values."""

    names: tuple[str, ...]
    kept: str


@dataclass(frozen=True, slots=True)
class Place:
    """A part of the export that is read."""

    name: str
    fields: tuple[Read, ...]


WHAT_IS_READ = (
    Place(
        "Your posts ({}; in TXT the file of your posts)".format(
            ", before March 2025 ".join(" > ".join(path) for path in PATHS.values())
        ),
        (
            Read(("Date",), "when you posted it; the post's id"),
            Read(("Link", "VideoLink"), "where its files are, until the link dies"),
            Read(("CoverImage",), "where its cover is"),
            Read(("Title",), "its title"),
            Read(("WhoCanView",), "who could see it"),
            Read(("ContentDisclosure", "AIGeneratedContent"), "whether it is an ad, or made by AI"),
        ),
    ),
    Place(
        "Your public name (Profile > ProfileMap)",
        (
            Read(("userName",), "your @name"),
            Read(("displayName",), "the name beside it"),
        ),
    ),
    Place(
        "Counted, and nothing kept",
        (Read(("Recently Deleted Posts", "Story"), "how many there are"),),
    ),
)

NOT_READ = (
    "Everything else is passed over undecoded: messages, searches, watch history, likes, comments, "
    "addresses, e-mail, phone, birthday, orders."
)

WHERE_IT_IS_KEPT = (
    "What is kept stands in posts.json of your workspace, which only you can open. The links, which "
    "open your files to whoever has them, are in no other file, no log and no report."
)
