"""A large guidance folder as an organisation has it: Word, PDF, web pages and Markdown, the same for the same seed.

The sentences are those of the starter pack and of the messy set, each with a clause of its own, so that few are alike.
"""

import random
from collections.abc import Iterator, Sequence
from pathlib import Path

from knowledge import starter_pack
from knowledge.split import sentences
from tests.guidance_files.guide import ROWS, Guide, Part, as_html, as_markdown, as_pdf, as_word

WORDS_A_PAGE = 500
_LONGEST = 30
"""Pages of the longest document."""
_FORMATS = ((".docx", as_word, 7), (".pdf", as_pdf, 7), (".html", as_html, 3), (".md", as_markdown, 3))
"""The last number is how many of twenty documents are of this kind."""
_STANDING = (
    "Nobody is blamed for asking. If you are not sure, stop and ring the information team before anything leaves."
)
"""Stands in every document, as such paragraphs do."""
_WHO = ("the file room", "the duty lawyer", "the case team", "the post room", "a second reader", "the team leader")
_DOES = ("checks this", "signs for it", "notes it in the log", "is told", "keeps the receipt", "confirms it in writing")
_WHEN = (
    "by 16:30",
    "the same day",
    "within two working days",
    "before the bag is sealed",
    "each Friday",
    "at handover",
)
_WHERE = ("in Northshire", "at the Eastgate office", "on the second floor", "for Crown Court cases", "in the annexe")
_PLACES = ("Northshire", "Eastgate", "Southmoor", "Westbridge", "Highfield", "Lowmarket")
_THINGS = ("Statements", "Discs", "Medical notes", "Photographs", "Schedules", "Interviews", "Exhibits", "Letters")


def write(folder: Path, pages: int, seed: int = 11) -> int:
    """Fill the folder with documents of that many pages in all; gives how many documents."""
    drawn = random.Random(seed)
    said = _known()
    left, number = pages, 0
    while left:
        long = min(left, drawn.randint(2, _LONGEST))
        guide = _guide(drawn, said, number, long)
        kinds = _FORMATS if number else _FORMATS[-1:]
        ending, writer, _ = drawn.choices(kinds, [share for *_, share in kinds])[0]
        below = folder / _PLACES[number % len(_PLACES)]
        below.mkdir(parents=True, exist_ok=True)
        (below / f"{number:03d} {guide.title}{ending}").write_bytes(writer(guide))
        left, number = left - long, number + 1
    return number


def _known() -> list[str]:
    """Sentences of real guidance, in order."""
    messy = Path(__file__).parents[1] / "tests" / "golden" / "messy" / "guidance"
    pages = [*sorted(starter_pack().rglob("*.md")), *sorted(messy.rglob("*.md"))]
    found = (said for page in pages for said in sentences(page.read_text(encoding="utf-8")))
    return [said for said in found if "|" not in said and not said.startswith(("#", "-", "<")) and len(said) < 300]


def _guide(drawn: random.Random, said: Sequence[str], number: int, pages: int) -> Guide:
    title = f"{drawn.choice(_THINGS)} at {drawn.choice(_PLACES)}, procedure {number}"
    parts = [Part("About this procedure", (_STANDING,))]
    for page in range(1, pages + 1):
        parts += _page(drawn, said, page)
    control = (("Owner", f"Head of {drawn.choice(_THINGS)}"), ("Version", f"{number}.1"), ("Review date", "1 Oct 2026"))
    return Guide(title, tuple(parts), control)


def _page(drawn: random.Random, said: Sequence[str], page: int) -> Iterator[Part]:
    """About 500 words under four headings; every fifth page has a table of rules."""
    for section in range(1, 5):
        words, paragraphs = 0, []
        while words < WORDS_A_PAGE / 4:
            paragraph = " ".join(_sentence(drawn, said) for _ in range(drawn.randint(2, 5)))
            paragraphs.append(paragraph)
            words += len(paragraph.split())
        rows = ROWS if section == 4 and page % 5 == 0 else ()
        yield Part(f"{page}.{section} {drawn.choice(_THINGS)} {drawn.choice(_WHERE)}", tuple(paragraphs), rows)


def _sentence(drawn: random.Random, said: Sequence[str]) -> str:
    clause = " ".join(drawn.choice(one) for one in (_WHO, _DOES, _WHEN, _WHERE))
    return f"{drawn.choice(said).rstrip(' .;:!?')}, and {clause}."
