# ruff: noqa: E501 (patterns and cues are checked more easily unbroken)
"""Tables are read by column: the heading says what the cells are, and each distinct cell is read once."""

import regex

from bot.domain.finding import Category

_HEADINGS: tuple[tuple[Category | None, str], ...] = (
    (
        None,
        r"product|stock|sku|ean|part (?:no|number)|item (?:code|no|number)|barcode|isbn|unit price|invoice|pack|quantity|qty|price|cost|total|version|page|serial|model|description of goods",
    ),
    (
        Category.BANK_ACCOUNT,
        r"(?:bank )?sort ?-?code|s/c|(?:bank )?(?:account|acc(?:t|ount)?|a/c)\.? ?(?:no\.?|number|num|#)|iban|bank (?:account|details)",
    ),
    (Category.DATE_OF_BIRTH, r"d\.?o\.?b\.?|date of birth|birth ?date|born|birthday"),
    (Category.NHS_NUMBER, r"nhs(?: ?(?:no|number|num|#))?\.?"),
    (Category.NI_NUMBER, r"ni(?:no| ?no| number)|n\.i\.|national insurance.*"),
    (Category.PNC_ID, r"pnc ?(?:id|no|number|ref)?\.?"),
    (Category.CRO_NUMBER, r"cro ?(?:no|number)?\.?"),
    (Category.POSTCODE, r"post ?code|pc"),
    (Category.EMAIL, r"(?:e-?mail|email address).*"),
    (
        Category.PHONE,
        r"(?:tele)?phone.*|tel\.?(?: no.*)?|mob(?:ile)?.*|contact(?: details?)?|contact (?:no|number|tel).*|landline|home (?:tel|phone).*",
    ),
    (
        Category.ADDRESS,
        r"(?:home |full |witness |victim |current |last known )?address(?: ?(?:line)? ?\d)?|lives at|street(?: address)?",
    ),
    (Category.CASE_URN, r"(?:case )?urn|case (?:ref|no|number|reference).*"),
    (Category.VEHICLE_REGISTRATION, r"v\.?r\.?m\.?|vrn|reg(?:istration)?(?: ?(?:no|number|mark))?|index|vehicle reg.*"),
    (
        Category.PERSON_NAME,
        r"(?:full |first |last |middle |family |given |maiden )?names?|sur ?name|fore ?name\(?s?\)?|(?:victim|witness|defendant|suspect|complainant|caller|patient|officer|child|staff|employee|subject|offender|"
        r"accused|nominal|client|tenant|driver|keeper|applicant)'?s?(?: name)?|name of \w+|oic|next of kin|nok|mother|father|parent|guardian|prosecutor|lawyer|assigned to|owner|author|reviewer|contact name|payee|beneficiary|account holder|attendee|recipient",
    ),
)
_PATTERNS = tuple((category, regex.compile(pattern, regex.I)) for category, pattern in _HEADINGS)


def by_heading(heading: str) -> tuple[bool, Category | None]:
    """(known, category) of a column: (True, None) for a column that holds codes of things, (False, None) when it says nothing."""
    plain = " ".join(heading.replace("_", " ").split()).strip(" :.*?#")
    for category, pattern in _PATTERNS:
        if pattern.fullmatch(plain) or (category is None and regex.match(rf"(?i)(?:{pattern.pattern})\b", plain)):
            return True, category
    return False, None


def heading_row(rows: list[list[str]]) -> int | None:
    """The first of the top rows in which most cells are short words and at least one heading is known."""
    for index, row in enumerate(rows[:12]):
        filled = [cell for cell in row if cell.strip()]
        wordy = [cell for cell in filled if len(cell) <= 40 and not regex.search(r"\d{3}", cell)]
        known = sum(by_heading(cell)[0] for cell in filled)
        if (
            len(filled) >= 1
            and known
            and len(wordy) * 4 >= len(filled) * 3
            and (len(filled) > 1 or known == len(filled))
        ):
            return index
    return None
