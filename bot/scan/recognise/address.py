# ruff: noqa: E501 (patterns and cues are checked more easily unbroken)
"""Home addresses as people write them: over several lines, in prose, flats, on envelopes.

An address is a house number or name with a street, or what follows "Address:" or "lives at". The address of a court, a police
station, a firm or any other organisation is not a finding: its name stands on the same line or in the lines directly above.
"""

from collections.abc import Iterator

import regex

from bot.domain.finding import Category
from bot.scan.recognise.interface import HIGH, LOW, MEDIUM, SEPARATOR, Page, Span, leading
from bot.scan.recognise.places import BUILDING, ORGANISATION, STREET

_WORD = r"\p{L}[\p{L}'.-]*"
_MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)"
_CAP = r"\p{Lu}[\p{L}'.-]*"
_TOWN_WORD = r"(?:St\.|\p{Lu}[\p{L}'-]*)"
_GAP = r"[ ]?(?:,[ ]?\n?|\n)[ ]*"
_CODE = r"(?:\p{Lu}{1,2}\d[\p{Lu}\d]?[ ]?\d\p{Lu}{2})"
_FLAT = rf"(?:\d{{1,2}}/\d{{1,2}}{_GAP}|(?:flat|apt|apartment|unit|room|plot|caravan|block)\.?[ ](?:no\.?[ ])?\w{{1,4}}(?:/\w{{1,3}})?{_GAP}|(?:flat|apt|apartment)[ ]\w{{1,4}}[ ])"
_NUMBER = r"(?<![\w£$.:/-])\d{1,4}[a-hA-H]?(?:[ ]?[-/][ ]?\d{1,4}[a-hA-H]?)?"
_WELSH_HOUSE = (
    r"(?:T[yŷ]|Llys|Hafod|Tyddyn|Pl[aâ]s|Bwthyn|Hendre|Cefn|Nant|Pant|Glan|Gelli|Rhos|Cae|Pen|Bod|Maes|Bryn|Cwm|Craig)"
)
_HOUSE = rf"(?:(?:The[ ]{_CAP}(?:[ ]{_CAP})?|{_CAP}(?:[ ]{_CAP})?[ ](?i:{BUILDING})){_GAP})"
_STREET_NAME = rf"(?:(?:(?:The|the|St\.?|Saint)[ ])?(?:{_CAP}[ ]){{1,4}}(?i:{STREET})|The[ ]{_CAP}|(?i:heol|ffordd|l[ôo]n|rhodfa|stryd|clos|maes|parc|bryn)[ ](?:{_CAP}|yr?|y)(?:[ ]{_CAP}){{0,2}})(?!\p{{L}}|'\p{{L}})"
_LABEL_NEXT = r"(?i:tel\w*|mob\w*|phone|e-?mail|dob|d\.o\.b|dates?|dear|re|ref|post ?code|town|city|county|country|age|sex|born|occupation|home|work|contact|preferred|nhs|our|your|next|former|name|surname|signed|subject|the|she|he|and|i|mr|mrs|ms|miss|dr)"
_TOWN_NAME = rf"(?!{_LABEL_NEXT}\b)(?!{_CODE}){_TOWN_WORD}(?:[ -](?!{_CODE})(?:{_TOWN_WORD}|upon|on|in|le|under|by|the|of)){{0,3}}"
# Over a line break a town is the whole line: anything longer is the next thing said.
_TOWN = rf"(?:[ ]?,[ ]?{_TOWN_NAME}|[ ]?,?[ ]?\n[ ]*{_TOWN_NAME}(?=[ ]*(?:,|\n|$|[ ]{{2}}|{_CODE})))"
_TAIL = rf"(?:{_TOWN}){{0,3}}(?:[ ]?,?[ \n]{{0,2}}{_CODE})?"

_NUMBERED = regex.compile(rf"(?:(?i:{_FLAT}))?{_HOUSE}?{_NUMBER},?[ ]{_STREET_NAME}{_TAIL}")
_HOUSE_AND_STREET = regex.compile(rf"(?:(?i:{_FLAT}){_HOUSE}?|{_HOUSE}){_STREET_NAME}{_TAIL}")
_NUMBERED_BUILDING = regex.compile(
    rf"(?:(?i:{_FLAT}))?{_NUMBER},?[ ](?:{_CAP}[ ]){{1,3}}(?i:{BUILDING})(?!\p{{L}}){_TAIL}"
)
# "66 Abbey Foregate, Thornaby": no word for a street, so what stands around it must say that it is an address.
_NO_STREET_WORD = regex.compile(
    rf"{_NUMBER},?[ ](?!{_MONTH}\b)(?:{_CAP}[ ]){{0,2}}{_CAP}(?:[ ]?,[ ]?{_TOWN_NAME}|[ ]?,?\n[ ]*{_TOWN_NAME}){{1,3}}(?P<code>[ ]?,?[ \n]{{0,2}}{_CODE})?"
)
_NAMED_HOUSE = regex.compile(
    rf"(?:(?P<sure>{_WELSH_HOUSE}[ -](?:\p{{L}}+[ -]){{0,2}}\p{{L}}+)|{_CAP}(?:[ -](?:{_CAP}|y|yr|the|of)){{0,2}}),[ ]?{_STREET_NAME}{_TAIL}"
)
_SHOUTED = regex.compile(
    rf"(?:(?i:{_FLAT}))?(?:[A-Z' ]{{0,20}}{BUILDING.upper()}{_GAP})?{_NUMBER},?[ ](?:[A-Z'.-]+[ ]){{1,4}}{STREET.upper()}(?![A-Z'])(?:{_GAP}[A-Z][A-Z' -]+)?(?:[ ]?,?[ \n]{{0,2}}{_CODE})?"
)
_LOWER = regex.compile(rf"(?i:{_FLAT})?{_NUMBER} (?:[a-z'-]{{3,}} ){{1,3}}{STREET}(?![a-z'])")
_LIVING = regex.compile(
    rf"(?i:\b(?:live[sd]?|living|resid(?:es|ing|ed|ent)|stay(?:s|ing|ed)|moved|moving|home(?: address)?(?: is| was)?|address(?: is| was| of)?|house|flat|now|bailed|round)"
    rf"(?: with \w+(?: \w+)?)?(?: in)? (?:at|to|of|is|was|address)?[ ]?:?[ ]?)((?:(?i:{_FLAT}))?{_HOUSE}?{_NUMBER},?[ ](?:{_CAP}[ ]?){{1,4}}{_TAIL})"
)
_HOUSE_ALONE = regex.compile(
    rf"(?i:\b(?:live[sd]?|living|residing|staying|remain(?:s|ed|ing)?|moved|moving|home|bailed)[ ](?:at|to|in)[ ])(?P<name>(?:(?i:{_FLAT}))?(?:The[ ])?{_CAP}(?:[ ]{_CAP})?[ ](?i:{BUILDING})(?!\w))"
)
_LABELLED = regex.compile(
    r"(?im:(?:(?:^|[;|,.\x1e] ?)\s{0,40}|(?<=  ))(?:\w+(?:'s)? ){0,2}(?:address|addr)(?: \(?(?:including|inc\.?|with) post ?code\)?| line 1)?[ ]?[:=-][ ]?\n?[ ]?)"
    r"((?=[^\n]*[\p{L}\d])[^\n\x1e]{6,120}?)(?=[ ]{2,}|[ ]+(?i:post ?code|tel|mobile|phone|home|dob|d\.o\.b|e-?mail)\b[^\n]{0,20}:|;|\n|\x1e|$)"
)
_CONTINUED = regex.compile(rf"\n[ ]*(?:[^\n:]{{2,40}}\n[ ]*){{0,2}}{_CODE}(?=\s|$)")
_NOT_HOME = regex.compile(
    r"(?i)\be-?mail|\bip\b|\bmac\b|\bweb(?:site)?\b|\bnot? (known|disclosed|given|recorded)|withheld|supplied|redacted|as above|overleaf|no fixed|n/a|\bsee\b|\[|<|@"
)
_LABEL_ONLY = regex.compile(r"\W*\w+(?: \w+)?\s?:")
_NAMED_AFTER_ONE = regex.compile(rf"\b[\w'.-]+ (?!court\b){STREET}\b(?=[ ,\n]|$)", regex.I)
_PLAIN_SPAN = regex.compile(r"(?i)\b(v|act|section|pages?|para|count|exhibit|between|magistrates?)\b")
_HOME_CUE = regex.compile(
    r"(?i)\b(address|liv(?:e|es|ed|ing)|resid\w+|home|of|at|stay\w*|moved|bailed|come|round|meet|new place|now|c/o|flat is|house is)\b[^\n.]{0,20}$"
)
_NHS_NUMBER = regex.compile(r"(?i)\bNHS (?:no|num)")
# Written small these are ordinary words ("edited for service", "at law"), not the name of anything.
_GENERAL = regex.compile(
    r"services?|legal|law|practice|trust|authority|department|association|society|charity|agency|counsel|news|office|centre|tribunal|judicial|courts"
)
_LIVES_AT = regex.compile(
    r"(?i)\b(?:address|lives?|living|resid\w+|stay\w*|home|moved|c/o|reached|contacted|bailed)\b[^\n.]{0,16}[ ]$|\p{Lu}\p{Ll}+[ ]of[ ]$"
)
_NAME_BEFORE = regex.compile(
    r"\p{Lu}[\p{L}'-]+[ ]\p{Lu}[\p{L}'-]+,[ ]$|(?i:\b(?:of|at|to|is|address|c/o|from|live[sd]?|flat|house|home)[ ]?:?[ ])$"
)
_OF_SOMEONE = regex.compile(r"(?i)\b(?:patient|client|resident|tenant|customer|member|name|edited|extract|summary)\b")


class Address(Page):
    """Recognise people's addresses."""

    category = Category.ADDRESS

    def find(self, text: str) -> Iterator[Span]:
        """Labelled addresses, numbered streets, named houses, and what follows "lives at"."""
        for match in _LABELLED.finditer(text):
            value, label = match.group(1), leading(text, match.start(1), 30).rpartition("\n")[2]
            if not (_LABEL_ONLY.match(value) or _NOT_HOME.search(label + value) or names_an_organisation(value)):
                yield Span(match.start(1), _end(text, match.end(1)), self.category, HIGH)
        for match in _LIVING.finditer(text):
            if not names_an_organisation(match.group(1)):
                yield _trimmed(text, match.start(1), match.end(1), 0.85)
        for match in _HOUSE_ALONE.finditer(text):
            if not names_an_organisation(match["name"]):
                yield _trimmed(text, match.start("name"), match.end("name"), 0.65)
        yield from self._without_street_word(text)
        yield from self._named_houses(text)
        for pattern, confidence in (
            (_NUMBERED, 0.85),
            (_NUMBERED_BUILDING, 0.8),
            (_HOUSE_AND_STREET, 0.6),
            (_SHOUTED, 0.85),
            (_LOWER, LOW),
        ):
            for match in pattern.finditer(text):
                if _PLAIN_SPAN.search(match.group()) or of_an_organisation(text, match.start()):
                    continue
                cued = _HOME_CUE.search(leading(text, match.start(), 40)) is not None
                if pattern is _LOWER and not cued:
                    continue
                yield _trimmed(text, match.start(), match.end(), 0.9 if cued and confidence >= MEDIUM else confidence)

    def _without_street_word(self, text: str) -> Iterator[Span]:
        """A number and a name with a town behind it, before a postcode or where an address is due."""
        for match in _NO_STREET_WORD.finditer(text):
            if _PLAIN_SPAN.search(match.group()) or of_an_organisation(text, match.start()):
                continue
            due = _NAME_BEFORE.search(leading(text, match.start(), 40)) is not None
            if match["code"] or (due and "\n" not in match.group()):
                yield _trimmed(text, match.start(), match.end(), 0.8 if match["code"] else 0.7)

    def _named_houses(self, text: str) -> Iterator[Span]:
        """A house with a name and no number before its street: with a postcode, a Welsh house word, or "lives at"."""
        for match in _NAMED_HOUSE.finditer(text):
            if _PLAIN_SPAN.search(match.group()) or of_an_organisation(text, match.start()):
                continue
            due = _LIVES_AT.search(leading(text, match.start(), 30)) is not None
            if names_an_organisation(match.group()) and not due:
                continue
            if due or match["sure"]:
                yield _trimmed(text, match.start(), match.end(), 0.8 if due else 0.65)


def of_an_organisation(text: str, start: int) -> bool:
    """Whether an address at `start` belongs to an organisation named on its line or in the short lines above it."""
    before = text[max(0, start - 220) : start].rpartition(SEPARATOR)[2].rpartition("\n\n")[2]
    lines = before.split("\n")
    line = regex.split(r"[.;:!?] |\bliv(?:es|ed|ing)\b|\baddress\b", lines[-1])[-1]
    if regex.search(r"(?i)address[^\n]{0,12}[:=]|\bliv(?:e|es|ed|ing) |\bhome\b|\bresid", lines[-1]):
        return False
    if names_an_organisation(line[-90:]):
        return True
    for above in reversed(lines[-5:-1]):
        if ":" in above or len(above) > 60 or _OF_SOMEONE.search(above):
            return False
        if regex.match(r"(?i)\s*(?:mr|mrs|ms|miss|mx|dr)\b", above):
            return False
        if names_an_organisation(above):
            return True
    return False


def names_an_organisation(text: str) -> bool:
    """Whether an organisation is named, "School Lane" and "Church Street" left aside."""
    plain = str(_NAMED_AFTER_ONE.sub("", _NHS_NUMBER.sub("", text)))
    return any(not _GENERAL.fullmatch(match.group()) or plain.islower() for match in ORGANISATION.finditer(plain))


def _end(text: str, end: int) -> int:
    """Where a labelled address ends when further lines lead to a postcode."""
    following = _CONTINUED.match(text, end)
    return following.end() if following and following.end() - end < 120 and SEPARATOR not in following.group() else end


def _trimmed(text: str, start: int, end: int, confidence: float) -> Span:
    while end > start and text[end - 1] in " ,.\n":
        end -= 1
    return Span(start, end, Category.ADDRESS, confidence)
