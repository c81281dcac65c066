"""The words that carry a title, by language: what a cut may end on, what leads, what is an order.

Each language is a file of `words/`; what is not in it is empty. They are read when the first
caption in their script comes.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from functools import cache, cached_property, lru_cache
from importlib import resources
from types import MappingProxyType

_LATIN = ("en", "es", "pt", "fr", "de", "it", "nl", "pl", "tr", "id", "vi", "sv")
_IN_CYRILLIC = ("ru", "uk")
_SCRIPTS = (
    (re.compile("[\u3040-\u30ff]"), "ja"),
    (re.compile("[\uac00-\ud7af]"), "ko"),
    (re.compile("[\u4e00-\u9fff]"), "zh"),
    (re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]"), "th"),
    (re.compile("[\u0980-\u0dff]"), "south_asian"),
    (re.compile("[ٹڈڑےںہ]"), "south_asian"),
    (re.compile("[پچژگکی]"), "fa"),
    (re.compile("[\u0600-\u06ff]"), "ar"),
    (re.compile("[\u0900-\u097f]"), "hi"),
    (re.compile("[\u0590-\u05ff]"), "he"),
    (re.compile("[\u0370-\u03ff]"), "el"),
    (re.compile("[\u0530-\u058f\u10a0-\u10ff\u1200-\u137f]"), "other"),
)
_NOT_LATIN = re.compile(f"[\u0400-\u04ff]|{'|'.join(script.pattern for script, _ in _SCRIPTS)}")
"""Letters of these scripts, or Cyrillic ones."""
_ACCENTED = re.compile("[¡¿\u00df-\u024f\u0400-\u04ff\u1e00-\u1eff]")
"""All letters of the next ones."""
_LETTERS_OF = (
    (re.compile("[іїєґ]"), "uk"),
    (re.compile("[ыэъё]"), "ru"),
    (re.compile("[ığş]"), "tr"),
    (re.compile("[ăđơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]"), "vi"),
    (re.compile("[ąćęłńśźż]"), "pl"),
    (re.compile("[ñ¿¡]"), "es"),
    (re.compile("[ãõ]"), "pt"),
    (re.compile("ß"), "de"),
    (re.compile("œ"), "fr"),
    (re.compile("[åø]"), "sv"),
)
"""Letters that few languages have: each is worth some words."""
_UNSPACED = frozenset({"zh", "ja", "th"})
_WIDE = frozenset({"ru", "uk", "ar", "fa", "he", "hi", "south_asian", "el", "ko", "th", "other"})
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_HEAD_FINAL = frozenset({"ja", "ko", "hi", "south_asian"})
_VERB_LAST = frozenset({"de", "nl"})
_DENIES_LATE = frozenset({"de", "nl", "sv", "tr", "hi", "ko"})
_LETTERS = 300
"""Of a caption, what its language is told by."""


class Language:
    """The word lists of one language. Words are compared without case, patterns too.

    `spaced`: blanks part its words. `wide`: each of its letters is a title unit of its own, though
    a word has as many of them as in English. `denies_late`: its "not" may stand behind the verb
    and all that belongs to it. `head_final`: what a sentence is about stands at its end.
    `verb_last`: the verb of a clause that belongs to another stands there.
    """

    def __init__(self, code: str) -> None:
        self.code = code
        self.spaced = code not in _UNSPACED
        self.wide = code in _WIDE
        self.denies_late = code in _DENIES_LATE
        self.head_final = code in _HEAD_FINAL
        self.verb_last = code in _VERB_LAST
        self._data = _read(code)
        self.small = self._words("small")
        if code not in _LATIN:  # English stands among the words of every other script
            self.small |= frozenset(_read("en")["small"].split())
        self.connectors = self._words("connectors")
        self.weak_connectors = self._words("weak_connectors")
        self.genitives = self._words("genitives")
        self.clause_openers = self._words("clause_openers")
        self.after_denial = self._words("after_denial")
        self.adverbials = self._words("adverbials")
        self.announced = self._words("announced")
        self.joined = self._words("joined")
        self.negations = self._words("negations")
        self.absences = self._words("absences")
        self.denials = self.negations | self.absences
        self.leaning = self._words("leaning")
        self.pairs = self._words("pairs")
        self.bound = self._words("bound")
        self.question_tails = self._words("question_tails")
        self.rates = self._words("rates")
        self.dangling = self._words("dangling")
        self.determiners = self._words("determiners")
        self.oblique = self._words("oblique")
        self.articles = self._words("articles")
        self.auxiliaries = self._words("auxiliaries")
        self.prepositions = self.connectors | self._words("prepositions")
        self.phrase_ends = self.auxiliaries | self._words("phrase_ends")
        self.question_openers = self._words("question_openers")
        self.question_leads = self._words("question_leads")
        self.continuing = self.connectors | self.weak_connectors | self._words("continuing")
        self.telling = (
            self._words("small") | self.connectors | self.negations | self._words("telling")
        )

    def denies(self, word: str) -> bool:
        """Whether a word turns the sense of what stands behind it: never, don't, n'est."""
        return word in self.denials or (
            "'" in word and f"{word.split(chr(39), 1)[0]}'" in self.denials
        )

    def leads_adverbial(self, word: str) -> bool:
        """Whether a word leads to where, when or how: a preposition that begins no clause."""
        return word in self.prepositions and word not in self.clause_openers

    def _words(self, key: str) -> frozenset[str]:
        return frozenset(self._data.get(key, "").casefold().split())

    @cached_property
    def frames(self) -> re.Pattern[str]:
        """What stands in front of the words proper: `POV:`, `me:`."""
        return self._compile("frames", r"(?:{})\s*")

    @cached_property
    def fillers(self) -> re.Pattern[str]:
        """What nobody misses at the beginning: `ok so`."""
        return self._compile("fillers", self._lead)

    @cached_property
    def openings(self) -> re.Pattern[str]:
        """What leads to the words proper: `did you know that`."""
        return self._compile("openings", self._lead)

    @cached_property
    def marvels(self) -> re.Pattern[str]:
        """A "not" at the beginning that denies nothing: `I can't believe`."""
        return self._compile("marvels", self._lead)

    @cached_property
    def shaves(self) -> re.Pattern[str]:
        """What may go at the beginning so that the rest fits: `Recipe for`, `my`."""
        return self._compile("shaves", self._lead)

    @property
    def _lead(self) -> str:
        return r"(?:{})(?:[ ,]+|(?<=['’]))(?=\S)" if self.spaced else r"(?:{})\s*(?=\S)"

    @cached_property
    def hanging(self) -> re.Pattern[str]:
        """A verb at the end that has lost its other half at the beginning."""
        return self._compile("hanging", r"(?:{})$")

    @cached_property
    def pauses(self) -> re.Pattern[str]:
        """Two words between which a reader can pause: `banheiro gastando`."""
        return self._compile("pauses", r"(?:{})$")

    @cached_property
    def infinitive(self) -> re.Pattern[str]:
        """A verb that needs what stands before its "of": `refuse de | dormir`."""
        return self._compile("infinitive", r"(?:{})$")

    @cached_property
    def incomplete(self) -> re.Pattern[str]:
        """A last word that needs another behind it: `vivere`."""
        return self._compile("incomplete", r"(?:{})$")

    @cached_property
    def leaning_clause(self) -> re.Pattern[str]:
        """A clause that leans on the next one: `…裡，`, `…たら、`."""
        return self._compile("leaning_clause", r"(?:{})$")

    @cached_property
    def adverbial_end(self) -> re.Pattern[str]:
        """A last word that says how or where, so that what it is about stands first."""
        return self._compile("adverbial_end", r"(?:{})$")

    @cached_property
    def end_labels(self) -> re.Pattern[str]:
        """What may go at the end: `만드는 법`, how it is made."""
        return self._compile("end_labels", r"(?<=\S) (?:{})$")

    @cached_property
    def adjectives(self) -> re.Pattern[str]:
        """A word that describes the noun behind it."""
        return self._compile("adjectives", r"(?:{})$")

    @cached_property
    def turning(self) -> re.Pattern[str]:
        """A "never" or "don't" where no blanks part words."""
        return self._compile("turning", r"(?:{})")

    @cached_property
    def tail_starts(self) -> re.Pattern[str]:
        """A word that the end of a sentence may begin with, without its subject."""
        return self._compile("tail_starts", r"(?:{})$")

    @cached_property
    def inner(self) -> re.Pattern[str]:
        """What leads within a sentence to that which somebody knows or says: `you realize that`."""
        return self._compile("inner", r"(?<!\w)(?:{})(?: |(?<=['’]))(?=\S)")

    @cached_property
    def asked_of_subject(self) -> re.Pattern[str]:
        """A question that says nothing without its subject before a colon: `what to eat`."""
        return self._compile("asked_of_subject", r"(?:{})\b")

    @cached_property
    def meme_lines(self) -> re.Pattern[str]:
        """`no one:`, in front of the line that counts."""
        return self._compile("meme_lines", r"(?:{})$")

    @cached_property
    def no_titles(self) -> re.Pattern[str]:
        """Whole clauses that are never a title: what the reader is to do, and greetings."""
        return self._compile(("orders", "greetings"), r"(?:{})$")

    @cached_property
    def hollow(self) -> re.Pattern[str]:
        """What says nothing without what follows it: `is it just me`."""
        return self._compile("hollow", r"(?:{})$")

    @cached_property
    def openers(self) -> re.Pattern[str]:
        """Whole clauses that only open what follows: `Finally!`, `Second try`."""
        return self._compile("openers", r"(?:{})$")

    @cached_property
    def poor(self) -> re.Pattern[str]:
        """Whole clauses of thanks, codes and prices: a title only where they come first."""
        return self._compile("poor", r"(?:{})$")

    @cached_property
    def series(self) -> re.Pattern[str]:
        """`Part 3`, `Ep. 7`."""
        return self._compile("series", r"(?:{})\s*[.#:]?\s*(\d{{1,4}})(?:\s*(?:/|of)\s*\d+)?\W*$")

    @cached_property
    def counted(self) -> re.Pattern[str]:
        """`Part`, `Ep.`: what a number of a series belongs to."""
        return self._compile("series", r"(?:{})$")

    @cached_property
    def numbered(self) -> re.Pattern[str]:
        """Such a mark anywhere in a line."""
        return self._compile("series", r"(?<!\w)(?:{})\s*[.#:]?\s*(\d{{1,4}})(?!\w|[.,:/]\d)")

    def _compile(self, keys: str | tuple[str, ...], shape: str, flags: int = 0) -> re.Pattern[str]:
        every = (self._data.get(key, "") for key in ((keys,) if isinstance(keys, str) else keys))
        lines = [line for lines in every for line in lines.split("\n") if line]
        return re.compile(shape.format("|".join(lines) or "(?!)"), re.IGNORECASE | flags)


@lru_cache(maxsize=64)
def find_language(text: str) -> Language:
    """Tell the language by its script, among those in Latin or Cyrillic letters by its small words."""
    text = text[:_LETTERS].lower()
    votes: Counter[str] = Counter()
    family: tuple[str, ...] = _LATIN
    if _NOT_LATIN.search(text):
        for script, code in _SCRIPTS:
            if script.search(text):
                return load_language(code)
        family = _IN_CYRILLIC
    if _ACCENTED.search(text):
        votes.update({code: 3 for letters, code in _LETTERS_OF if letters.search(text)})
    by_word = _votes(family)
    for word in _WORD.findall(text):
        for code in by_word.get(word, ()):
            votes[code] += 1
    return load_language(max(family, key=lambda code: votes[code]))  # the first where none decides


@cache
def load_language(code: str) -> Language:
    """Read the word lists of a language, once."""
    return Language(code)


@cache
def _votes(family: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    votes: dict[str, tuple[str, ...]] = {}
    for code in family:
        for word in load_language(code).telling:
            votes[word] = (*votes.get(word, ()), code)
    return votes


@cache
def read_common() -> MappingProxyType[str, str]:
    """Read what stands in captions of every language."""
    return MappingProxyType(_read("any"))


def _read(code: str) -> dict[str, str]:
    file = resources.files(__package__).joinpath("words", f"{code}.toml")
    return tomllib.loads(file.read_text("utf-8"))
