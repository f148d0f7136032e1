# ruff: noqa: E501 (patterns and cues are checked more easily unbroken)
"""Health: injuries, diagnoses, treatment and medicines of a person."""

import regex

from bot.domain.finding import Category
from bot.scan.recognise.topic import Topic


class Health(Topic):
    """Recognise what is said about a person's health."""

    category = Category.HEALTH
    strong = regex.compile(
        r"\b(?:diagnosed (?:with|as)|history of (?:depression|anxiety|self[- ]harm|mental|alcohol|epilepsy|seizures|asthma|diabetes|psychosis|overdose)|"
        r"hiv[ -]?(?:positive|\+|status)|\d+ ?weeks pregnant|is pregnant|was pregnant|detained under (?:s\.?|section) ?[23]|sectioned|suicidal (?:thoughts|ideation)|"
        r"counselling for|therapy for|treated for|suffers from|suffering from|prescribed \p{L}+|(?:sertraline|fluoxetine|citalopram|mirtazapine|diazepam|methadone|olanzapine|"
        r"quetiapine|risperidone|lithium|codeine|morphine|tramadol|amitriptyline|ramipril|metformin|insulin|salbutamol|propranolol|venlafaxine|clozapine)|"
        r"\d+ ?mg\b(?! ?(?:mg\d|form))|gcs ?\d+|bp \d{2,3}/\d{2,3}|allerg(?:y|ies|ic)(?: to)?:? ?(?!n/?k|none|nil)\p{L}+|o/e[ :]|presenting complaint|discharge summary for|pmh[ :])",
        regex.I,
    )
    weak = regex.compile(
        r"\b(?:lacerat\w+|sutur\w+|stitches|fractur\w+|concuss\w+|haematoma|hematoma|bruis(?:e|es|ed|ing)|contusions?|abrasions?|swelling|stab wounds?|wound was|unconscious|"
        r"broken (?:nose|jaw|arm|leg|rib|ribs|wrist|finger|collar ?bone|cheek ?bone|tooth|teeth)|head injury|internal bleeding|miscarr\w+|abortion|termination of pregnancy|"
        r"depress(?:ion|ed)|anxiety|panic attacks?|ptsd|post[- ]traumatic|bipolar|schizophreni\w+|psychosis|psychotic|personality disorder|self[- ]harm\w*|overdos\w+|suicid\w+|"
        r"autis\w+|adhd|learning disabilit\w+|dementia|alzheimer'?s|epilep\w+|diabet\w+|asthma\w*|cancer|chemotherapy|tumou?r|hepatitis|hiv|stroke|heart attack|angina|copd|"
        r"antidepressants?|medication for|drug dependen\w+|alcohol dependen\w+|addict(?:ed|ion)|rehab|counsell(?:ing|or)|psychiatr(?:ist|ic)|surgery (?:for|on|to)|operation on|"
        r"x-?ray|ct scan|mri|a&e|wheelchair|blood pressure|sexually transmitted|chlamydia|admitted to (?:hospital|ward))\b",
        regex.I,
    )
