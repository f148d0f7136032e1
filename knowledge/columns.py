"""The words with which authors head the columns of rule tables, leave a cell open, and answer."""

import re
from collections.abc import Sequence

# The first word is the one the starter pack uses.
_HEADINGS = {
    "sending": (
        "sending|what|material|materials|information|document|documents|what you are sending"
        "|what you're sending|what is sent|what is being sent|send|item|items|type of material"
        "|type of information|type of document|record|records|data|what is it|content|material type"
        "|you want to send"
    ),
    "to": (
        "to|recipient|recipients|who|whom|to whom|who to|to who|sent to|send to|receiver|receivers|going to"
        "|destination|audience|who receives it|who is it going to|who it goes to|addressee|recipient type"
        "|receiving party|sending to"
    ),
    "by": (
        "by|how|channel|channels|method|route|by what|sent by|means|medium|via|by which route|how sent"
        "|how it is sent|how to send|how it goes|delivery method|sending method|method of sending"
        "|method of transfer|transport|way"
    ),
    "answer": (
        "answer|verdict|can i send it|can i|can we|can i send this|can it be sent|can we send it"
        "|may i send it|may i|decision|allowed|is it allowed|permitted|ruling|ok to send|okay to send|outcome"
        "|permission|can you|can you send it|yes/no|yes or no|is it ok|send it|answer is"
    ),
    "only_if": (
        "only if|conditions|condition|safeguards|safeguard|provided that|provided|if|what to do|requirements"
        "|requirement|controls|before sending|before you send|on condition that|as long as"
        "|with these safeguards|what must be true|you must|subject to|conditions/safeguards"
        "|safeguards required|conditions of sending"
    ),
}
_COLUMN = {word: name for name, words in _HEADINGS.items() for word in words.split("|")}
_QUESTIONS = frozenset({"send", "ok", "okay"})
ANY = frozenset(
    {
        "",
        "*",
        "-",
        "--",
        "---",
        ".",
        "all",
        "all channels",
        "all material",
        "all materials",
        "all methods",
        "all recipients",
        "all routes",
        "all/any",
        "any",
        "any channel",
        "any material",
        "any means",
        "any method",
        "any of these",
        "any recipient",
        "any route",
        "any way",
        "any/all",
        "anybody",
        "anyone",
        "anything",
        "everybody",
        "everyone",
        "everything",
        "everywhere",
        "however",
        "n/a",
        "na",
        "no matter",
        "none",
        "not applicable",
        "whatever",
        "whoever",
        "–",
        "—",
        "…",
    }
)
DITTO = frozenset(
    {
        '"',
        '" "',
        "' '",
        "''",
        "^",
        "as above",
        "ditto",
        "do.",
        "same",
        "same as above",
        "“",
        "”",
        "″",
        "↑",
        "〃",
    }
)
_NO_CONDITION = frozenset({"none", "no conditions", "no condition", "nil", "not applicable", "any", "all"}) | ANY
_NOT_COVERED = (
    "not covered", "outside this guidance", "out of scope", "not in scope",
)  # fmt: skip
_STOP = (
    "don't send", "do not send", "dont send", "don't", "do not", "never", "not allowed", "not permitted",
    "prohibited", "stop", "must not", "may not", "cannot", "can't", "can not", "refuse", "forbidden",
    "not ok", "unacceptable", "not under any",
)  # fmt: skip
_ASK = (
    "ask", "check with", "refer", "decision of", "seek", "escalate", "consult", "speak to", "talk to",
    "approval", "get approval", "needs approval", "with approval", "discuss with", "contact",
    "needs a decision", "depends: ask",
)  # fmt: skip
_SAFEGUARDS = (
    "only with", "with safeguards", "safeguards", "only if", "only when", "only by", "only after",
    "conditional", "with care", "with conditions", "subject to", "provided", "restricted", "only once", "if ",
)  # fmt: skip
_SIGNS = {**dict.fromkeys("✓✔✅y", "ok"), **dict.fromkeys("✗✘✖❌xn", "stop")}
_YES = re.compile(
    r"(?:ok|okay|fine|yes|allowed|permitted|send|can be sent|may be sent)(?:\s+(?:to send|to|sent|it|this|allowed|"
    r"permitted|fine))*[\s.!,:;–—-]*",
    re.IGNORECASE,
)
_NO = re.compile(
    r"no(?:[\s.!,:;–—-]*$|\s*[.!,:;–—-]+\s|\s+(?:unless|not|never|except|don't|do not|send|sending|way)\b)"
)
_BUT = re.compile(
    r"\b(?:if|but|with|provided|only|subject|once|when|after|unless|except|as long as|so long|where|by|via)\b",
    re.IGNORECASE,
)
_WHOM = re.compile(
    r"^(?:please\s+)?(?:ask(?:\s+(?:first|advice of|advice from))?|check(?:\s+first)?\s+with|"
    r"refer(?:\s+(?:it|first))?\s+to|"
    r"decision\s+of|consult|speak\s+to|talk\s+to|escalate\s+to|discuss\s+with|contact|"
    r"(?:seek|get|needs|with)?\s*(?:the\s+)?(?:advice|approval|decision|permission)\s+(?:of|from|by))[\s,:–—-]*(?:the\s+)?(?P<whom>.*)$",
    re.IGNORECASE,
)


def column(heading: str) -> str | None:
    """Which rule column a header cell heads: sending, to, by, answer or only_if."""
    plain = " ".join(heading.replace("’", "'").strip(" *_`:").lower().split())
    asked = plain.endswith("?")
    plain = re.sub(r"\s*\([^()]*\)", "", plain).strip(" ?*_`:.…")
    if asked and plain in _QUESTIONS:
        return "answer"
    return _COLUMN.get(plain) or _COLUMN.get(plain.removeprefix("the "))


def columns(header: Sequence[str]) -> dict[str, int]:
    """Where each rule column stands in a header; the first of two with one sense counts."""
    found: dict[str, int] = {}
    for index, heading in enumerate(header):
        name = column(heading)
        if name is not None:
            found.setdefault(name, index)
    return found


def plain(cell: str) -> str:
    """The cell's words without marks of emphasis."""
    return " ".join(cell.replace("’", "'").strip().strip("*_`").lower().split())


def answer(cell: str) -> str | None:
    """The verdict that an answer cell states, or None; a "yes" with anything after it is never a plain "ok"."""
    said = plain(cell).strip(" .!")
    if said in _SIGNS:
        return _SIGNS[said]
    for verdict, words in (("not_covered", _NOT_COVERED), ("stop", _STOP), ("ask", _ASK), ("safeguards", _SAFEGUARDS)):
        if any(
            re.match(rf"{re.escape(word)}(?!\w)" if word[-1].isalnum() else re.escape(word), said) for word in words
        ):
            return verdict
    if _NO.match(said):
        return "stop"
    yes = _YES.match(said)
    if yes is None:
        return None
    rest = said[yes.end() :]
    if not rest:
        return "ok"
    if re.search(r"\b(?:ask|check with|refer to)\b", rest):
        return "ask"
    return "safeguards" if _BUT.match(rest) else None


def whom(cell: str) -> str:
    """Who is to be asked: "ask first: press office", "refer to the press office"."""
    before, colon, after = cell.strip().strip("*_`").partition(":")
    if colon and after.strip():
        return after.strip().strip("*_`")
    match = _WHOM.match(before.strip())
    return match["whom"].strip(" .") if match else ""


def conditions(cell: str) -> tuple[str, ...]:
    """The conditions of an "Only if" cell: parted by semicolons or line breaks; "none" is no condition."""
    parts = (part.strip() for part in re.split(r";|<br\s*/?>", cell))
    return tuple(part for part in parts if plain(part) not in _NO_CONDITION)


def alternatives(cell: str) -> list[str]:
    """The things that a cell names: parted by commas, semicolons, slashes, line breaks, "or" and "and"."""
    return [part.strip() for part in re.split(r",|;|/|<br\s*/?>|\bor\b|\band\b", cell) if part.strip()]
