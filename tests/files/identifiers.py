"""Makes identifiers with right check characters, from ranges that are never issued wherever such a range exists."""

_LETTERS = "ZABCDEFGHJKLMNPQRTUVWXY"
"""The criminal-justice check letters: remainder mod 23, without I, O and S (facts of PNC, CRO and ASN)."""


def nhs_number(serial: int) -> str:
    """A number of the 999 test range with the right mod-11 digit; the next serial is taken where no digit fits."""
    while True:
        nine = f"999{serial:06d}"
        check = 11 - sum(int(digit) * weight for digit, weight in zip(nine, range(10, 1, -1), strict=True)) % 11
        if check != 10:
            digits = nine + str(check % 11)
            return f"{digits[:3]} {digits[3:6]} {digits[6:]}"
        serial += 1


def pnc_id(year: int, serial: int) -> str:
    """A PNC ID in the long form; its letter is that of the last two digits of the year and the padded serial."""
    return f"{year}/{serial:07d}{_LETTERS[int(f'{year % 100:02d}{serial:07d}') % 23]}"


def cro_number(year: int, serial: int) -> str:
    """A CRO number in the standard form; its letter is that of the year and the six-digit serial."""
    return f"{serial}/{year % 100:02d}{_LETTERS[int(f'{year % 100:02d}{serial:06d}') % 23]}"


def asn(year: int, force: str, unit: str, system: str, sequence: int) -> str:
    """An arrest/summons number in the slashed form; the unit is not covered by the letter."""
    digits = (
        (force if force.isdigit() else "") + (system if system.isdigit() else "") + f"{year % 100:02d}{sequence:011d}"
    )
    return f"{year % 100:02d}/{force}{unit}/{system}/{sequence}{_LETTERS[int(digits) % 23]}"


def payment_card(account: int) -> str:
    """A sixteen-digit card number of an issuer range kept for tests, with the right Luhn digit."""
    digits = f"400000{account:09d}"
    total = sum(sum(divmod(int(digit) * (2 - place % 2), 10)) for place, digit in enumerate(digits))
    whole = digits + str(-total % 10)
    return " ".join(whole[start : start + 4] for start in range(0, 16, 4))


def ni_number(serial: int) -> str:
    """A National Insurance number whose prefix passes the letter rule but is kept for administration (MW)."""
    digits = f"{serial:06d}"
    return f"MW {digits[:2]} {digits[2:4]} {digits[4:]} {'ABCD'[serial % 4]}"


def slashed(urn: str) -> str:
    """A case URN as it is printed: 88HM0417325 as 88/HM/04173/25."""
    return f"{urn[:2]}/{urn[2:4]}/{urn[4:9]}/{urn[9:]}"
