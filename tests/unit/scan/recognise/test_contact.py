"""Phones, email, postcodes, addresses and dates of birth, and what only looks like them."""

from datetime import date

import pytest

from bot.scan.recognise.address import Address
from bot.scan.recognise.credential_secret import CredentialSecret
from bot.scan.recognise.date_of_birth import DateOfBirth
from bot.scan.recognise.email import Email
from bot.scan.recognise.gps_location import GpsLocation
from bot.scan.recognise.phone import Phone
from bot.scan.recognise.postcode import Postcode

TODAY = date(2026, 11, 22)
BIRTH = DateOfBirth(TODAY)

FOUND = [
    (Phone(), "mob 07700 900123", "07700 900123"),
    (Phone(), "07700900123", "07700900123"),
    (Phone(), "+44 7700 900123", "+44 7700 900123"),
    (Phone(), "+44 (0)20 7946 0018", "+44 (0)20 7946 0018"),
    (Phone(), "home 01632 960417.", "01632 960417"),
    (Phone(), "(0113) 496 0123", "(0113) 496 0123"),
    (Email(), "write to a.person@example.org.", "a.person@example.org"),
    (Email(), "a.person at example dot co dot uk", "a.person at example dot co dot uk"),
    (Postcode(), "Wexham WX8 8AA", "WX8 8AA"),
    (Postcode(), "postcode: w1a1hq", "w1a1hq"),
    (Address(), "I live at 14 Larch Grove, Wexham", "14 Larch Grove, Wexham"),
    (Address(), "Address: The Old Forge, Nether Wexham\nTel: none", "The Old Forge, Nether Wexham"),
    (Address(), "Flat 3, 22 Osier Lane, Wexham, WX8 8AB", "Flat 3, 22 Osier Lane, Wexham, WX8 8AB"),
    (Address(), "Ms A Person\n7 Mill Road\nWexham\nWX8 8AB", "7 Mill Road\nWexham\nWX8 8AB"),
    (Address(), "ADDRESS : FLAT 6, 31 OSIER ROW, WEXHAM", "FLAT 6, 31 OSIER ROW, WEXHAM"),
    (Address(), "she moved to 9 Heol y Bryn, Wexham", "9 Heol y Bryn, Wexham"),
    (Address(), "Address: 14 School Lane, Wexham", "14 School Lane, Wexham"),
    (Address(), "lives at 8 Willow Court, Wexham", "8 Willow Court, Wexham"),
    (
        Address(),
        "Informant: Rosemary Person, 61 Abbey Foregate, Nether Wexham, tel",
        "61 Abbey Foregate, Nether Wexham",
    ),
    (Address(), "12 Abbey Foregate, Wexham WX8 8AB", "12 Abbey Foregate, Wexham WX8 8AB"),
    (Address(), "lives at Ty Gwyn, Chapel Lane, Llanwexham, WX8 8AB", "Ty Gwyn, Chapel Lane, Llanwexham, WX8 8AB"),
    (Address(), "Mr Person of Hafod y Coed, Heol Isaf, Llanwexham", "Hafod y Coed, Heol Isaf, Llanwexham"),
    (
        Address(),
        "WEXHAM SURGERY\nPatient summary - edited for service\n19 Larch Crescent, Wexham",
        "19 Larch Crescent, Wexham",
    ),
    (Address(), "The passage was edited for service.\nAda Person, 7 Mill Road, Wexham", "7 Mill Road, Wexham"),
    (Address(), "31 Larch Close\nWexham\nPreferred means of contact text", "31 Larch Close\nWexham"),
    (Address(), "at 2/1, 44 Kelvin Street, Wexham", "2/1, 44 Kelvin Street, Wexham"),
    (Address(), "14a Devon Mansions\nDevon Road", "14a Devon Mansions\nDevon Road"),
    (Address(), "come round 18 tanner st", "18 tanner st"),
    (Phone(), "Home 01632 960417", "01632 960417"),
    (BIRTH, "two boys (dobs 4.4.2018, 9.12.2020)", "9.12.2020"),
    (BIRTH, "Date of birth 09 SEP /SEPT 77", "09 SEP /SEPT 77"),
    (BIRTH, "DOB 14/02/1994", "14/02/1994"),
    (BIRTH, "Date of birth: 2nd June 1979", "2nd June 1979"),
    (BIRTH, "born on 7.6.81", "7.6.81"),
    (BIRTH, "Date and place of birth: 30/01/1983 Wexham", "30/01/1983"),
    (BIRTH, "14/02/1994 (32 years)", "14/02/1994"),
    (BIRTH, "Ada Person (14/02/1994)", "14/02/1994"),
    (GpsLocation(), "at 51.50074, -0.12463", "51.50074, -0.12463"),
    (GpsLocation(), "///filled.count.soap", "///filled.count.soap"),
    (CredentialSecret(), "password: Marlin-77", "Marlin-77"),
    (CredentialSecret(), "door code is 4471", "4471"),
]

NOT_FOUND = [
    (Phone(), "07700 90012"),
    (Phone(), "0000 000 0000"),
    (Phone(), "Switchboard: 01632 960000"),
    (Phone(), "helpline 0808 157 0123"),
    (Phone(), "order 07700900123"),
    (Phone(), "2026-03-14 09:12:44"),
    (Phone(), "EB 07-23  100  19.99"),
    (Phone(), "Wexham Hospital, Priory Road\nTel: 01632 960500"),
    (Phone(), "Press Office 01632 960001"),
    (Email(), "caseunit@prosecution.example.gov.uk"),
    (Email(), "what @some.body said"),
    (Email(), "enquiries@court.example.gov.uk"),
    (Email(), "look @ this"),
    (Postcode(), "exhibit JS1 2AB"),
    (Postcode(), "QE1 2AB"),
    (Postcode(), "SW1A 1AC"),
    (Postcode(), "Wexham Crown Court, Castle Street, Wexham WX8 8AA"),
    (Address(), "Wexham Magistrates' Court, 12 Castle Street, Wexham"),
    (Address(), "Crown Prosecution Service\nHarbour House\n40 Dock Road\nWexham"),
    (Address(), "Person Partners LLP, 5 Mill Walk, Wexham"),
    (Address(), "a fight on Station Road at 11 pm"),
    (Address(), "see section 12 Road Traffic Act"),
    (Address(), "Email address: a@example.org"),
    (Address(), "on 30 May Officers, Wexham"),
    (Address(), "Wexham Surgery, 12 Dock Road"),
    (Address(), "Address:\nTelephone:"),
    (BIRTH, "dated 04/04/1995"),
    (BIRTH, "convicted on 14/02/1994"),
    (BIRTH, "DOB 31/02/1994"),
    (BIRTH, "DOB 14/02/1894"),
    (BIRTH, "the hearing on 3 July 2026"),
    (GpsLocation(), "1.5, 2.5"),
    (CredentialSecret(), "the password is required"),
    (CredentialSecret(), "passwords must be long"),
]


@pytest.mark.parametrize(("recogniser", "text", "value"), FOUND)
def test_a_contact_detail_is_found_whole(recogniser, text, value):
    assert value in [text[span.start : span.end] for span in recogniser.find(text)]


@pytest.mark.parametrize(("recogniser", "text"), NOT_FOUND)
def test_what_only_looks_like_one_is_left_alone(recogniser, text):
    assert [text[span.start : span.end] for span in recogniser.find(text)] == []
