"""Content about a person, told from the mention of a law or a policy."""

import pytest

from bot.scan.recognise.child import Child
from bot.scan.recognise.criminal_record import CriminalRecord
from bot.scan.recognise.health import Health
from bot.scan.recognise.sexual_offence import SexualOffence
from bot.scan.recognise.special_category import SpecialCategory


@pytest.mark.parametrize(
    ("recogniser", "text"),
    [
        (Health, "She was diagnosed with epilepsy last year."),
        (Health, "Pt had a laceration, closed with sutures."),
        (Health, "I have started counselling\nfor panic attacks."),
        (Health, "The witness told us that her counselling notes are with the GP."),
        (SexualOffence, "She said he raped her."),
        (Child, "She is only 15."),
        (Child, "Alfie (7) stays with his father"),
        (SpecialCategory, "Ethnicity code (16+1) W9"),
        (SexualOffence, "The complainant described the sexual assault."),
        (SpecialCategory, "Ethnicity code (16+1): W9"),
        (SpecialCategory, "She is Muslim and prays daily."),
        (CriminalRecord, "CONVICTION(S): 4"),
        (CriminalRecord, "1. 12/05/14 WEXHAM MAGISTRATES COURT THEFT"),
        (CriminalRecord, "He was cautioned for affray in 2015."),
        (Child, "Her son Kwame, aged 9, saw it."),
        (Child, "My daughter Zofia (6) slept."),
        (Child, "a 15-year-old girl"),
        (Child, "attends St Anne's Primary School"),
    ],
)
def test_what_is_said_about_a_person_is_found(recogniser, text):
    assert list(recogniser().find(text))


@pytest.mark.parametrize(
    ("recogniser", "text"),
    [
        (Health, "The Mental Health Act 1983 applies."),
        (Health, "Medical notes must be redacted before service."),
        (Health, "The judge wants the psychiatric report on the defendant."),
        (SexualOffence, "A colleague on the rape team needs her password."),
        (Child, "Table (3) and Figure (2)"),
        (SexualOffence, "Rape is defined in section 1 of the Sexual Offences Act 2003."),
        (SexualOffence, "Guidance on rape cases was published."),
        (SpecialCategory, "We welcome all regardless of religion or ethnicity."),
        (SpecialCategory, "The Catholic church on the corner"),
        (CriminalRecord, "Count 1: theft, contrary to section 1 of the Theft Act 1968."),
        (CriminalRecord, "Check previous convictions against the case number."),
        (Child, "children under 18 years old"),
        (Child, "a bottle of 12 year old whisky"),
        (Child, "aged 34"),
    ],
)
def test_the_mere_mention_of_a_subject_is_not_a_finding(recogniser, text):
    assert list(recogniser().find(text)) == []
