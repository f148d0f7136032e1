# ruff: noqa: E501 (patterns and cues are checked more easily unbroken)
"""Criminal records: a convictions print or a sentence about someone's past, told from the charge the case is about."""

import regex

from bot.domain.finding import Category
from bot.scan.recognise.topic import Topic

_COURT = r"(?:crown|magistrates'?|youth|county|sheriff|juvenile)(?: court)?|\bCC\b|\bMC\b|\bYC\b"


class CriminalRecord(Topic):
    """Recognise criminal records."""

    category = Category.CRIMINAL_RECORD
    strong = regex.compile(
        r"\bconvictions?(?:\(s\))?[ ]?:[ ]?[1-9]\d?\b|\bdisposal(?:s)?[ ]?:[ ]?\p{L}+|\bprint of:? ?disclosure|"
        rf"(?m:^[^\n]{{0,8}}\d\d?[/.-]\d\d?[/.-](?:\d\d|\d{{4}})[ ,|-]+[^\n]{{2,40}}?(?:{_COURT})[^\n]{{0,80}}$)|"
        r"\b(?:has|had|with) (?:\d+|two|three|four|five|six|seven|eight|nine|ten|several|numerous|many|a number of|no fewer than \w+)? ?(?:previous |relevant |unspent )?(?:convictions|cautions|pre-?cons) (?:for|recorded|dating|between|since|from|in)\b|"
        r"\b(?:was|been) (?:previously )?(?:convicted|cautioned|reprimanded|imprisoned|jailed) (?:of|for|at|in)\b|\b(?:he|she|i|who|defendant|witness) (?:has|have|had) (?:a )?(?:\w+ )?(?:previous convictions?|criminal record|pre-?cons)\b|"
        r"\b(?:received|served|given|sentenced to) (?:a )?(?:\w+ )?(?:\w+[ -])?(?:months?|years?)'?s? (?:imprisonment|custody|suspended|in prison|detention)\b",
        regex.I,
    )
    weak = regex.compile(
        r"\b(?:previously (?:convicted|cautioned)|(?:his|her|my) (?:previous convictions|antecedents|criminal record)|antecedents (?:continued|of|for)|"
        r"spent convictions?|known to police for)\b",
        regex.I,
    )
    confidence = 0.6
