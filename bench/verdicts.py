"""What the guidance says about each checked file, were it sent to the defence in its case."""

from collections.abc import Iterable
from dataclasses import replace

from bench.score import Checked
from bot.scan.assess import Rulebook, assess
from bot.settings import Settings
from bot.wiring import open_library

RECIPIENT = "defence"


def judged(results: Iterable[Checked], settings: Settings) -> list[Checked]:
    """The same results with the verdict, and with the hazards that only show beside a case."""
    library = open_library(settings)
    book = Rulebook(library.rules, library.documents, library.vocabulary)
    done = []
    for one in results:
        report = assess(one.inspection, (RECIPIENT,), one.made.case.urn if one.made.case else None, book)
        done.append(replace(one, inspection=report.inspection, verdict=report.verdict.value))
    return done
