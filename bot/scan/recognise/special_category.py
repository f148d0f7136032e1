# ruff: noqa: E501 (patterns and cues are checked more easily unbroken)
"""Ethnicity, religion, politics, union membership, sexuality and gender identity of a person (UK GDPR article 9)."""

import regex

from bot.domain.finding import Category
from bot.scan.recognise.topic import Topic

_FAITH = r"(?:muslim|christian|jewish|jew|sikh|hindu|buddhist|catholic|protestant|atheist|jehovah'?s witness|mormon|rastafarian|quaker)"
_ETHNIC = (
    r"(?:white|black|asian|mixed|chinese|arab|gypsy|roma|irish|traveller|indian|pakistani|bangladeshi|caribbean|african|british)"
    r"(?:(?: ?[-/,] ?| or | and | )(?:white|black|asian|mixed|other|british|chinese|arab|gypsy|roma|irish|traveller|indian|pakistani|bangladeshi|caribbean|african))*"
)


class SpecialCategory(Topic):
    """Recognise the other special categories of personal data."""

    category = Category.SPECIAL_CATEGORY
    strong = regex.compile(
        rf"\b(?:ethnicity(?: code)?|ethnic (?:origin|appearance|group|code)|self[- ]defined ethnicity|sde|race)(?: ?\([^)\n]{{0,12}}\))?[ ]?[:=]?[ ]?(?:[wmabo]\d{{1,2}}\b|(?<=[:=][ ]?){_ETHNIC})"
        rf"|\b(?:religion|faith)[ ]?[:=][ ]?{_FAITH}|\b(?:sexual orientation|sexuality)[ ]?[:=][ ]?\p{{L}}+|\b(?:trade union|political (?:party|opinion)s?)[ ]?[:=][ ]?\p{{L}}+"
        rf"|\b(?:i am|i'm|she is|he is|she's|he's|they are|is|was) (?:a |an )?(?:practising |devout )?(?:{_FAITH}|gay|lesbian|bisexual|transgender|a trans (?:man|woman)|homosexual|hiv)\b"
        r"|\bmember of (?:the )?(?:labour|conservative|liberal democrats?|green|reform|communist|sdlp|snp|plaid|unison|unite|gmb|rmt|nut|neu|bnp|trade union)\b"
        r"|\bcame out as\b|\basylum seeker\b|\b(?:identified|referred) (?:in|into|to) the nrm\b",
        regex.I,
    )
    weak = regex.compile(
        r"\b(?:attends (?:the )?(?:mosque|synagogue|gurdwara|mandir)|converted to (?:islam|christianity|judaism)|gender reassignment|transitioned|deadname)\b",
        regex.I,
    )
