"""Each numbered identifier: what is found, and what only looks like it."""

import pytest

from bot.scan.recognise.asn import Asn
from bot.scan.recognise.bank_account import BankAccount
from bot.scan.recognise.case_urn import CaseUrn, normal_urn
from bot.scan.recognise.cro_number import CroNumber
from bot.scan.recognise.driving_licence import DrivingLicence
from bot.scan.recognise.interface import Page
from bot.scan.recognise.ip_or_device import IpOrDevice
from bot.scan.recognise.nhs_number import NhsNumber
from bot.scan.recognise.ni_number import NiNumber
from bot.scan.recognise.passport import Passport
from bot.scan.recognise.payment_card import PaymentCard
from bot.scan.recognise.pnc_id import PncId
from bot.scan.recognise.prison_number import PrisonNumber
from bot.scan.recognise.vehicle_registration import VehicleRegistration

FOUND = [
    (NhsNumber, "NHS No: 999 765 4323", "999 765 4323"),
    (NhsNumber, "NHS number 9995551217", "9995551217"),
    (NhsNumber, "NHS No 999 765 4324", "999 765 4324"),
    (NhsNumber, "Patient on ward 4, 999 012 3454", "999 012 3454"),
    (NiNumber, "NINO AB123456C", "AB123456C"),
    (NiNumber, "her number is AA 00 00 00 A", "AA 00 00 00 A"),
    (NiNumber, "ni no ab123456c", "ab123456c"),
    (PncId, "PNC ID 2019/0000000N", "2019/0000000N"),
    (PncId, "PNCID: 04/55V", "04/55V"),
    (PncId, "known as 98/7654321E", "98/7654321E"),
    (PncId, "PNC 2019/0123456F", "2019/0123456F"),
    (CroNumber, "CRO 123456/97Y", "123456/97Y"),
    (CroNumber, "file SF39/12345Y", "SF39/12345Y"),
    (CroNumber, "CRO No: 123456/97A", "123456/97A"),
    (Asn, "23/01ZD/01/123456M", "23/01ZD/01/123456M"),
    (Asn, "ASN 2301ZD0100000123456M", "2301ZD0100000123456M"),
    (CaseUrn, "URN 01ZD0300123", "01ZD0300123"),
    (CaseUrn, "42/AB/12345/19", "42/AB/12345/19"),
    (CaseUrn, "URN 42 AB 12345 19", "42 AB 12345 19"),
    (CaseUrn, "listed as T20237001", "T20237001"),
    (CaseUrn, "Crime ref 44/90112/26", "44/90112/26"),
    (PrisonNumber, "Custody ref 44CB/3310/26", "44CB/3310/26"),
    (VehicleRegistration, "the reg is LV68 WQT", "LV68 WQT"),
    (PaymentCard, "card 4111 1111 1111 1111", "4111 1111 1111 1111"),
    (BankAccount, "sort code 11-22-33", "11-22-33"),
    (BankAccount, "account number 00012345", "00012345"),
    (BankAccount, "GB21 TEST 0000 0012 3456 78", "GB21 TEST 0000 0012 3456 78"),
    (VehicleRegistration, "a white van, AB12 CDE", "AB12 CDE"),
    (VehicleRegistration, "car reg yt71 zzz", "yt71 zzz"),
    (VehicleRegistration, "index B234 KLM", "B234 KLM"),
    (Passport, "passport no. 123456789", "123456789"),
    (Passport, "Passport: A123456", "A123456"),
    (DrivingLicence, "MORGA657054SM9IJ", "MORGA657054SM9IJ"),
    (DrivingLicence, "licence TESTE701015AB9CD", "TESTE701015AB9CD"),
    (PrisonNumber, "prison number A1234BC", "A1234BC"),
    (PrisonNumber, "Delius CRN: X123456", "X123456"),
    (IpOrDevice, "from 203.0.113.77 at noon", "203.0.113.77"),
    (IpOrDevice, "IMEI 490154203237518", "490154203237518"),
    (IpOrDevice, "2001:db8:0:0:0:0:0:1", "2001:db8:0:0:0:0:0:1"),
]

NOT_FOUND = [
    (NhsNumber, "NHS number 4444444444"),
    (NhsNumber, "order 9997654323"),
    (NhsNumber, "123 456 7890"),
    (NhsNumber, "at 9997654323 seconds"),
    (NiNumber, "QQ123456A"),
    (NiNumber, "BG123456A"),
    (NiNumber, "AB123456E"),
    (NiNumber, "product code AB123456C"),
    (PncId, "page 19/3B"),
    (PncId, "exhibit 98/7654321E"),
    (PncId, "19/1234567B"),
    (CroNumber, "12/97Y"),
    (CroNumber, "123456/97A"),
    (CroNumber, "SF39/12345A"),
    (Asn, "2301ZD0100000123456"),
    (CaseUrn, "12345678901"),
    (CaseUrn, "X20237001"),
    (CaseUrn, "1ZD0300123"),
    (PaymentCard, "card 4111 1111 1111 1112"),
    (PaymentCard, "4444 4444 4444 4444"),
    (PaymentCard, "EAN 5012345678900"),
    (BankAccount, "on 12-03-24 he took 00012345 steps"),
    (BankAccount, "GB22 TEST 0000 0012 3456 78"),
    (BankAccount, "account reference 12345678"),
    (VehicleRegistration, "AZ12 CDE"),
    (VehicleRegistration, "AB00 CDE"),
    (VehicleRegistration, "exhibit AB12 CDE"),
    (VehicleRegistration, "room B234 KLM"),
    (Passport, "reference 123456789"),
    (DrivingLicence, "MORGA613054SM9IJ"),
    (DrivingLicence, "MORGA653324SM9IJ"),
    (DrivingLicence, "99999657054SM9IJ"),
    (PrisonNumber, "AB1234C"),
    (PrisonNumber, "A123 ABC"),
    (PrisonNumber, "NRM alone"),
    (IpOrDevice, "version 10.2.14.3"),
    (IpOrDevice, "host: 192.168.1.4"),
    (CaseUrn, "crime figures 2025/26"),
    (IpOrDevice, "300.1.2.3"),
    (IpOrDevice, "at 10:30:15"),
]


def values(page: Page, text: str) -> list[str]:
    return [text[span.start : span.end] for span in page.find(text)]


@pytest.mark.parametrize(("recogniser", "text", "value"), FOUND)
def test_an_identifier_is_found_where_it_stands(recogniser, text, value):
    assert value in values(recogniser(), text)


@pytest.mark.parametrize(("recogniser", "text"), NOT_FOUND)
def test_a_look_alike_is_left_alone(recogniser, text):
    assert values(recogniser(), text) == []


def test_a_check_letter_or_label_raises_the_confidence():
    [right], [wrong] = (list(PncId().find(text)) for text in ("PNC 2019/0123456E", "PNC 2019/0123456F"))
    assert right.confidence > wrong.confidence


@pytest.mark.parametrize(
    ("written", "plain"),
    [("42/ab/12345/19", "42AB1234519"), ("71 WX 00418 26", "71WX0041826"), ("T20237001", None), ("12345", None)],
)
def test_a_urn_is_compared_by_its_eleven_characters(written, plain):
    assert normal_urn(written) == plain
