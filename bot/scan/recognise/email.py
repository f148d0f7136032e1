# ruff: noqa: E501 (patterns and cues are checked more easily unbroken)
"""Email addresses of people; shared mailboxes of organisations are not findings."""

from collections.abc import Iterator

import regex

from bot.domain.finding import Category
from bot.scan.recognise.interface import HIGH, Page, Span

_ADDRESS = regex.compile(
    r"(?<![\w.+%-])[\w+%-][\w.+%'-]{0,63} ?@ ?(?:[a-z0-9-]{1,63}\.){1,6}[a-z]{2,24}(?![\w-]|\.\w)", regex.I
)
_SPELLED = regex.compile(
    r"(?<![\w.])[\w.+-]{2,40} ?(?:\(at\)|\[at\]| at ) ?[\w-]{2,40} ?(?:\(dot\)|\[dot\]| dot ) ?(?:co ?(?:dot|\.) ?uk|com|org|net|uk)\b",
    regex.I,
)
_ROLE = (
    r"info|information|enquiries|enquiry|contact|contactus|office|admin|reception|help|helpdesk|support|noreply|no-reply|donotreply|postmaster|webmaster|feedback|"
    r"complaints|foi|sar|press|media|data|protection|dpo|witness|victim|care|general|mail|mailbox|court|courts|crown|magistrates|listing|listings|customer|services?|"
    r"hello|team|unit|hub|desk|duty|inbox|group|central|area|north|south|east|west|case|caseunit|casework|disclosure|prosecution|prosecutor|defence|crime|criminal|"
    r"clerk|clerks|chambers|legal|litigation|justice|custody|intelligence|licensing|firearms|records?|appeals?|probation|safeguarding|mash|marac|referrals?|"
    r"accounts?|finance|billing|payroll|invoices|procurement|hr|recruitment|jobs|careers|facilities|estates|security|it|servicedesk|training|events|bookings|"
    r"appointments|surgery|pharmacy|pals|ward|school|attendance|head|governors|library|housing|benefits|councillors|elections|planning|newsletter|news|updates|all|staff"
)
_SHARED = regex.compile(rf"(?:{_ROLE})(?:[._-]?(?:{_ROLE}|\d{{1,3}}))*(?:[._-]\w+)?(?=@)", regex.I)
_WEBMAIL = regex.compile(
    r"@(?:gmail|googlemail|hotmail|outlook|live|msn|yahoo|ymail|icloud|me|mac|aol|btinternet|sky|virginmedia|talktalk|ntlworld|proton|protonmail|gmx|mail)\.",
    regex.I,
)
_AT_WORK = regex.compile(
    r"@(?:[\w-]+\.)*(?:gov\.uk|gov\.wales|gov\.scot|police\.uk|cjsm\.net|nhs\.uk|nhs\.net|nhs\.scot|mod\.uk|parliament\.uk|judiciary\.uk|sch\.uk|ac\.uk)$"
    r"|@(?=[^@]*(?:solicitor|barrister|chambers|legal|law(?:yers?|firm)?\b|llp|advocates|police|prosecution|probation|court|council))[\w.-]+$",
    regex.I,
)


_USUAL_END = regex.compile(r"\.(?:com|org|net|uk|eu|ie|co|info|pl|ro|fr|de)$", regex.I)


def is_shared(value: str) -> bool:
    """Whether an address is the mailbox of an office: named after what it is for, at no webmail provider."""
    return _SHARED.match(value) is not None and _WEBMAIL.search(value) is None


def is_at_work(value: str) -> bool:
    """Whether an address belongs to a public body, a police force, a court or a law firm."""
    return _AT_WORK.search(value.replace(" ", "")) is not None


class Email(Page):
    """Recognise email addresses."""

    category = Category.EMAIL

    def find(self, text: str) -> Iterator[Span]:
        """Any address but a shared mailbox; message ids in headers are not addresses."""
        for match in _ADDRESS.finditer(text):
            line = text[: match.start()].rpartition("\n")[2].lower()
            if (
                is_shared(match.group())
                or (" " in match.group() and not _USUAL_END.search(match.group()))
                or line.startswith(("message-id", "in-reply-to", "references"))
                or line.endswith("cid:")
            ):
                continue
            yield self.span(match, HIGH)
        for match in _SPELLED.finditer(text):
            yield self.span(match, 0.7)
