"""The most specific row wins; between rows that cannot be compared both stand."""

from knowledge import Case, Facts, Rule, Vocabulary, all_matches, cases, prevailing

WORDS = Vocabulary.load()


def rule(answer: str, *, material: str = "", to: str = "", by: str = "", with_: str = "", without: str = "") -> Rule:
    return Rule(
        id=f"{material}|{to}|{by}|{with_}|{without}",
        document="d.md",
        section=("D",),
        answer=answer,
        quote="row",
        materials=tuple(filter(None, [material])),
        recipients=tuple(filter(None, [to])),
        channels=tuple(filter(None, [by])),
        protections=frozenset(filter(None, [with_])),
        lacking=frozenset(filter(None, [without])),
    )


BROAD = rule("ask", material="case_material", to="outside")
STATEMENT = rule("safeguards", material="witness_statement", to="defence")
PRIVATE_MAIL = rule("stop", material="case_material", by="personal_email")


def answers(case: Case, *rules: Rule) -> list[str]:
    full = [one for one in all_matches(rules, case, WORDS) if not one.missing]
    return [one.rule.answer for one in prevailing(full, WORDS)]


def test_a_row_about_the_narrower_thing_sets_the_broad_one_aside() -> None:
    assert answers(Case("witness_statement", "defence"), BROAD, STATEMENT) == ["safeguards"]


def test_rows_that_are_narrow_in_different_columns_both_stand() -> None:
    case = Case("witness_statement", "defence", ("personal_email",))
    assert sorted(answers(case, STATEMENT, PRIVATE_MAIL)) == ["safeguards", "stop"]


def test_a_row_about_somebody_else_does_not_hold() -> None:
    assert answers(Case("witness_statement", "court"), STATEMENT) == []


def test_a_row_that_needs_an_unstated_fact_says_which() -> None:
    (found,) = all_matches([STATEMENT], Case("witness_statement"), WORDS)
    assert found.missing == {"recipient"}


def test_papers_may_turn_out_to_be_a_statement() -> None:
    (found,) = all_matches([STATEMENT], Case("case_material", "defence"), WORDS)
    assert found.missing == {"material"}


def test_a_row_for_what_is_encrypted_needs_the_word_of_the_sender() -> None:
    encrypted = rule("safeguards", material="interview_video", with_="encrypted")
    (found,) = all_matches([encrypted], Case("interview_video"), WORDS)
    assert found.missing == {"protection"}
    assert all_matches([encrypted], Case("interview_video", lacking=frozenset({"encrypted"})), WORDS) == ()


def test_two_things_to_two_people_are_four_cases_and_ways_stay_together() -> None:
    facts = Facts(("cctv", "case_summary"), ("court", "police"), ("removable_media", "courier"))
    found = cases(facts, WORDS)
    assert len(found) == 4
    assert {case.channels for case in found} == {("removable_media", "courier")}
