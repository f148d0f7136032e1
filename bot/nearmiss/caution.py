"""What is taken out of a report on suspicion alone, whatever the recognisers say: numbers, links, words like names.

A stored report is read by others for years, so a false alarm costs a word and a miss costs a person their privacy.
"""

import re
from collections.abc import Iterator

from bot.language import ordinary_words

Mark = tuple[int, int, str]
"""Start, end, and the label to put there."""

_MONTH = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    "nov(?:ember)?|dec(?:ember)?"
)
_STREETS = (
    "road|rd|street|st|avenue|ave|close|lane|drive|crescent|terrace|court|gardens|grove|way|place|square|mews|walk|hill|"
    "row|park|rise|view|green|parade|bank|wharf|gate|cottages?|house|heights"
)
_KINDS_OF_FILE = "docx?|xlsx?|xlsm|csv|pdf|pptx?|msg|eml|jpe?g|png|mp4|zip|rtf|odt|txt"
_PATTERNS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"(?i)\b(?:https?://|www\.)\S+"), "[link]"),
    (re.compile(r"[^\s@<>(),;:]+@[^\s@<>(),;:]+\.\w+"), "[email]"),
    (re.compile(r"(?<!\w)@\w[\w.-]*"), "[handle]"),
    (re.compile(rf"(?i)\b[\w()'’.-]+\.(?:{_KINDS_OF_FILE})\b"), "[file]"),
    (re.compile(r"\b\d{1,4}[/.-]\d{1,2}[/.-]\d{2,4}\b"), "[date]"),
    # The day goes and the month stays: months show seasons and staffing, days find the case.
    (re.compile(rf"(?i)\b\d{{1,2}}(?:st|nd|rd|th)?(?: of)?(?= (?:{_MONTH})\b)"), "[day]"),
    (re.compile(rf"(?i)\b(?P<keep>(?:{_MONTH}) )\d{{1,2}}(?:st|nd|rd|th)?\b"), "[day]"),
    (re.compile(r"\+?\(?\d(?:[\s()/.-]{0,2}\d){5,}"), "[number]"),
    (re.compile(r"\b(?=[\w/-]*[A-Za-z])(?=(?:[A-Za-z/-]*\d){4})[A-Za-z0-9]+(?:[/-][A-Za-z0-9]+)*\b"), "[number]"),
    (re.compile(r"(?i)\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b"), "[postcode]"),
    (re.compile(r"\b[A-Z]{2}\d{2} ?[A-Z]{3}\b"), "[vehicle registration]"),
    # Without capitals, and in Welsh, where the word for the street comes first.
    (
        re.compile(rf"(?i)\b\d{{1,4}}[a-z]?,? (?:[a-z'’-]+ ){{1,3}}(?:{_STREETS})\b(?: (?:north|south|east|west))?"),
        "[address]",
    ),
    (
        re.compile(
            r"(?i)\b\d{1,4}[a-z]?,? (?:heol|ffordd|stryd|lôn|lon|maes|clos|cae|rhodfa|rue|via|calle)(?: [\w'’-]+){1,3}"
        ),
        "[address]",
    ),
    (
        re.compile(r"(?i)(?<=\bpassword was )\S+|(?<=\bpassword is )\S+|(?<=\bpassword: )\S+"),
        "[secret]",
    ),
    (
        re.compile(
            r"(?i)\b(?P<keep>(?:keysafe|key safe|door code|entry code|passcode|pin)(?: is| was| no| number)?:? ?)\d{3,}"
        ),
        "[secret]",
    ),
    (re.compile(r"(?<!\S)(?=\S*[A-Za-z])(?=\S*\d)(?=\S*[!#$%^&*+?~])[^\s\[\]]{6,}"), "[secret]"),
    # A house number and two or more words with capitals, whatever the street is called.
    (re.compile(rf"\b\d{{1,4}}[A-Za-z]?,? (?!(?i:{_MONTH})\b)[A-Z][a-z'’-]+(?: [A-Z][a-z'’-]+)+"), "[address]"),
    (re.compile(r"(?<=\bD\d \()[^\W\d_][\w'’ -]*(?=\))"), "[name]"),
    (re.compile(r"(?i)\b(?P<keep>(?:pc|dc|ds|di|ps|sgt) )\d{1,6} [a-z][a-z'’-]+"), "[name]"),
    (re.compile(r"(?i)\bo['’](?!clock\b)[a-z]{3,}(?:-[a-z]+)*"), "[name]"),
    (re.compile(r"\b(?:[A-Z]\.){2,}"), "[name]"),
    (re.compile(r"(?<=\b[Rr] v )[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)*"), "[name]"),
)
_CAPITAL = r"[A-Z][a-z’'-]*[a-z](?!\w)"
_RUN = re.compile(rf"\b{_CAPITAL}(?: (?:(?:de|van|von|al|bin|ap) )?{_CAPITAL})*")
_OWNER = re.compile(r"\b(?P<owner>[a-z]{3,}(?:-[a-z]+)*)['’]s\b")
"""Whoever types without capitals still writes "zielinski's statement"."""
_SENTENCE_ENDS = re.compile(r"(?:^|[.!?:\n])\s*[\"'“‘(-]*$")
# fmt: off
KEPT = frozenset(
    {
        "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january", "february", "march",
        "april", "may", "june", "july", "august", "september", "october", "november", "december", "outlook", "word",
        "excel", "teams", "slack", "gmail", "google", "facebook", "instagram", "twitter", "telegram", "dropbox",
        "copilot", "signal", "microsoft", "adobe", "acrobat", "apple", "android", "england", "wales", "scotland",
        "ireland", "britain", "british", "english", "welsh", "christmas", "easter", "crown", "court", "magistrates",
        "royal", "mail", "home", "office", "mr", "mrs", "ms", "dr", "miss", "sir", "dame", "judge", "recorder", "op",
        "operation", "precons", "whatsapp", "gdpr", "wetransfer", "onedrive", "sharepoint", "powerpoint",
        "autocomplete", "autocorrect", "autofill", "autosave", "spellcheck", "spellchecker", "egress", "caseview",
        "xhibit", "chatgpt", "bcc", "cjsm", "dcs", "cms", "redactor", "docusign", "webex", "zoom",
    }
)
# fmt: on


def suspicious(text: str) -> Iterator[Mark]:
    """Marks for everything in the text that looks as though it could identify somebody."""
    for pattern, label in _PATTERNS:
        for match in pattern.finditer(text):
            kept = match.groupdict().get("keep") or ""
            yield match.start() + len(kept), match.end(), label
    yield from _unknown_capitals(text)
    for match in _OWNER.finditer(text):
        if _unknown(match.group("owner")):
            yield *match.span("owner"), "[name]"


def _unknown_capitals(text: str) -> Iterator[Mark]:
    """Words with a capital inside a sentence that are neither English words nor on the short list of kept ones."""
    for run in _RUN.finditer(text):
        words = [(run.start() + word.start(), _bare(word.group())) for word in re.finditer(r"\S+", run.group())]
        opens = _SENTENCE_ENDS.search(text[: run.start()]) is not None
        inside = words[1:] if opens else words
        if any(_unknown(word) for _, word in inside) or (
            opens and len(words) > 1 and _unknown(words[0][1], strict=True)
        ):
            # "Did Nadia Price": the first word of a sentence goes only when it is no word itself.
            start = 1 if opens and not _unknown(words[0][1]) else 0
            chosen = [(at, word) for at, word in words[start:] if word.lower() not in KEPT]
            if chosen:
                yield chosen[0][0], chosen[-1][0] + len(chosen[-1][1]), "[name]"


def is_small(word: str) -> bool:
    """Whether it is one of the words that hold sentences together."""
    return word in _SMALL


def _bare(word: str) -> str:
    return re.sub(r"['’]s?$", "", word)


def _unknown(word: str, strict: bool = False) -> bool:
    lower = word.lower()
    if lower in KEPT or len(lower) < 2:
        return False
    endings = ("", "s", "es", "ed", "d", "ing", "ly", "er")
    stems = {lower.removesuffix(ending) for ending in endings}
    stems |= {stem + "e" for stem in stems} if strict else {lower.removesuffix("ing") + "e"}
    return not (stems & ordinary_words()) and lower not in _SMALL


# fmt: off
_SMALL = frozenset(
    {
        "i", "i'm", "i've", "i'd", "i'll", "a", "an", "the", "and", "or", "but", "if", "of", "to", "in", "on", "at",
        "by", "for", "from", "with", "without", "into", "onto", "our", "your", "my", "his", "her", "its", "their",
        "this", "that", "these", "those", "he", "she", "it", "we", "you", "they", "me", "him", "us", "them", "was",
        "were", "is", "are", "am", "be", "been", "being", "has", "have", "had", "do", "does", "did", "not", "no", "nor",
        "so", "as", "than", "then", "there", "here", "who", "whom", "whose", "which", "what", "when", "where", "why",
        "how", "all", "any", "both", "each", "some", "such", "didn't", "don't", "can't", "won't", "could", "should",
        "would", "might", "must", "shall", "since", "until", "while", "although", "because", "before", "after", "about",
        "isn't", "wasn't", "hasn't", "haven't", "nobody", "nothing", "somebody", "someone", "anyone", "everyone",
        "everybody", "else", "whether", "during", "against",
    }
)
# fmt: on
