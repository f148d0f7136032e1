# ruff: noqa: E501 (patterns and cues are checked more easily unbroken)
"""Sexual offences against or by a person in the document; a complainant is anonymous for life (Sexual Offences (Amendment) Act 1992)."""

import regex

from bot.domain.finding import Category
from bot.scan.recognise.topic import Topic


class SexualOffence(Topic):
    """Recognise what is said about a sexual offence."""

    category = Category.SEXUAL_OFFENCE
    strong = regex.compile(
        r"\b(?:(?:he|she|they|dad|uncle|stepdad|stepfather|defendant|suspect|partner|husband|boyfriend|\p{Lu}\p{Ll}+) (?:raped|sexually assaulted|indecently assaulted|digitally penetrated|groped|molested)|"
        r"(?:raped|sexually assaulted|sexually abused|molested|groped) (?:me|her|him|by)|(?:was|been|being) (?:raped|sexually assaulted|sexually abused|groomed|trafficked for sex\w*)|"
        r"rape (?:complainant|victim|allegation)|(?:victim|complainant|survivor) of (?:rape|sexual \w+|child sexual \w+)|allegation of (?:rape|sexual assault|sexual activity)|"
        r"penetrat\w+ (?:her|his|my|the (?:vagina|anus|mouth))|touched (?:my|her|his) (?:breasts?|vagina|penis|genitals|bottom|private parts)|without (?:her|my|his) consent)",
        regex.I,
    )
    weak = regex.compile(
        r"\b(?:rape[ds]?|raping|rapist|sexual(?:ly)? (?:assault\w*|abus\w*|activity|exploit\w*|touch\w*|intercourse|penetration)|indecent (?:exposure|assault|photograph\w*|images?)|"
        r"assault by penetration|oral sex|vaginal|anal intercourse|voyeurism|upskirt\w*|grooming|incest|sexual harm prevention|shpo|sex offenders? register|sor \d+ yrs?|notification requirements)\b",
        regex.I,
    )
