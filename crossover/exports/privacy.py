"""The fields of an export that are read, and what is kept of each: `inspect --what-is-read`."""

from __future__ import annotations

from dataclasses import dataclass

from crossover.exports.json.sections import PATHS


@dataclass(frozen=True, slots=True)
class FieldUse:
    """Names in the export, as TikTok spells them, and what becomes of their values."""

    names: tuple[str, ...]
    kept: str


@dataclass(frozen=True, slots=True)
class ReadSection:
    """A part of the export that is read."""

    name: str
    fields: tuple[FieldUse, ...]


WHAT_IS_READ = (
    ReadSection(
        "Your posts ({}; in TXT the file of your posts)".format(
            ", before March 2025 ".join(" > ".join(path) for path in PATHS.values())
        ),
        (
            FieldUse(("Date",), "when you posted it; the post's id"),
            FieldUse(("Link", "VideoLink"), "where its files are, until the link dies"),
            FieldUse(("CoverImage",), "where its cover is"),
            FieldUse(("Title",), "its title"),
            FieldUse(("WhoCanView",), "who could see it"),
            FieldUse(("Likes",), "how many likes it has, to find your best posts"),
            FieldUse(("Sound",), "its sound, to tell whether it is your own"),
            FieldUse(("Location", "AlternateText"), "the place it names, and its alt text"),
            FieldUse(("AllowComments",), "whether people may comment"),
            FieldUse(
                ("ContentDisclosure", "AIGeneratedContent"), "whether it is an ad, or made by AI"
            ),
        ),
    ),
    ReadSection(
        "Your public name (Profile > ProfileMap)",
        (
            FieldUse(("userName",), "your @name"),
            FieldUse(("displayName",), "the name beside it"),
        ),
    ),
    ReadSection(
        "Counted, and nothing kept",
        (FieldUse(("Recently Deleted Posts", "Story"), "how many there are"),),
    ),
)

NOT_READ = (
    "Everything else is passed over undecoded: messages, searches, watch history, what you liked, "
    "comments, addresses, e-mail, phone, birthday, orders."
)

WHERE_IT_IS_KEPT = (
    "What is kept stands in posts.json of your workspace, which only you can open. The links, which "
    "open your files to whoever has them, are in no other file, no log and no report."
)
