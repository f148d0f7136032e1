"""Words a decision for the person who asked: fixed wording of ours, rows and literal quotes, nothing else."""

from collections.abc import Callable, Iterable

from rapidfuzz.fuzz import token_set_ratio

from bot.ask.clarify import NOT
from bot.ask.decide import Decision
from bot.ask.question import Question
from bot.domain.citation import Citation, cite
from bot.domain.reply import Clarify, Reply
from bot.domain.verdict import Verdict
from bot.domain.words import VERDICT_WORDS, headline, way
from knowledge import Library, Match, Passage

_QUESTIONS = {
    "recipient": "Who would receive it?",
    "material": "What is it that you want to send?",
    "channel": "How would you send it?",
}
_CHECK_PAGE = "4-files-and-hidden-data/what-a-check-finds.md"
_MOST_CITATIONS = 3
_MOST_CONDITIONS = 9
_SAME_WORDS = 88
"""Of 100: from here on two conditions say the same."""


def answer(question: Question, decision: Decision, library: Library, contact: str) -> Reply:
    """The reply to a question, without any files."""
    leading = _leading(decision)
    whom = _contact(leading, decision, library, contact)
    citations = tuple(_citations(decision, leading, library))
    return Reply(
        verdict=decision.verdict,
        headline=headline(decision.verdict, whom),
        because=tuple(_because(question, decision, leading, library, whom)),
        conditions=tuple(_conditions(question, decision, library)),
        citations=citations,
        contact=whom,
        facts=question.facts,
        understood=understood(question, library) if decision.verdict is not Verdict.NOT_COVERED else "",
        clarify=_clarify(decision, library),
    )


def files_only(question: Question, library: Library, contact: str) -> Reply:
    """The reply to files that came without a question: nothing ruled yet, the files' own reports follow."""
    page = library.documents.get(_CHECK_PAGE)
    return Reply(
        verdict=Verdict.NOT_COVERED,
        headline="",
        because=(),
        conditions=(),
        citations=(),
        contact=(page.contact or page.owner) if page else contact,
        facts=question.facts,
    )


def understood(question: Question, library: Library) -> str:
    """What was read from the question, in one sentence, so that a misreading is seen."""
    facts, say = question.facts, library.vocabulary.say
    if not (facts.materials or facts.recipients or facts.channels):
        return ""
    situation = any(library.vocabulary.terms[material].situation for material in facts.materials)
    parts = ["This is about" if situation else "You are sending", _listed(facts.materials, say) or "something"]
    if facts.recipients:
        parts.append(f"to {_listed(facts.recipients, say)}")
    if facts.channels:
        parts.append(_joined(way(channel, say) for channel in facts.channels))
    said = [f"You say: {_listed(sorted(facts.protections), say)}."] if facts.protections else []
    if facts.lacking:
        said.append(f"You say it is not: {_listed(sorted(facts.lacking), say)}.")
    sentence = " ".join([f"{' '.join(parts)}.", *said])
    # "You are sending …" becomes "I think you mean: you are sending …" where a word had to be guessed.
    return f"I think you mean: {sentence[0].lower()}{sentence[1:]}" if question.guessed else sentence


def _listed(terms: Iterable[str], say: Callable[[str], str]) -> str:
    return _joined(say(term) for term in terms)


def _joined(phrases: Iterable[str]) -> str:
    words = list(phrases)
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}" if words else ""


def _leading(decision: Decision) -> tuple[Match, ...]:
    """The rows that carry the verdict."""
    return (
        tuple(one for one in decision.matches if Verdict(one.rule.answer) is decision.verdict) or decision.matches[:1]
    )


def _contact(leading: tuple[Match, ...], decision: Decision, library: Library, default: str) -> str:
    """Whom to ask: the role a row names, else the owner of the page the verdict rests on."""
    if decision.verdict is Verdict.NOT_COVERED:
        outside = library.documents.get(decision.outside or "")
        return (outside.contact or outside.owner or default) if outside else default
    for one in leading:
        if one.rule.ask_whom:
            return one.rule.ask_whom
    documents = [one.rule.document for one in leading] + [hit.passage.document for hit in decision.hits]
    for name in documents:
        document = library.documents[name]
        if document.contact or document.owner:
            return document.contact or document.owner
    return default


def _because(
    question: Question, decision: Decision, leading: tuple[Match, ...], library: Library, whom: str
) -> Iterable[str]:
    say = library.vocabulary.say
    if not question.in_english:
        yield "I understand English only (a greeting in Welsh is fine). Please ask again in English."
    if decision.verdict is Verdict.NOT_COVERED:
        yield f"This is no question about handling information. Ask {whom}, or say what you send, to whom and how."
        return
    if decision.unstated is not None:
        yield "The answer depends on one thing you have not said yet."
    elif decision.at_worst:
        yield "I still don't know enough to tell the cases apart, so this is the strictest of what could hold."
    elif decision.doubted:
        yield f"I am not sure that I understood you, so ask {whom} before anything goes, or say it in other words."
    elif decision.hits and not decision.matches:
        forbids = decision.verdict is Verdict.STOP
        says = "forbids this in so many words" if forbids else "touches on this but does not settle it"
        yield f"The guidance {says}. Ask {whom}."
    for term in decision.unmet:
        yield f"You say it is not {say(term)}, and the guidance requires that."
    if decision.stranger and decision.verdict is Verdict.ASK:
        yield f"No row of the guidance says that this recipient may have it. Ask {whom}."
    for condition in decision.broken[:2]:
        yield f"What you say does not fit a condition of the guidance: “{condition}”."
    if decision.unstated is None:
        # Several pages may say the same; the reader needs it once.
        said = {_said(one, library): library.documents[one.rule.document].title for one in reversed(leading)}
        for sentence, title in list(reversed(said.items()))[:3]:
            yield f"{_capital(sentence)} ({title})"


def _capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]


def _said(one: Match, library: Library) -> str:
    """The row in a sentence: "a witness statement (MG11) to the defence: only with safeguards"."""
    say = library.vocabulary.say
    to = f" to {say(one.recipient)}" if one.recipient else ""
    by = f" {way(one.channel, say)}" if one.channel and "channel" not in one.missing else ""
    said = VERDICT_WORDS[Verdict(one.rule.answer)]
    return f"{say(one.material) if one.material else 'anything'}{to}{by}: {said}."


def _conditions(question: Question, decision: Decision, library: Library) -> Iterable[str]:
    """What has to be so, the most telling rows first, without what the user already said and without repetitions."""
    if decision.verdict is Verdict.NOT_COVERED or decision.unstated is not None:
        return
    shown: list[str] = []
    for one in sorted(_conditional(decision), key=lambda one: -_tells(one)):
        wanted = list(one.rule.conditions)
        if "channel" in one.missing:
            wanted.append(f"sent by {' or '.join(library.vocabulary.say(term) for term in one.rule.channels)}")
        for condition in wanted:
            if not _claimed(condition, question, library) and not _repeats(condition, shown):
                shown.append(condition)
    yield from shown[:_MOST_CONDITIONS]
    if len(shown) > _MOST_CONDITIONS:
        left = len(shown) - _MOST_CONDITIONS
        yield f"and {left} more that the quoted rows name: read them through"


def _conditional(decision: Decision) -> Iterable[Match]:
    """The rows whose conditions help: never a way round a row that says no to the same thing."""
    refused = {one.material for one in decision.matches if one.rule.answer == Verdict.STOP}
    for one in decision.matches:
        if one.rule.answer == Verdict.STOP or (
            decision.verdict is Verdict.STOP and not decision.unmet and one.material in refused
        ):
            continue
        # A row about everything cannot say when a refused thing may go.
        if decision.verdict is Verdict.STOP and one.material in (None, "case_material", "personal_data"):
            continue
        yield one


def _tells(one: Match) -> int:
    """How much a row is about this question: material counts most, then recipient, then channel."""
    general = one.material in (None, "case_material", "personal_data", "outside")
    return (0 if general else 4) + (2 if one.recipient not in (None, "outside") else 0) + (1 if one.channel else 0)


def _claimed(condition: str, question: Question, library: Library) -> bool:
    """True when the user already said so: it is repeated back, not asked for again."""
    named = {m.term for m in library.vocabulary.find(condition) if m.fact == "protection" and not m.lacking}
    return bool(named) and named <= question.facts.protections


def _repeats(condition: str, shown: Iterable[str]) -> bool:
    return any(token_set_ratio(condition, other) >= _SAME_WORDS for other in shown)


def _citations(decision: Decision, leading: tuple[Match, ...], library: Library) -> Iterable[Citation]:
    """The prose that says what to do, then the rows as they stand."""
    if leading:
        passage = _beside(leading[0], decision, library)
        if passage is not None:
            yield cite(library.documents[passage.document], passage.section, passage.text)
    seen: set[tuple[str, str]] = set()
    for one in (*leading, *(match for match in _conditional(decision) if match not in leading)):
        document = library.documents[one.rule.document]
        if (document.id, one.rule.quote) not in seen and len(seen) < _MOST_CITATIONS:
            seen.add((document.id, one.rule.quote))
            yield cite(document, one.rule.section, one.rule.quote)
    for hit in decision.hits:
        yield cite(library.documents[hit.passage.document], hit.passage.section, hit.passage.text)


def _beside(one: Match, decision: Decision, library: Library) -> Passage | None:
    """The passage of the row's own section that is most about the question; else the section's first."""
    beside = [p for p in library.passages if p.document == one.rule.document and p.section == one.rule.section]
    ranked = {hit.passage.id: hit.score for hit in decision.about}
    return max(beside, key=lambda passage: ranked.get(passage.id, 0.0), default=None)


def _clarify(decision: Decision, library: Library) -> Clarify | None:
    if decision.unstated is None:
        return None
    fact, terms, say = decision.unstated.fact, decision.unstated.options, library.vocabulary.say
    if fact == "protection":
        return Clarify(fact, f"Is it {say(terms[0])}?", tuple((t, "No" if t.startswith(NOT) else "Yes") for t in terms))
    return Clarify(fact, _QUESTIONS[fact], tuple((term, say(term)) for term in terms))
