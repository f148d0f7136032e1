"""The list of all recognisers but names, which need the language model's reading."""

from datetime import date

from bot.scan.recognise.address import Address
from bot.scan.recognise.asn import Asn
from bot.scan.recognise.bank_account import BankAccount
from bot.scan.recognise.case_urn import CaseUrn
from bot.scan.recognise.child import Child
from bot.scan.recognise.credential_secret import CredentialSecret
from bot.scan.recognise.criminal_record import CriminalRecord
from bot.scan.recognise.cro_number import CroNumber
from bot.scan.recognise.date_of_birth import DateOfBirth
from bot.scan.recognise.driving_licence import DrivingLicence
from bot.scan.recognise.email import Email
from bot.scan.recognise.gps_location import GpsLocation
from bot.scan.recognise.health import Health
from bot.scan.recognise.interface import Page
from bot.scan.recognise.ip_or_device import IpOrDevice
from bot.scan.recognise.nhs_number import NhsNumber
from bot.scan.recognise.ni_number import NiNumber
from bot.scan.recognise.passport import Passport
from bot.scan.recognise.payment_card import PaymentCard
from bot.scan.recognise.phone import Phone
from bot.scan.recognise.pnc_id import PncId
from bot.scan.recognise.postcode import Postcode
from bot.scan.recognise.prison_number import PrisonNumber
from bot.scan.recognise.sexual_offence import SexualOffence
from bot.scan.recognise.special_category import SpecialCategory
from bot.scan.recognise.vehicle_registration import VehicleRegistration


def every_page(today: date) -> tuple[Page, ...]:
    """One of each; `today` bounds dates of birth."""
    return (
        DateOfBirth(today),
        *(
            page()
            for page in (
                Address,
                Postcode,
                Phone,
                Email,
                NhsNumber,
                NiNumber,
                PncId,
                CroNumber,
                CaseUrn,
                Asn,
                PaymentCard,
                BankAccount,
                VehicleRegistration,
                Passport,
                DrivingLicence,
                PrisonNumber,
                CriminalRecord,
                Health,
                SexualOffence,
                Child,
                SpecialCategory,
                IpOrDevice,
                GpsLocation,
                CredentialSecret,
            )
        ),
    )
