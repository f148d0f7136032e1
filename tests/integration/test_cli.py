"""The command line as a person and a script use it: real processes, real files, the starter guidance."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

ROOT = Path(__file__).parents[2]
SCHEMAS = ROOT / "bot" / "domain" / "schemas"
STATEMENT = """WITNESS STATEMENT (MG11)
Statement of: Rosalind Ackerley
I live at 14 Tannery Lane, Eastmoor, and my mobile is 07700 900341. I saw the defendant at the bus stop.
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, starter_index: Path) -> Path:
    """One data folder for all commands."""
    home = tmp_path_factory.mktemp("home")
    shutil.copytree(starter_index, home / "data" / "index")
    return home


def run(home: Path, *arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "DATA_DIR": str(home / "data"), "PYTHONPATH": str(ROOT)}
    return subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        capture_output=True,
        text=True,
        timeout=240,
        cwd=home,
        env=environment,
        input=stdin,
    )


def valid(text: str, schema: str) -> dict[str, object]:
    value = json.loads(text)
    Draft202012Validator(json.loads((SCHEMAS / schema).read_text())).validate(value)
    assert isinstance(value, dict)
    return value


def test_help_lists_the_commands(home: Path) -> None:
    done = run(home, "--help")
    assert done.returncode == 0
    assert all(
        command in done.stdout for command in ("ask", "check", "report", "guidance", "serve", "migrate", "doctor")
    )


def test_a_question_gets_a_verdict_with_the_guidances_words(home: Path) -> None:
    done = run(
        home, "ask", "can I email a witness's MG11 to the defence, it has the contact page on the back?", "--json"
    )
    reply = valid(done.stdout, "reply.json")
    assert reply["verdict"] == "stop"
    guidance = ROOT / "knowledge" / "guidance"
    for citation in reply["citations"]:  # type: ignore[attr-defined]
        assert citation["quote"] in (guidance / citation["document"]).read_text(encoding="utf-8")
        assert citation["reviewed"]


def test_a_batch_answers_line_by_line_and_remembers_each_history(home: Path) -> None:
    batch = home / "in.jsonl"
    history = [{"role": "user", "text": "can I send the MG5 to the defence by CJSM"}]
    lines = [
        {"id": "a", "question": "what's for lunch"},
        {"id": 2, "question": "what about to a journalist?", "history": history},
    ]
    batch.write_text("\n".join(json.dumps(line) for line in lines))
    done = run(home, "ask", "--batch", str(batch), "--json")
    first, second = (valid(line, "reply.json") for line in done.stdout.splitlines())
    assert (first["id"], first["verdict"]) == ("a", "not_covered")
    assert second["id"] == 2
    assert second["facts"]["material"] == ["case_summary"]  # type: ignore[index]
    assert second["verdict"] in ("ask", "stop")


def test_a_file_with_a_witnesss_address_is_stopped_and_no_value_is_shown(home: Path) -> None:
    paper = home / "statement.txt"
    paper.write_text(STATEMENT)
    done = run(home, "check", str(paper), "--recipient", "the defence", "--json")
    report = valid(done.stdout, "file.json")
    assert (done.returncode, report["verdict"]) == (1, "stop")
    for value in ("900341", "Tannery", "Ackerley"):
        assert value not in done.stdout + done.stderr


def test_a_clean_file_is_ok_and_the_exit_code_says_so(home: Path) -> None:
    paper = home / "list.csv"
    paper.write_text("item,pack,price\nEnvelopes C5,500,12.40\nToner,1,61.99\n")
    done = run(home, "check", str(paper), "--json")
    assert (done.returncode, valid(done.stdout, "file.json")["verdict"]) == (0, "ok")


def test_a_file_that_cannot_be_read_is_said_and_never_clean(home: Path) -> None:
    paper = home / "scan.pdf"
    paper.write_bytes(b"%PDF-1.7\nnothing of use")
    done = run(home, "check", str(paper), "--json")
    report = valid(done.stdout, "file.json")
    assert done.returncode == 2
    assert report["unread"]
    assert report["verdict"] in ("ask", "stop")


def test_a_folder_is_checked_file_by_file(home: Path) -> None:
    folder = home / "bundle"
    folder.mkdir(exist_ok=True)
    (folder / "a.txt").write_text("Nothing here.")
    (folder / "b.txt").write_text(STATEMENT)
    done = run(home, "check", str(folder), "--json")
    assert [json.loads(line)["name"] for line in done.stdout.splitlines()] == ["a.txt", "b.txt"]


def test_a_question_with_a_file_compares_the_claim_with_the_finding(home: Path) -> None:
    paper = home / "mg11.txt"
    paper.write_text(STATEMENT)
    question = "MG11 to the defence by CJSM, contact page is off. ok?"
    reply = valid(run(home, "ask", question, "--attach", str(paper), "--json").stdout, "reply.json")
    assert reply["verdict"] == "stop"
    assert any("You say the contact page is off" in reason for reason in reply["because"])  # type: ignore[attr-defined]


def test_a_near_miss_is_scrubbed_filed_and_listed(home: Path) -> None:
    text = "nearly emailed Rosalind Ackerley's statement (07700 900341) to the wrong solicitor, autocomplete, caught it"
    filed = json.loads(run(home, "report", "--text", text, "--anonymous", "--json").stdout)
    assert filed["receipt"].startswith("NM-")
    assert filed["already_sent"] is False
    assert "900341" not in filed["stored_text"]
    assert "Ackerley" not in filed["stored_text"]
    listed = run(home, "report", "--list", "--json").stdout
    assert filed["receipt"] in listed


def test_the_form_in_the_terminal_shows_what_would_be_stored(home: Path) -> None:
    done = run(home, "report", stdin="almost posted a letter to 3 Quarry Road, Eastmoor\n\nn\n")
    assert "This is what would be stored" in done.stderr
    assert "NM-" in done.stdout
    assert "Quarry Road" not in done.stdout + done.stderr.split("This is what")[1]


@pytest.mark.parametrize(
    "arguments, named",
    [
        (["ask"], "question"),
        (["check", "x.txt", "--recipient", "the wombat"], "--recipient"),
        (["report", "--text", "x", "--kind", "wombat"], "--kind"),
        (["check", "nowhere.pdf"], "nowhere.pdf"),
        (["check", "x.txt", "--wombat"], "--wombat"),
        (["wombat"], "wombat"),
    ],
)
def test_wrong_use_is_one_line_that_names_it(home: Path, arguments: list[str], named: str) -> None:
    (home / "x.txt").write_text("x")
    done = run(home, *arguments)
    assert done.returncode == 3
    assert done.stdout == ""
    assert named in done.stderr
    assert "Traceback" not in done.stderr


def test_the_starter_pack_has_no_defects(home: Path) -> None:
    done = run(home, "guidance", "lint")
    assert (done.returncode, done.stdout) == (0, "")


def test_the_guidance_is_listed_with_owner_and_review_date(home: Path) -> None:
    rows = [json.loads(line) for line in run(home, "guidance", "list", "--json").stdout.splitlines()]
    assert len(rows) >= 30
    assert all(row["owner"] and row["reviewed"] for row in rows)


def test_a_wrong_setting_is_named(home: Path) -> None:
    environment = {**os.environ, "GUIDANCE_DIR": "/nowhere", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-m", "bot", "doctor"], capture_output=True, text=True, env=environment, cwd=home, timeout=60
    )
    assert done.returncode == 3
    assert "GUIDANCE_DIR" in done.stderr


def test_a_server_told_to_stop_leaves_no_folder_behind(home: Path, tmp_path: Path) -> None:
    settings = {"DATA_DIR": str(home / "data"), "PORT": "0", "TMPDIR": str(tmp_path), "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "bot", "serve"]
    server = subprocess.Popen(command, cwd=home, env={**os.environ, **settings}, stderr=subprocess.PIPE, text=True)
    assert server.stderr is not None
    assert any("listens on" in line for line in server.stderr)
    assert list(tmp_path.iterdir())
    server.terminate()
    assert server.wait(60) == 0
    server.stderr.close()
    assert list(tmp_path.iterdir()) == []
