"""The checking process: loads the models once, then forks a confined process for every file.

Run as `python -m bot.scan.sandbox_child` by `bot.scan.sandbox`; talks as `bot.scan.wire` says.
"""

import gc
import os
import shutil
import signal
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from bot.domain.finding import UnreadReason
from bot.domain.message import Attachment
from bot.scan import wire
from bot.scan.confine import confine, cut_network
from bot.scan.examine import Recognises, examine, not_examined

_READING_SHARE = 0.6
"""Share of the time for reading; the rest is for recognising what was read by then."""
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
            result = _check(attachment, recogniser, answers, int(start["seconds"]), int(start["memory_mb"]))
            wire.send(answers, {"result": result})
            del attachment, request, result
    except wire.ClosedError:
        return


def _load(site_key: bytes) -> Recognises:
    from pymediainfo import MediaInfo

    from bot.scan.extract.ocr import engine
    from bot.scan.recognise.engine import Recogniser

    engine()
    MediaInfo.can_parse()
    recogniser: Recognises = Recogniser.load(site_key)
    return recogniser


def _check(
    attachment: Attachment, recogniser: Recognises, answers: int, seconds: int, memory_mb: int
) -> dict[str, Any]:
    """Fork, watch, and bring back a result whatever happens to the forked process."""
    folder = Path(tempfile.mkdtemp(prefix="check-")).resolve()
    reading, writing = os.pipe()
    started = time.monotonic()
    process = os.fork()
    if process == 0:
        os.close(reading)
        os.close(answers)
        _examine_and_exit(attachment, recogniser, writing, folder, seconds, memory_mb)
    os.close(writing)
    try:
        return _watch(attachment, process, reading, answers, started + seconds)
    finally:
        os.close(reading)
        shutil.rmtree(folder, ignore_errors=True)


def _examine_and_exit(
    attachment: Attachment, recogniser: Recognises, pipe: int, folder: Path, seconds: int, memory_mb: int
) -> None:
    """The forked process: give up everything, examine, answer, and end without any clean-up of the parent's."""
    code = 1
    try:
        os.close(0)
        confine(folder, seconds, memory_mb)
        deadline = time.monotonic() + seconds * _READING_SHARE

        def tell(done: int, total: int, what: str) -> None:
            wire.send(pipe, {"progress": [done, total, what[:200]]})

        result = wire.to_json(examine(attachment, recogniser, tell, deadline))
        wire.send(pipe, {"result": result})
        code = 0
    except MemoryError:
        code = 2
    except BaseException:  # whatever it was, the parent reports the file as not read; a traceback could quote the file
        code = 1
    finally:
        os._exit(code)


def _watch(attachment: Attachment, process: int, pipe: int, answers: int, until: float) -> dict[str, Any]:
    result: dict[str, Any] | None = None
    late = False
    try:
        while result is None:
            message = wire.receive(pipe, until)
            if isinstance(message.get("progress"), list):
                wire.send(answers, {"progress": message["progress"]})
            elif isinstance(message.get("result"), dict):
                result = wire.to_json(wire.from_json(message["result"]))
    except TimeoutError:
        late = True
    except wire.ClosedError:
        pass
    except (ValueError, KeyError, TypeError, AttributeError):
        # What a broken process says is not a result.
        result = None
    finally:
        # A process that has answered has nothing left to do either.
        os.kill(process, signal.SIGKILL)
        _, status = os.waitpid(process, 0)
    return result if result is not None else wire.to_json(_failed(attachment, status, late))


def _failed(attachment: Attachment, status: int, late: bool) -> Any:
    if late or (os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGXCPU):
        return not_examined(attachment, UnreadReason.TIMED_OUT, "Checking it took too long.")
    if os.WIFEXITED(status) and os.WEXITSTATUS(status) == 2:
        return not_examined(attachment, UnreadReason.TOO_LARGE, "Checking it takes more memory than one check may use.")
    return not_examined(attachment, UnreadReason.CORRUPT, _CANNOT)


if __name__ == "__main__":
    # An interrupt in the terminal is the server's to handle; it closes this process by closing its input.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    main()
    sys.exit(0)
