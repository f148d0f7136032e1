"""What a recogniser's own confidence has been worth: the table that turns it into how often it is right.

Fitted on the evaluation set by `python -m bench.calibrate`, which prints it; fit again when recognisers change.
"""

from functools import cache

from bot.domain.finding import Category
from bot.scan.recognise.interface import TOPICS

STEPS = (0.45, 0.55, 0.65, 0.75, 0.85, 0.95)
"""Lower ends of the steps in which a recogniser's own confidence is read."""

_FITTED: dict[str, tuple[float, ...]] = {
    "address": (0.51, 0.55, 0.72, 0.86, 0.97, 0.98),
    "content": (0.51, 0.55, 0.88, 0.88, 0.97, 0.97),
    "identifier": (0.45, 0.60, 0.65, 0.75, 0.88, 0.98),
    "person_name": (0.51, 0.51, 0.69, 0.86, 0.98, 0.99),
}
"""Per group, the confidence to state for each step."""


def group_of(category: Category) -> str:
    """Names, addresses, what is said about someone, and identifiers are each sure in their own way."""
    if category in {Category.PERSON_NAME, Category.ADDRESS}:
        return category.value
    return "content" if category in TOPICS | {Category.CHILD} else "identifier"


def step_of(confidence: float) -> float:
    """The step that a recogniser's own confidence falls into."""
    return max((step for step in STEPS if step <= confidence + 1e-9), default=STEPS[0])


@cache
def calibrated(category: Category, confidence: float) -> float:
    """How often findings of this kind and sureness were right."""
    return _FITTED[group_of(category)][STEPS.index(step_of(confidence))]
