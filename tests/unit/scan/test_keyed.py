"""Names, births and record numbers agree however they are written, and two people stay two."""

from datetime import date

import pytest

from bot.scan.keyed import birth_key, name_keys, number_key, same_name

KEY = b"a key for tests"


def alike(one: str, other: str) -> bool:
    return same_name(name_keys(KEY, [one]), name_keys(KEY, [other]))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Kieran Joseph Maddocks", "MADDOCKS, Kieran Joseph"),
        ("Kieran Joseph Maddocks", "Maddocks"),
        ("Kieran Joseph Maddocks", "K J Maddocks"),
        ("Mr Kieran Maddocks", "Kieran Maddocks"),
        ("Kwabena Osei-Asante", "OSEI ASANTE Kwabena"),
        ("Siân O'Dowd", "SIAN ODOWD"),
        # A slip of one letter, typed or read off a scan, is no other person.
        ("Kieran Maddocks", "Kieran Madocks"),
        ("Łukasz Nowicki", "Lukasz Nowicki"),
    ],
)
def test_one_person_written_in_two_ways(one: str, other: str) -> None:
    assert alike(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Callum Darren Pritchett", "Callum Darryl Pritchard"),
        ("Callum Darren Pritchett", "Callum Darryl Pritchett"),
        ("Kieran Maddocks", "Marlon Beckford"),
        ("Jon Price", "Joe Price"),
        ("K Maddocks", "D Maddocks"),
        ("K M", "Kieran Maddocks"),
    ],
)
def test_two_people_with_names_that_look_alike(one: str, other: str) -> None:
    assert not alike(one, other)


@pytest.mark.parametrize("written", ["2009/0902217G", "09/902217G", "09/0902217G", "2009 / 0902217 g"])
def test_a_pnc_id_is_one_with_and_without_century_and_zeros(written: str) -> None:
    assert number_key(KEY, written) == number_key(KEY, "2009/0902217G")


def test_a_key_shows_nothing_and_differs_from_site_to_site() -> None:
    keys = name_keys(KEY, ["Kieran Maddocks"])
    assert "maddocks" not in repr(keys).lower()
    assert not {key for word in keys for key in word} & {
        key for word in name_keys(b"another site", ["Kieran Maddocks"]) for key in word
    }
    assert birth_key(KEY, date(1991, 3, 11)) != birth_key(KEY, date(1991, 11, 3))
