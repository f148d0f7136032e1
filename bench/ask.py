"""How well and how fast questions are answered: the golden set through the product, beside plain retrieval.

Prints tables and writes `bench/results/ask.json`; changes nothing else.
"""

import dataclasses
import json
import resource
import statistics
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from bench import golden, plain_retrieval
from bench.golden import Answer, Score, Wording, share
from bot.domain.message import Message
from bot.settings import Settings, read_settings
from bot.wiring import build
from knowledge import Library

RESULTS = Path(__file__).with_name("results") / "ask.json"
_FRESH = {
    "d": "fresh, looked at",
    "e": "fresh, only its dangerous answers looked at",
    "f": "fresh, never looked at",
    "t": "fresh, in threads",
}
_COLD = {
    "sendcheck ask": ("ask", "can I send the MG10 to the defence?", "--json"),
    "sendcheck --help": ("--help",),
}


def main(quick: bool = False) -> None:
    """Run everything; `quick` asks every fourth question and starts each command once."""
    console = Console()
    settings = read_settings()
    assistant = build(settings)
    assistant.respond(Message(text="warm up"))
    asked = golden.questions()[:: 4 if quick else 1]
    cases = golden.situations()[:: 4 if quick else 1]
    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("golden questions", total=len(asked) + len(cases))
        given = golden.answers(assistant.respond, asked, lambda: progress.advance(task))
        strangers = golden.answers(assistant.respond, golden.questions(golden.FIRST_SIGHT)[:: 4 if quick else 1])
        worded = golden.wordings(assistant.respond, cases, lambda: progress.advance(task))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    cold = {name: _cold_start(arguments, 1 if quick else 5) for name, arguments in _COLD.items()}

    library = Library.open(settings.data_dir, settings.guidance_dir, settings.vocabulary_file)
    loose = golden.loose_quotes(given, library.folder)
    fresh = golden.answers(assistant.respond, golden.questions(golden.FRESH)[:: 4 if quick else 1])
    runs = {
        "the product": given,
        "the product, strangers' questions": strangers,
        **{
            name: tuple(answer for answer in fresh if answer.question.id.startswith(letter))
            for letter, name in _FRESH.items()
        },
        "nearest by words (BM25)": plain_retrieval.run(plain_retrieval.by_words(library), asked),
        "nearest by meaning (embedding)": plain_retrieval.run(plain_retrieval.by_meaning(library), asked),
    }
    scores = {name: golden.score(answers) for name, answers in runs.items()}
    misread = {answer.question.id: golden.misread(answer, library.vocabulary) for answer in given}
    figures = _figures(given, worded, memory, cold) | _reading(given, misread)
    for table in (_score_table(scores), _figure_table(figures, loose), _miss_table(given), _wording_table(worded)):
        console.print(table)
    _dangers(console, scores["the product"])
    _write(settings, quick, scores, figures, loose, given, worded, misread)


def _cold_start(arguments: Sequence[str], runs: int) -> float:
    """The median time of a command from a fresh process to its end; a failing command has no time."""
    command = [str(Path(sys.executable).with_name("sendcheck")), *arguments]
    taken = []
    for _ in range(runs):
        begun = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        taken.append(time.perf_counter() - begun)
    return statistics.median(taken)


def _figures(
    given: Sequence[Answer], worded: Sequence[Wording], memory: int, cold: Mapping[str, float]
) -> dict[str, float]:
    """Latency in milliseconds, start-up in seconds, memory in megabytes, consistency as shares."""
    times = sorted(answer.seconds * 1000 for answer in given)
    texts = sum(len(case.verdicts) for case in worded)
    return {
        "latency p50, ms": statistics.median(times),
        "latency p95, ms": times[int(len(times) * 0.95)],
        "latency max, ms": times[-1],
        **{f"cold start of {name}, s": seconds for name, seconds in cold.items()},
        "peak memory, MB": memory / 1e6,
        "situations with one verdict in five wordings": share(sum(c.consistent for c in worded), len(worded)),
        "wordings that agree with their majority": share(sum(c.agreeing for c in worded), texts),
        "wordings answered right": share(sum(c.right for c in worded), texts),
        "situations with a dangerous wording": float(sum(c.dangerous for c in worded)),
    }


def _reading(given: Sequence[Answer], misread: Mapping[str, tuple[str, ...]]) -> dict[str, float]:
    """Of the materials, recipients and channels that the questions in scope say, the share that was read."""
    figures = {}
    for fact in golden.FACTS:
        saying = [answer.question.id for answer in given if fact in dict(answer.question.said)]
        figures[f"share of {fact}s read"] = share(sum(fact not in misread[i] for i in saying), len(saying))
    return figures


def _score_table(scores: Mapping[str, Score]) -> Table:
    """One row a run; the cut-off of plain retrieval is chosen with hindsight."""
    columns: tuple[tuple[str, Callable[[Score], str]], ...] = (
        ("questions", lambda s: str(s.asked)),
        ("right", lambda s: f"{s.right:.1%}"),
        ("dangerous", lambda s: str(len(s.dangerous))),
        ("of them OK", lambda s: str(len(s.dangerous_ok))),
        ("not covered: precision", lambda s: f"{s.not_covered_precision:.1%}"),
        ("recall", lambda s: f"{s.not_covered_recall:.1%}"),
        ("asks when needed", lambda s: f"{s.clarified:.1%} of {s.vague}" if s.vague else "-"),
        ("asks needlessly", lambda s: f"{s.clarified_needlessly:.1%}"),
    )
    table = Table("answerer", title="Golden questions: the product beside plain retrieval")
    for heading, _ in columns:
        table.add_column(heading, justify="right")
    for name, value in scores.items():
        table.add_row(name, *(figure(value) for _, figure in columns))
    return table


def _figure_table(figures: Mapping[str, float], loose: Sequence[str]) -> Table:
    table = Table("figure", "value", title="Speed, memory, consistency, quotes")
    for name, value in figures.items():
        is_share = name.startswith(("situations with one", "wordings", "share"))
        table.add_row(name, f"{value:.1%}" if is_share else f"{value:,.2f}" if value < 10 else f"{value:,.0f}")
    table.add_row("answers with a quote that is not literal", f"{len(loose)} {' '.join(loose)}".strip())
    return table


def _miss_table(given: Sequence[Answer]) -> Table:
    """Topics with a miss, as id and verdict given; a dangerous one is marked with "!"."""
    topics: dict[str, list[Answer]] = defaultdict(list)
    for answer in given:
        topics[answer.question.topic].append(answer)
    table = Table("topic", "right", "misses (! dangerous)", title="Misses by topic")
    for topic, answered in sorted(topics.items()):
        missed = [f"{a.question.id} {a.verdict}{'!' if a.dangerous else ''}" for a in answered if not a.right]
        if missed:
            table.add_row(topic, f"{len(answered) - len(missed)}/{len(answered)}", ", ".join(missed))
    return table


def _wording_table(worded: Sequence[Wording]) -> Table:
    table = Table("situation", "verdicts of the five wordings", "right", title="Situations that were not of one mind")
    for case in worded:
        if not case.consistent or case.dangerous:
            mark = " !" if case.dangerous else ""
            table.add_row(case.situation.id + mark, ", ".join(case.verdicts), f"{case.right}/{len(case.verdicts)}")
    return table


def _dangers(console: Console, figures: Score) -> None:
    console.print(f"Dangerous answers: {', '.join(figures.dangerous) or 'none'}")
    console.print(f"of them told OK to send: {', '.join(figures.dangerous_ok) or 'none'}")


def _write(
    settings: Settings,
    quick: bool,
    scores: Mapping[str, Score],
    figures: Mapping[str, float],
    loose: Sequence[str],
    given: Sequence[Answer],
    worded: Sequence[Wording],
    misread: Mapping[str, tuple[str, ...]],
) -> None:
    """Everything printed, for a later run to be compared with."""
    RESULTS.parent.mkdir(exist_ok=True)
    held = {
        "quick": quick,
        "guidance": str(settings.guidance_dir or "starter pack"),
        "scores": {name: dataclasses.asdict(value) for name, value in scores.items()},
        "figures": dict(figures),
        "quotes_not_literal": list(loose),
        "answers": {
            a.question.id: {
                "verdict": a.verdict,
                "right": a.right,
                "dangerous": a.dangerous,
                "clarified": a.clarified,
                "misread": misread[a.question.id],
            }
            for a in given
        },
        "wordings": {case.situation.id: list(case.verdicts) for case in worded},
    }
    RESULTS.write_text(json.dumps(held, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main(quick="--quick" in sys.argv[1:])
