"""Files with nothing in them that matters, many of them full of things that look like identifiers."""

# ruff: noqa: E501 - the lines of made documents are easier to read unwrapped

from openpyxl import Workbook

from tests.files.mails import mail
from tests.files.paper import pdf
from tests.files.truth import CLEAN, Made
from tests.files.words import document
from tests.files.workbooks import book
from tests.files.world import PUB

_LAW = [
    "# Note on hearsay and res gestae",
    "In R v Andrews [1987] AC 281 the House of Lords set out the test: the event must be so unusual or",
    "dramatic that it dominated the thoughts of the speaker. See also R v Riat [2012] EWCA Crim 1509 at paragraph 7, and section 114",
    "of the Criminal Justice Act 2003. The gateway in section 118 keeps the common-law rule. Compare R v Lynch [2007] EWCA Crim 3035.",
    "Special measures rest on sections 16 to 33 of the Youth Justice and Criminal Evidence Act 1999. Rape is charged under section 1",
    "of the Sexual Offences Act 2003 and carries life imprisonment. Article 6 is considered in R v Horncastle [2009] UKSC 14.",
]
_PRICES = [
    ("Item", "Product code", "Pack", "Price"),
    ("Archive box", "AB123456C", "10", "24.50"),
    ("Lever arch file", "W1A-4820", "20", "31.00"),
    ("Label roll", "9434765920", "4", "12.75"),
    ("Toner", "2019/0123X", "1", "88.10"),
    ("Evidence bag", "EB 07-23", "100", "19.99"),
    ("Staples", "0808-157-22", "5000", "3.40"),
]
_CODE = (
    'import re\n\nPATTERN = re.compile(r\'[A-Z]{2}\\d{6}[A-D]\')\n\n\ndef total(rows: list[int]) -> int:\n    """Add up the rows."""\n'
    "    return sum(row for row in rows if row > 0)\n\n\nBUILD = '20260105.1433'\nHASH = '9f86d081884c7d659a2feaa0c55ad015'\n"
)
_RECIPE = (
    "Welsh cakes\n\n225 g self-raising flour, 110 g butter, 85 g sugar, 50 g currants, 1 egg, pinch of mixed spice.\n\nRub the butter into the flour. Add sugar, "
    "fruit and spice, bind with the egg. Roll to 5 mm, cut into rounds and bake on a hot griddle for three minutes a side. Makes 24.\n"
)
_LISTING = [
    "# Listing of trials: policy",
    "The resident judge decides the order of the list. Trials with a vulnerable witness are given a fixed date. Cases in",
    "custody come before cases on bail. A ground rules hearing is held at least one week before any intermediary attends.",
    "Listing officers answer the telephone between 9.30 am and 4 pm on working days.",
    "A case is vacated only by a judge. Applications are made by 1600 hours on the day before.",
]
_FORM = [
    "# WITNESS STATEMENT",
    "Statement of: ..............................",
    "Age if under 18: ........   Occupation: ......................",
    "Signature: ....................   Date: ..............",
    "Home address: ..............................",
    "Telephone: ....................",
]
_OFFICE = [
    "Crown Prosecution Service",
    "102 Petty France",
    "London SW1H 9EA",
    "Switchboard 020 3357 0000",
    "",
    "Dear Sirs,",
    "Opening hours over the holiday are 9 am to 1 pm. Correspondence should be sent to the address above.",
    "Yours faithfully,",
    "Communications team",
]
_STATS = [("Month", "Received", "Closed", "Median days")] + [
    (month, 120 + at * 7, 114 + at * 6, 21 + at % 4)
    for at, month in enumerate(("April", "May", "June", "July", "August", "September"))
]


def _more() -> tuple[Made, ...]:
    policy = [
        "Clear desk policy",
        "Papers are locked away at the end of the day. Screens are locked when a desk is left. Confidential waste goes in the blue bins.",
        "Version 2.3, reviewed January 2026.",
    ]
    glossary = "Term,Meaning\nMG11,witness statement\nMG6C,schedule of non-sensitive unused material\nPNC,Police National Computer\nURN,unique reference number\n"
    menu = "<html><body><h1>Canteen menu</h1><table><tr><td>Monday</td><td>Leek and potato soup</td></tr><tr><td>Tuesday</td><td>Lamb hotpot</td></tr></table></body></html>"
    minutes = "# Accommodation group\n\n- Lift 2 is out of order until the end of the month.\n- Room 3.14 has a new screen.\n- Order 44 chairs, reference CH-2026-0117.\n"
    return (
        Made("clear_desk_policy.docx", "policy", document(policy), clean=True, case=PUB, verdicts=CLEAN),
        Made("glossary.csv", "glossary", glossary.encode(), clean=True, case=PUB, verdicts=CLEAN),
        Made("menu.html", "canteen menu", menu.encode(), clean=True, case=PUB, verdicts=CLEAN),
        Made("accommodation.md", "minutes without names", minutes.encode(), clean=True, case=PUB, verdicts=CLEAN),
        Made(
            "timetable.txt",
            "bus timetable",
            b"Route 27\nHarbour 0712 0742 0812\nMarket 0719 0749 0819\nStation 0728 0758 0828\nRoute 41 does not run on Sundays.\n",
            clean=True,
            case=PUB,
            verdicts=CLEAN,
        ),
        Made(
            "listing_mail.eml",
            "email on listing policy",
            mail("Listing policy", "The new listing policy starts in March. Nothing changes for cases already fixed."),
            clean=True,
            case=PUB,
            verdicts=CLEAN,
        ),
    )


def files() -> tuple[Made, ...]:
    """All harmless files."""

    def prices(made: Workbook) -> None:
        sheet = made.create_sheet("Prices")
        for row in _PRICES:
            sheet.append(row)

    def statistics(made: Workbook) -> None:
        sheet = made.create_sheet("Months")
        for row in _STATS:
            sheet.append(row)

    return (
        Made("case_law_note.pdf", "case-law note", pdf([_LAW]), clean=True, case=PUB, verdicts=CLEAN),
        Made("case_law_note.docx", "case-law note", document(_LAW), clean=True, case=PUB, verdicts=CLEAN),
        Made(
            "price_list.xlsx",
            "price list with codes",
            book(prices, author=""),
            clean=True,
            case=PUB,
            verdicts=CLEAN,
            pages=2,
        ),
        Made(
            "price_list.csv",
            "price list with codes",
            "\n".join(",".join(row) for row in _PRICES).encode(),
            clean=True,
            case=PUB,
            verdicts=CLEAN,
        ),
        Made(
            "statistics.xlsx", "statistics", book(statistics, author=""), clean=True, case=PUB, verdicts=CLEAN, pages=2
        ),
        Made(
            "listing_policy.pdf",
            "court listing policy",
            pdf([_LISTING, _LISTING[1:]]),
            clean=True,
            case=PUB,
            verdicts=CLEAN,
            pages=2,
        ),
        Made("blank_statement_form.pdf", "blank form", pdf([_FORM]), clean=True, case=PUB, verdicts=CLEAN),
        Made("office_letter.docx", "letter of a public body", document(_OFFICE), clean=True, case=PUB, verdicts=CLEAN),
        Made("recipe.txt", "recipe", _RECIPE.encode(), clean=True, case=PUB, verdicts=CLEAN),
        Made("script.txt", "program text", _CODE.encode(), clean=True, case=PUB, verdicts=CLEAN),
        *_more(),
    )
