"""Makes what was typed or pasted readable: unseen marks, look-alike letters, markup, quoted headers, small print."""

import html
import unicodedata

import regex

LONGEST = 4000
"""Characters of a message that are read; of a longer paste the beginning and the end, where questions stand."""
_MOST_SEEN = 200_000
"""Nothing beyond this is looked at, so that no paste takes long to tidy."""
# Letters of other scripts that look Latin, where a word mixes them in (Unicode TS 39, confusables.txt).
_ALIKE = str.maketrans(
    "аеорсухіјѕԁһӏԛԝвкмнтАВЕКМНОРСТУХІЈЅοαυνρτικΑΒΕΖΗΙΚΜΝΟΡΤΥΧ",
    "aeopcyxijsdhlqwbkmhtABEKMHOPCTYXIJSoauvptikABEZHIKMNOPTYX",
)
_UNSEEN = regex.compile(r"[\p{Cf}\p{Mn}]")
_MIXED = regex.compile(r"\p{L}*(?:\p{Latin}[\p{Cyrillic}\p{Greek}]|[\p{Cyrillic}\p{Greek}]\p{Latin})\p{L}*")
_LOOKS_LATIN = regex.compile(r"(?<!\p{L})[\p{Cyrillic}\p{Greek}]+(?!\p{L})")
_TAG = regex.compile(r"<(?:/?[a-zA-Z][^<>]{0,200}|!--.{0,2000}?--)>", flags=regex.DOTALL)
_MARKS = regex.compile(r"(?<!\w)[*_~`#]{1,3}(?=\S)|(?<=\S)[*_~`]{1,3}(?!\w)")
_PICTURE = regex.compile(r"[\p{So}\p{Sk}][\p{So}\p{Sk}\u200d\ufe0f]*")
_HEADER = regex.compile(
    r"^[> \t]*(?:from|to|cc|bcc|sent|date|subject|reply-to|importance|attachments?) ?:[^\n]*$", flags=regex.I | regex.M
)
_QUOTING = regex.compile(r"^[ \t]*(?:>[> \t]*)+", flags=regex.M)
_SMALL_PRINT = regex.compile(
    r"^[^\n]*\b(?:this (?:e-?mail|message|communication)\b[^\n]*\b(?:confidential|private|intended|addressee|recipient)"
    r"|if you (?:have received|are not the intended)\b|(?:if )?received (?:this (?:e-?mail )?)?in error\b"
    r"[^\n]*\b(?:notify|delete)"
    r"|sent from my (?:iphone|ipad|phone|samsung|android|galaxy)|get outlook for"
    r"|(?:please )?(?:consider|think of) the environment)[^\n]*$",
    flags=regex.I | regex.M,
)
_SHORT_FOR = (
    (regex.compile(r"\s*(?:[-=]+>|\u2192)\s*"), " to "),
    (regex.compile(r"(?<!\w)w/o(?:ut)?(?!\w)", flags=regex.I), "without"),
    (regex.compile(r"(?<!\w)w/(?=\s|\w)", flags=regex.I), "with "),
    (regex.compile(r"(?<!\w)4(?= (?:the|my|a|an|our|his|her|their|them|me|it|you|u)\b)", flags=regex.I), "for"),
    (
        regex.compile(r"(?<!\w)2(?= (?:the|my|our|his|her|their|them|me|it|send|go|give|share|post)\b)", flags=regex.I),
        "to",
    ),
    (regex.compile(r"(?<!\w)b4(?!\w)", flags=regex.I), "before"),
    (regex.compile(r"(?<!\w)(?:u|ya)(?!\w)", flags=regex.I), "you"),
    (regex.compile(r"(?<!\w)r(?= (?:u|you|they|we|the|asking|wanting|chasing|after)\b)|(?<=\w )r(?= \w+ing\b)"), "are"),
    (regex.compile(r"(?<!\w)pls(?!\w)", flags=regex.I), "please"),
)
"""What is typed for short, where it can mean nothing else."""
_SPELT = regex.compile(r"(?<!\w)(?:[a-z0-9] ){2,}[a-z0-9](?!\w)", flags=regex.I)


def tidy(text: str) -> str:
    """The words of a message on one line, as a person would read them out."""
    if len(text) > _MOST_SEEN:
        text = f"{text[: _MOST_SEEN // 2]} {text[-_MOST_SEEN // 2 :]}"
    text = html.unescape(unicodedata.normalize("NFKC", text))
    text = _UNSEEN.sub("", _PICTURE.sub(" ", _TAG.sub(" ", text)))
    text = _MIXED.sub(lambda found: found.group().translate(_ALIKE), text)
    text = _LOOKS_LATIN.sub(_latin, text)
    text = _QUOTING.sub("", text)
    text = _SMALL_PRINT.sub("", _HEADER.sub("", text))
    text = _MARKS.sub("", text)
    for short, meant in _SHORT_FOR:
        text = short.sub(meant, text)
    text = _SPELT.sub(lambda found: found.group().replace(" ", ""), text)
    return shortened(text)


def shortened(text: str) -> str:
    """The text on one line, or the beginning and end of a very long one."""
    text = " ".join(text.split())
    return text if len(text) <= LONGEST else f"{text[: LONGEST // 2]} {text[-LONGEST // 2 :]}"


def _latin(found: "regex.Match[str]") -> str:
    """A short word all in look-alike letters, in Latin ones; a word of another language stays."""
    word: str = found.group()
    plain = word.translate(_ALIKE)
    return plain if plain.isascii() else word
