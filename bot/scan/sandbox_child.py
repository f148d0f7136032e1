"""The checking process: loads the models once, then forks a confined process for every file to check or to copy.

Run as `python -m bot.scan.sandbox_child` by `bot.scan.sandbox`; talks as `bot.scan.wire` says.
"""

import gc
import os
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from enum import Enum, auto
from functools import partial
from pathlib import Path

from bot.domain.copy import Copy, CopyKind
from bot.domain.finding import Inspection, UnreadReason
from bot.domain.message import Attachment
from bot.domain.ports import Progress
from bot.scan import wire
from bot.scan.confine import confine, cut_network
from bot.scan.copies.interface import Finds
from bot.scan.copies.make import make_copy
from bot.scan.copies.wire import COPY_TIMES, copy_from_json, copy_to_json
from bot.scan.examine import examine, not_examined

_READING_SHARE = 0.6
"""Share of the time for reading; the rest is for recognising what was read by then."""
_COPYING_SHARE = 0.9
_Job = Callable[[int, Progress], None]
"""Takes the pipe to answer on and whom to tell of the progress."""
_CANNOT = "It could not be read safely."


def main() -> None:
    """Load, say ready, and check files until standard input ends."""
    answers = os.dup(1)
    # A library that prints must not garble the answers.
    os.dup2(2, 1)
    try:
        start = wire.receive(0)
        # Before anything is loaded: no library needs the network, and some would use it to report on themselves.
        isolated = cut_network()
        recogniser = _load(bytes.fromhex(start["site_key"]))
        gc.collect()
        gc.freeze()
        wire.send(answers, {"ready": True, "isolated": isolated})
        while True:
            request = wire.receive(0)
            attachment = Attachment(str(request["name"]), wire.receive_bytes(0, int(request["size"])))
            seconds, memory_mb = int(start["seconds"]), int(start["memory_mb"])
            if "copy" in request:
                kind, allowed = CopyKind(request["copy"]), frozenset(map(str, request["allowed"]))
                job = partial(_copy, attachment, kind, recogniser, allowed, seconds * COPY_TIMES)
                copy = _run(job, answers, seconds * COPY_TIMES, memory_mb)
                made = copy if isinstance(copy, Copy) else Copy(why=_not_copied(copy))
                wire.send(answers, {"copy": copy_to_json(made)}, made.content)
                del job, copy, made
            else:
                inspection = _run(partial(_check, attachment, recogniser, seconds), answers, seconds, memory_mb)
                if not isinstance(inspection, Inspection):
                    inspection = _failed(attachment, inspection)
                wire.send(answers, {"result": wire.to_json(inspection)})
                del inspection
            del attachment, request
    except wire.ClosedError:
        return


def _load(site_key: bytes) -> Finds:
    from pymediainfo import MediaInfo

    from bot.scan.extract.ocr import engine
    from bot.scan.recognise.engine import Recogniser

    engine()
    MediaInfo.can_parse()
    recogniser: Finds = Recogniser.load(site_key)
    return recogniser


class _Outcome(Enum):
    """How a forked process ended that has not answered."""

    LATE = auto()
    NO_MEMORY = auto()
    BROKEN = auto()


def _run(job: _Job, answers: int, seconds: int, memory_mb: int) -> Inspection | Copy | _Outcome:
    """Fork, watch, and bring back an answer whatever happens to the forked process."""
    folder = Path(tempfile.mkdtemp(prefix="check-")).resolve()
    reading, writing = os.pipe()
    started = time.monotonic()
    process = os.fork()
    if process == 0:
        os.close(reading)
        os.close(answers)
        _work_and_exit(job, writing, folder, seconds, memory_mb)
    os.close(writing)
    try:
        return _watch(process, reading, answers, started + seconds)
    finally:
        os.close(reading)
        shutil.rmtree(folder, ignore_errors=True)


def _work_and_exit(job: _Job, pipe: int, folder: Path, seconds: int, memory_mb: int) -> None:
    """The forked process: give up everything, do the job, and end without any clean-up of the parent's."""
    code = 1
    try:
        os.close(0)
        confine(folder, seconds, memory_mb)

        def tell(done: int, total: int, what: str) -> None:
            wire.send(pipe, {"progress": [done, total, what[:200]]})

        job(pipe, tell)
        code = 0
    except MemoryError:
        code = 2
    except BaseException:  # whatever it was, the parent reports the file as not read; a traceback could quote the file
        code = 1
    finally:
        os._exit(code)


def _check(attachment: Attachment, recogniser: Finds, seconds: int, pipe: int, tell: Progress) -> None:
    deadline = time.monotonic() + seconds * _READING_SHARE
    wire.send(pipe, {"result": wire.to_json(examine(attachment, recogniser, tell, deadline))})


def _copy(
    attachment: Attachment,
    kind: CopyKind,
    recogniser: Finds,
    allowed: frozenset[str],
    seconds: int,
    pipe: int,
    tell: Progress,
) -> None:
    deadline = time.monotonic() + seconds * _COPYING_SHARE
    copy = make_copy(attachment, kind, recogniser, allowed, tell, deadline)
    wire.send(pipe, {"copy": copy_to_json(copy)}, copy.content)


def _watch(process: int, pipe: int, answers: int, until: float) -> Inspection | Copy | _Outcome:
    answer: Inspection | Copy | None = None
    late = False
    try:
        while answer is None:
            message = wire.receive(pipe, until)
            if isinstance(message.get("progress"), list):
                wire.send(answers, {"progress": message["progress"]})
            elif isinstance(message.get("result"), dict):
                answer = wire.from_json(message["result"])
            elif isinstance(message.get("copy"), dict):
                answer = copy_from_json(message["copy"], pipe, until)
    except TimeoutError:
        late = True
    except wire.ClosedError:
        pass
    except (ValueError, KeyError, TypeError, AttributeError):
        # What a broken process says is not an answer.
        answer = None
    finally:
        # A process that has answered has nothing left to do either.
        os.kill(process, signal.SIGKILL)
        _, status = os.waitpid(process, 0)
    if answer is not None:
        return answer
    if late or (os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGXCPU):
        return _Outcome.LATE
    return _Outcome.NO_MEMORY if os.WIFEXITED(status) and os.WEXITSTATUS(status) == 2 else _Outcome.BROKEN


def _failed(attachment: Attachment, outcome: object) -> Inspection:
    if outcome is _Outcome.LATE:
        return not_examined(attachment, UnreadReason.TIMED_OUT, "Checking it took too long.")
    if outcome is _Outcome.NO_MEMORY:
        return not_examined(attachment, UnreadReason.TOO_LARGE, "Checking it takes more memory than one check may use.")
    return not_examined(attachment, UnreadReason.CORRUPT, _CANNOT)


def _not_copied(outcome: object) -> str:
    if outcome is _Outcome.LATE:
        return "Making the copy took too long."
    if outcome is _Outcome.NO_MEMORY:
        return "Making the copy takes more memory than it may use."
    return "The file could not be read safely, so no copy was made."


if __name__ == "__main__":
    # An interrupt in the terminal is the server's to handle; it closes this process by closing its input.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    main()
    sys.exit(0)
