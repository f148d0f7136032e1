"""Words taken out because they may be somebody's name: whatever the lists of names know, in any case and place."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from bot.language import function_words, is_ordinary, ordinary_words
from bot.nearmiss.caution import KEPT, Mark, is_small
from bot.scan.recognise.name_lists import name_lists

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_SENTENCE_ENDS = re.compile(r"(?:^|[.!?:;\n•*-])\s*[\"'“‘(*-]*$")
_TITLE = re.compile(
    r"(?i)\b(?:mr|mrs|ms|miss|mx|cllr|hhj)\.?\s+(?:&\s+(?:mr|mrs|ms|miss)\.?\s+)?(?P<name>[^\W\d_][\w'’-]*)"
)
_INITIAL = re.compile(r"(?<![\w.])(?P<name>(?![AI] )[A-Z]\.? (?:[A-Z]\.? )?[A-Z][^\W\d_]+)")
_OWNS = re.compile(r"['’]s?$")
_GAPS = (" ", "-", " de ", " van ", " von ", " al ", " el ", " bin ", " ap ", " ab ", " ul ")
_DOES = re.compile(
    r" (?:told|said|says|rang|spotted|noticed|stopped|caught|found|picked|asked|saw|checked|thinks|knows|from|who|had|"
    r"has|was|is|and|in|at|came|went|opened|helped|took|put|sent|called|warned|flagged|pointed|and I)\b"
)
_SHORTEST = 3
# fmt: off
_WORD_NAMES = frozenset({
    "will", "faith", "hope", "grace", "rose", "mark", "joy", "ivy", "holly", "daisy", "lily", "poppy", "ruby", "pearl",
    "amber", "jade", "dawn", "gill", "jack", "bill", "bob", "rob", "nick", "rich", "pat", "sue", "drew", "dean", "art",
    "gene", "frank", "grant", "chance", "christian", "royal", "summer", "autumn", "young", "field", "fields", "brown",
    "west", "stone", "little", "day", "bell", "price", "king", "knight", "page", "cook", "baker", "wood", "woods",
    "hill", "marsh", "rivers", "banks", "fox", "wolf", "swift", "small", "long", "short", "black", "white", "green",
    "gray", "grey", "north", "east", "south", "moon", "snow", "frost", "winter", "winters", "sharp", "strong", "wise",
    "noble", "love", "pope", "bishop", "abbott", "church", "chapel", "bridge", "brook", "brooks", "bush", "flower",
    "flowers", "forest", "rowe", "power", "powers", "steel", "street", "waters", "wells", "wheeler", "walker", "turner",
    "carter", "cooper", "fisher", "hunter", "miller", "mason", "parker", "porter", "shepherd", "taylor", "weaver",
    "potter", "gardener", "farmer", "judge", "major", "best", "good", "bright", "sweet", "savage", "pike", "bird",
    "finch", "swan", "drake", "hawk", "lamb", "bull", "hart", "holmes", "house", "hall", "ball", "bond", "cross",
})
_NOT_AFTER = frozenset({"will", "may", "day", "long", "short", "good", "best", "judge", "house", "bill", "page"})
_ACRONYMS = frozenset({"mappa", "marac", "cafcass", "iopc", "idpc", "hmcpsi", "gdpr", "fyi", "asap", "ocpa", "osint"})
# fmt: on
"""Names that are words as well, taken for names with a capital inside a sentence or beside another name."""


def likely_names(text: str, marks: Sequence[Mark]) -> Iterator[Mark]:
    """Marks for words that the lists of names know and nothing has marked yet, and for what stands beside a name."""
    found = [(start, end) for start, end, label in marks if label == "[name]"]
    new = [*_titled(text), *_initialled(text)]
    new += [place for place in _words(text) if _alone(text, *place)]
    found += new
    for _ in range(2):  # "zhen li wu": what stands beside a name found beside a name
        near = [place for place in _beside(text, found) if place not in found]
        found += near
        new += near
    return ((start, end, "[name]") for start, end in new)


def _words(text: str) -> list[tuple[int, int]]:
    return [(match.start(), match.start() + len(_OWNS.sub("", match.group()))) for match in _WORD.finditer(text)]


def _titled(text: str) -> Iterator[tuple[int, int]]:
    for match in _TITLE.finditer(text):
        word = _OWNS.sub("", match.group("name"))
        if word.lower() not in function_words() and not is_small(word.lower()):
            yield match.start("name"), match.start("name") + len(word)


def _initialled(text: str) -> Iterator[tuple[int, int]]:
    for match in _INITIAL.finditer(text):
        last = match.group("name").split()[-1].lower()
        if last not in KEPT and not is_small(last):
            yield match.span("name")


def _alone(text: str, start: int, end: int) -> bool:
    """Whether a word goes by itself."""
    word = text[start:end]
    lower = word.lower()
    if len(word) < 2 or lower in KEPT or is_small(lower) or (lower in function_words() and not word.istitle()):
        return False
    if len(word) < _SHORTEST:
        return word.istitle() and not _opens(text, start) and not is_small(lower) and lower not in {"no", "op", "re"}
    if not _english(lower) and any(
        _in_lists(part) for part in (lower, lower.removesuffix("s"), *re.split("['’-]", lower))
    ):
        return True
    if word.isupper():
        return len(word) > 4 and not _english(lower) and lower not in _ACRONYMS and bool(re.search("[AEIOU]", word))
    if not word[0].isupper():
        return False
    known = _in_lists(lower) or lower in _WORD_NAMES
    if _opens(text, start):
        return (not _english(lower) and "-" not in lower) or (known and bool(_DOES.match(text, end)))
    return known or (text[end : end + 2] in {"'s", "’s"} and not _english(lower))


def _opens(text: str, start: int) -> bool:
    """Whether a sentence or a line begins there."""
    return bool(_SENTENCE_ENDS.search(text[max(0, start - 12) : start]))


def _beside(text: str, found: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The words right before and after a name that may belong to it: "precious chen", "Wren Little"."""
    places = _words(text)
    starts, ends = dict(places), {end: start for start, end in places}
    for start, end in found:
        for gap in _GAPS:
            if text.startswith(gap, end) and end + len(gap) in starts:
                place = (end + len(gap), starts[end + len(gap)])
                if _may_belong(text, place, after=True):
                    yield place
            if text.endswith(gap, 0, start) and start - len(gap) in ends:
                place = (ends[start - len(gap)], start - len(gap))
                if _may_belong(text, place, after=False):
                    yield place


def _may_belong(text: str, place: tuple[int, int], *, after: bool) -> bool:
    word = text[slice(*place)]
    lower = word.lower()
    if is_small(lower) or (lower in function_words() and not word.istitle()):
        return False
    if (
        _in_lists(lower)
        or _in_lists(lower.removesuffix("s"))
        or lower in _WORD_NAMES
        or lower.removesuffix("s") in _WORD_NAMES
    ):
        return word[0].isupper() or not after or lower not in _NOT_AFTER
    return after and word.istitle() and lower not in KEPT and not _english(lower)


@cache
def _in_lists(word: str) -> bool:
    lists = name_lists()
    return word in lists.first or word in lists.last or word in lists.sure_first


@cache
def _english(word: str) -> bool:
    """Whether it is a word of the language, in any usual form."""
    if is_ordinary(word):
        return True
    stems = {word.removesuffix(ending) for ending in ("s", "es", "ed", "d", "ing", "ly", "er", "ers", "able")}
    undoubled = {re.sub(r"(.)\1$", r"\1", stem) for stem in stems}
    return bool((stems | {stem + "e" for stem in stems} | undoubled) & ordinary_words())
