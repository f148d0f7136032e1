"""Words a decision for the person who asked: fixed wording of ours, rows and literal quotes, nothing else."""

from collections.abc import Callable, Iterable

from bot.ask.clarify import NOT
from bot.ask.conditions import conditions
from bot.ask.courtesy import courtesy
from bot.ask.decide import Decision
from bot.ask.question import Question
from bot.ask.quoting import quoted
from bot.domain.reply import Clarify, Reply
from bot.domain.verdict import Verdict
from bot.domain.words import VERDICT_WORDS, headline, way
from knowledge import Facts, Library, Match

_QUESTIONS = {
    "recipient": "Who would receive it?",
    "material": "What is it that you want to send?",
    "channel": "How would you send it?",
}
_COURTESIES = {
    "thanks": "You're welcome. Ask again whenever something is to go out",
    "hello": "Hello. Tell me what you want to send, to whom and how, and I look up what the guidance says",
    "goodbye": "Goodbye. Lock your screen on the way out",
    "never_mind": "All right, forgotten. Ask again whenever something is to go out",
}
_CHECK_PAGE = "4-files-and-hidden-data/what-a-check-finds.md"
_MOST_REASONS = 2


def answer(question: Question, decision: Decision, library: Library, contact: str) -> Reply:
    """The reply to a question, without any files."""
    said = question.sentences[0] if question.follows and question.sentences else question.text
    if not question.said_now or not question.follows:
        kind = courtesy(said)
        if kind is not None:
            return _courtesy_reply(kind, contact, question.facts)
    leading = _leading(decision)
    whom = _contact(leading, decision, library, contact)
    citations = tuple(quoted(question, decision, leading, library))
    return Reply(
        verdict=decision.verdict,
        headline=headline(decision.verdict, whom),
        because=tuple(_because(question, decision, leading, library, whom)),
        conditions=tuple(conditions(question, decision, library)),
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


def _courtesy_reply(kind: str, contact: str, facts: Facts) -> Reply:
    """A short human answer to a greeting, thanks or "never mind": no verdict, nothing quoted."""
    return Reply(
        verdict=Verdict.NOT_COVERED,
        headline=_COURTESIES[kind],
        because=(),
        conditions=(),
        citations=(),
        contact=contact,
        facts=facts,
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
        for sentence, title in list(reversed(said.items()))[:_MOST_REASONS]:
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


def _clarify(decision: Decision, library: Library) -> Clarify | None:
    if decision.unstated is None:
        return None
    fact, terms, say = decision.unstated.fact, decision.unstated.options, library.vocabulary.say
    if fact == "protection":
        return Clarify(fact, f"Is it {say(terms[0])}?", tuple((t, "No" if t.startswith(NOT) else "Yes") for t in terms))
    return Clarify(fact, _QUESTIONS[fact], tuple((term, say(term)) for term in terms))
