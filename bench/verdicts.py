"""What the guidance says about each checked file, were it sent to the defence in its case."""

from collections.abc import Iterable
from dataclasses import replace

from bench.score import Checked
from bot.scan.assess import Rulebook, assess
from bot.scan.compare import NOBODY, NamedCase, compared
from bot.settings import Settings
from bot.wiring import open_library

RECIPIENT = "defence"


def judged(results: Iterable[Checked], settings: Settings) -> list[Checked]:
    """The same results with the verdict, and with the hazards that only show beside a case."""
    library = open_library(settings)
    book = Rulebook(library.rules, library.documents, library.vocabulary)
    done = []
    for one in results:
        named = NamedCase((one.made.case.urn,)) if one.made.case else NOBODY
        (inspection,) = compared((one.inspection,), named)
        report = assess(inspection, (RECIPIENT,), book, named)
        done.append(replace(one, inspection=report.inspection, verdict=report.verdict.value))
    return done
