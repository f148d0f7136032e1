# ruff: noqa: E501 (patterns and cues are checked more easily unbroken)
"""How names are written in British case papers: titles, ranks, labels, surname first, initials, salutations, relatives (models.md section 1)."""

from collections.abc import Iterator

import regex

_PART = r"(?:\p{Lu}\p{Ll}*(?:['-]\p{Lu}?\p{Ll}+)+|\p{Lu}\p{Ll}+(?:\p{Lu}\p{Ll}+)?|\p{Lu}['-]\p{Lu}+(?:['-]\p{Lu}+)*|\p{Lu}{2,}(?:['-]\p{Lu}+)*)"
_INITIAL = r"\p{Lu}\.?"
_PARTICLE = r"(?:de|da|di|del|van|von|der|den|al|el|bin|bint|ibn|ap|ab|ferch|ul|ur|la|le|dos|du|st)"
_GAP = r"[ ]{1,2}"
NAME = rf"{_PART}(?:{_GAP}(?:{_PARTICLE}{_GAP}){{0,2}}(?:{_PART}|{_INITIAL}(?={_GAP}\p{{Lu}}))){{0,3}}"
"""One to four words of a name, as a pattern that minds case."""
_INITIALLED = rf"(?:{_INITIAL}{_GAP}?){{1,3}}{_PART}"
_ANY = rf"(?:{_INITIALLED}|{NAME})"
_ANY_CASE = r"[\p{L}][\p{L}'-]+(?:[ ][\p{L}][\p{L}'.-]*){0,3}"

_TITLES = r"(?:Mr|Mrs|Ms|Miss|Mx|Master|Dr|Prof(?:essor)?|Sir|Dame|Lady|Rev(?:erend)?|HHJ|DJ|Judge|Recorder|Nurse|Sister|Midwife|Doctor|Imam|Father|Pastor|Rabbi|Auntie|Aunty|Uncle|MR|MRS|MS|MISS|DR|Messrs)"
_RANKS = (
    r"(?:T?/?(?:PC|PS|DC|DS|DI|DCI|DSU|DCS|PCSO|SC|SGT|INSP|CI|TDC|A/PS|SOCO|CSI)|(?:Police |Special |Detective )?(?:Constable|Sergeant|Inspector|Superintendent)|"
    r"Chief Inspector|Insp|Sgt|Supt|Det|Con|Officer|Paramedic|SIO|OIC)"
)
_LABELS = (
    r"(?:full name|name of (?:witness|patient|defendant|child|victim|caller|informant|detainee|suspect)|names?|surname|family name|last name|fore ?names?(?:\(s\))?|first names?|given names?|middle names?|maiden name|former name|"
    r"previous name|patient(?: name)?|pt(?: name)?|victim|complainant|injured party|aggrieved|defendants?|accused|suspect|witness|caller(?: name)?|informant|"
    r"oic|officer in (?:the )?case|disclosure officer|reviewing lawyer|prosecutor|next of kin|n\.?o\.?k|mother|father|parents?|guardian|carer|gp|consultant|interviewee|interviewer|detainee|detained person|"
    r"appropriate adult|solicitor|account holder|account name|client|keeper|registered keeper|driver|owner|tenant|aka|a\.k\.a\.?|alias(?:es)?|statement of|statement taken by|signature witnessed by|taken by|"
    r"signed(?: by)?|signature|author|created by|last modified by|attn|fao|for the attention of|employee|staff member|reported by|made by|exhibited by|crew|operator|seen by|attended by|(?:the )?landlord|(?:the )?tenant|payee|attendees?|present|child(?:'s name)?|(?:the )?deceased|person|subject name|nominal)"
)
_RELATIVES = (
    r"(?:mother|father|mum|mam|dad|son|daughter|sister|brother|wife|husband|partner|ex(?:[- ](?:partner|wife|husband|boyfriend|girlfriend))?|girlfriend|boyfriend|fianc[ée]e?|"
    r"friend|mate|best friend|neighbour|landlord|flatmate|colleague|boss|manager|aunt|auntie|uncle|cousin|niece|nephew|gran|nan|grandmother|grandfather|grandson|granddaughter|"
    r"stepson|stepdaughter|stepfather|stepmother|step-?dad|twin|baby|child|boy|girl|social worker|solicitor|key ?worker|counsellor|therapist|teacher)"
)
_ROLES = r"(?:victim|complainant|witness|defendant|suspect|accused|caller|informant|patient|deceased|detainee|applicant|interviewee|offender|male|female)"

RULES: tuple[tuple["regex.Pattern[str]", float], ...] = tuple(
    (regex.compile(pattern, regex.M), confidence)
    for pattern, confidence in (
        (rf"\b{_TITLES}\.?[ ](?P<name>{_ANY})", 0.9),
        (
            rf"\b(?i:{_RANKS})[ ]+(?!(?i:{_RANKS})\b)(?:(?:No\.? ?)?[A-Z]{{0,2}}\d{{1,6}}[A-Z]{{0,2}}[ ,]+)?(?P<name>{_ANY})",
            0.85,
        ),
        (rf"\b(?P<name>{_ANY})[ ]?,?[ ](?:PC|PS|DC|DS|DI|DCI)[ ]?\d{{2,6}}\b", 0.85),
        (
            rf"(?i:(?:(?:^|[;|,.\x1e(]|(?<=\d)[ ]|\b(?:the|and|of)[ ])[ ]{{0,40}}|(?<=[ ]{{2}})){_LABELS})(?:[ ]?\([^)\n]{{0,20}}\))?[ ]?[:=][ ]*(?:{_TITLES}\.?[ ])?(?P<name>{_ANY})(?![\w@])",
            0.9,
        ),
        (
            rf"(?i:(?:(?:^|[;|,\x1e])[ ]{{0,40}}|(?<=[ ]{{2}})){_LABELS})[ ]?[:=][ ]*(?P<name>{_ANY_CASE})(?=[ ]*(?:$|[,;|(\d]))",
            0.6,
        ),
        (
            rf"(?i:^[ ]*(?:defendant|statement of|victim|complainant|patient|witness|suspect|name|surname|forenames?|detainee|interviewee))[ ]+(?P<name>{_ANY})",
            0.75,
        ),
        (
            r"(?:^|(?<=[^\p{L}\d]))(?P<name>\p{Lu}[\p{Lu}'-]{2,},[ ]?\p{Lu}(?:\p{Ll}+|\p{Lu}{2,})(?:[ -]\p{Lu}\p{L}*){0,2})(?![\p{L}])",
            0.8,
        ),
        (rf"\b(?:R|Regina|Rex|REX|REGINA|The King|The Queen)[ ](?:v\.?|vs?\.?|-v-|V)[ ](?P<name>{_ANY})", 0.9),
        (
            rf"(?i:^[ >]*(?:dear|hi|hello|hiya|morning|afternoon|hey))[ ](?:{_TITLES}\.?[ ])?(?P<name>{_ANY})(?=[ ]?[,!.\n-]|$)",
            0.85,
        ),
        (
            rf"(?i:(?:yours (?:sincerely|faithfully|truly)|(?:kind|best|many|warm)(?: kind)? (?:regards|wishes)|regards|many thanks|thanks|cheers)[ ]?[,.]?)\s{{1,4}}(?P<name>{_ANY})(?=[ ]*[,\n(]|[ ]*$)",
            0.85,
        ),
        (
            rf"(?i:\b(?:my|his|her|their|our|your|the|a)[ ](?:\w+[ ])?{_RELATIVES}(?:[ ]called|[ ]named|[ ]is|[ ]was)?,?)[ ](?P<name>{_ANY})",
            0.8,
        ),
        (rf"(?:^|[.;:(][ ])(?i:{_RELATIVES})[ ](?P<name>{_PART})", 0.7),
        (rf"(?<=\p{{Ll}}{{2}}[ ](?:/|&)[ ])(?P<name>{_INITIALLED})", 0.6),
        (rf"(?i:\b(?:the[ ])?{_ROLES})[ ]?,?[ ](?P<name>{_ANY})", 0.75),
        (
            rf"(?i:\b(?:known (?:to me )?(?:only )?as|called|named|name(?: is|'s| was| of)|nickname(?:d)?|goes by|alias|aka|identified as|i am|i'm|this is|introduced (?:him|her)self as))[ ][\"']?(?P<name>{_ANY})",
            0.75,
        ),
        (r"(?<![\p{L}./])(?P<name>(?:\p{Lu}\.[ ]?){1,3}\p{Lu}[\p{L}'-]{2,})(?![\p{L}])", 0.75),
        (r"(?<![\p{L}])(?P<name>\p{Lu}[\p{L}'-]{3,}, ?\p{Lu}\.?)(?=[ ]*(?:$|;|[ ]{2}|\d))", 0.6),
        (
            rf"(?i:\b(?:lots of love|love|take care|ta|thx|yours)[ ]?,?)[ \n]{{1,2}}(?P<name>{_PART})(?=[ ]*(?:x+\b|[,.]?[ ]*$))",
            0.7,
        ),
        (rf"(?im:^[ ]*(?:from|to|cc|bcc|sender)[ ]?:[ ]*)\"?(?P<name>{_ANY})\"?(?=[ ]*(?:<|\n|$|;|,|\())", 0.9),
        (
            r"(?im:^[ ]*(?:from|to|cc|bcc|reply-to)[ ]?:[^\n]*[;,][ ]*)\"?(?P<name>\p{Lu}\p{Ll}+[ ]\p{Lu}[\p{L}'-]+)\"?(?=[ ]*<)",
            0.9,
        ),
        (rf"(?i:\b(?:signed|signature))[ ]?:?[ .]*(?P<name>{_INITIALLED})", 0.85),
    )
)

CERTAIN: tuple[tuple["regex.Pattern[str]", float], ...] = tuple(
    (regex.compile(pattern, regex.M), confidence)
    for pattern, confidence in (
        (rf"(?i:^[ >]*(?:dear|hi|hello|hiya|hey))[ ](?P<name>{_PART})(?=[ ]?(?:[,!]|$))", 0.7),
        (
            rf"(?i:(?:(?:^|[;|,\x1e])[ ]{{0,40}}|(?<=[ ]{{2}}))(?:surname|family name|last name|fore ?names?(?:\(s\))?|first names?|given names?|middle names?|maiden name))[ ]?[:=][ ]*(?P<name>{_ANY})(?=[ ]*(?:$|[,;|\x1e]|[ ]{{2}}|\p{{L}}+[ ]?:))",
            0.85,
        ),
        (
            rf"(?i:\b(?:i|we|he|she|they|who|him|her|male|female|man|woman|lad|girl|boy|guy|bloke|person|friend|mate)\b[^.\n]{{0,18}}\b(?:known?(?: to me)?(?: only)? as|nicknamed|goes by(?: the name(?: of)?)?|calls? (?:him|her|himself|herself)))[ ][\"']?(?P<name>{_PART})",
            0.7,
        ),
        (rf"(?i:\bwho(?:'s| is| was))[ ](?P<name>{_PART})(?=[ ]?\?)", 0.6),
        (
            r"(?i:\b(?:complainant|victim|child|eye ?witness|witness|suspect))[ ](?P<name>(?!VPS|ABE|CPS|VCOP|WCU|MG|ID|IP|LIO|OIC|BWV|PNB|QC|KC|DNA|AND|OR|IN|IS|AT|TO|OF|BY|ON)\p{Lu}\.?\p{Lu}\.?)(?![\p{L}\d/'.-])",
            0.5,
        ),
    )
)
"""Where only a name can stand, even one that is an ordinary word, a nickname or initials."""

_JUDGE = regex.compile(r"^[ ](?:CJ|LCJ|LJJ?|MR|JSC|JJ?)\b(?!\.)")
_LORD = regex.compile(r"\b(?:Lord|Lady|Baroness)[ ]$")
_CITATION = regex.compile(
    r"(?:\[(?:19|20)\d\d\]|\((?:19|20)\d\d\))[ ]\d{0,3}[ ]?(?:EW|UK|AC\b|QB\b|KB\b|WLR|All|Cr|EHRR|Crim|BCLC|Fam|Ch\b|CLR|SC|IR\b|NI)[\p{L} ().]{0,14}[ ]?\d*"
)
_LEADING_CASE = regex.compile(
    r"(?:\b(?:in|see|also|are|is|from|per|cf\.?|authorit\w+|case of|citing|following|applied|considered|with|by)\b[ :]|[;\n(]|[.][ ](?=\p{Lu}))",
    regex.I,
)


def by_rule(text: str) -> Iterator[tuple[int, int, float]]:
    """(start, end, confidence) of everything that stands where a name stands."""
    for pattern, confidence in RULES:
        for match in pattern.finditer(text):
            yield match.start("name"), match.end("name"), confidence


def by_certain_rule(text: str) -> Iterator[tuple[int, int, float]]:
    """(start, end, confidence) of everything that stands where only a name can stand."""
    for pattern, confidence in CERTAIN:
        for match in pattern.finditer(text):
            yield match.start("name"), match.end("name"), confidence


def is_judge(text: str, start: int, end: int) -> bool:
    """Whether a judge of a reported case is cited ("Lord Bingham CJ", "Hughes LJ"): public law too."""
    return _JUDGE.search(text[end : end + 6]) is not None or _LORD.search(text[max(0, start - 9) : start]) is not None


def reported_cases(text: str) -> list[tuple[int, int]]:
    """Where reported cases are cited ("R v Smith [2019] EWCA Crim 1"): names in them are public law, not people of the file."""
    found = []
    for match in _CITATION.finditer(text):
        before = text[max(0, match.start() - 160) : match.start()]
        versus = regex.search(r"\bv\.?[ ]|\bRe[ ]|\bAttorney", before)
        if versus:
            starts = [cut.end() for cut in _LEADING_CASE.finditer(before) if cut.end() <= versus.start()]
            found.append((match.start() - len(before) + max(starts, default=0), match.end()))
    return found
