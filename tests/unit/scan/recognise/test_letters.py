"""Letters: a second addressee, someone left over from another, template words; ordinary letters are left alone."""

import pytest

from bot.domain.finding import HazardKind
from bot.scan.extract.interface import Text
from bot.scan.recognise.engine import Recogniser

END = "\nYours sincerely,\nA Clerk"


@pytest.mark.parametrize(
    ("letter", "kind"),
    [
        (f"Dear Ms Sohal,\nI know that this is hard, Ms Nowicka, and I am sorry.{END}", HazardKind.MIXED_SUBJECTS),
        (
            f"Ms Anna Nowicka\n15 Keel Hall\nHarrowmere HX77 2RL\n\nDear Ms Sohal\nThe trial is in May.{END}",
            HazardKind.MIXED_SUBJECTS,
        ),
        (
            f"Dear Ms Sohal,\nThe trial is in May.{END}\nDear Mr Fairweather,\nIt is in June.{END}",
            HazardKind.MIXED_SUBJECTS,
        ),
        (
            f"Dear Ms Tremlett\nR v Callum Pritchett\nAnjali remains there and the refuge has a safety plan.{END}",
            HazardKind.OTHER_CASE,
        ),
        (f"Dear [INSERT NAME],\nThe trial is in May.{END}", HazardKind.TEMPLATE_PLACEHOLDER),
        (f"Dear Mr/Mrs/Ms ,\nThe trial is in May.{END}", HazardKind.TEMPLATE_PLACEHOLDER),
        (f"Dear Ms Sohal,\nYou asked whether [he/she] may attend.{END}", HazardKind.TEMPLATE_PLACEHOLDER),
    ],
)
def test_a_mistake_in_a_letter_is_reported(recogniser: Recogniser, letter: str, kind: HazardKind) -> None:
    assert {hazard.kind for hazard in recogniser.recognise([Text(letter, "page 1")]).hazards} == {kind}


@pytest.mark.parametrize(
    "letter",
    [
        f"Dear Ms Sohal,\nI spoke with your solicitor, Ms Harper, and DC Rees. The defendant, Mr Pugh, pleaded.{END}",
        f"Ms Anna Nowicka\n15 Keel Hall\nHarrowmere HX77 2RL\n\nDear Ms Nowicka\nYour son Jan may come too.{END}",
        f"Dear Mr and Mrs Jones,\nAs I said, Mrs Jones, the hearing is on 4 May.{END}",
        f"Dear Anjali,\nYou told me you remain at the refuge. Your worker there may help you, Anjali.{END}",
        f"Dear Sir or Madam,\nI am writing, Mr Jones being away, for him.{END}",
        f"Harcourt Tremlett LLP\n5 Assize Walk\nWexmouth\nDear Ms Tremlett\nWe have, Ms Tremlett, no objection.{END}",
    ],
)
def test_an_ordinary_letter_is_left_alone(recogniser: Recogniser, letter: str) -> None:
    assert recogniser.recognise([Text(letter, "page 1")]).hazards == ()
