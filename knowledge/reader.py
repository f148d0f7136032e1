"""`python -m knowledge.reader VOCABULARY`: reads guidance files, one after another, for `knowledge.readers`.

It is asked on standard input (a line with name, size and seconds, then the file) and answers on standard output (the
length in eight bytes, then the reading). A file that takes longer than its seconds ends the process: whatever code of a
library runs then, the system's own timer stops it.
"""

import json
import os
import signal
import sys
from pathlib import Path

from knowledge.confined import confine
from knowledge.reading import READ_FILE, READY, read_whole
from knowledge.vocabulary import Vocabulary


def main(arguments: list[str]) -> int:
    """Read files until standard input ends."""
    answers = os.fdopen(os.dup(1), "wb")
    # A library that prints must not garble the answers.
    os.dup2(2, 1)
    vocabulary = Vocabulary.load(Path(arguments[0]) if arguments[0] else None)
    confine()
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    answers.write(READY)
    answers.flush()
    with os.fdopen(0, "rb") as asked:
        while line := asked.readline():
            wanted = json.loads(line)
            content = asked.read(wanted["size"])
            # Seconds of the processor: a busy machine makes no file hostile.
            signal.setitimer(signal.ITIMER_PROF, wanted["seconds"])
            answer = READ_FILE.dump_json(read_whole(wanted["name"], content, vocabulary))
            signal.setitimer(signal.ITIMER_PROF, 0)
            answers.write(len(answer).to_bytes(8, "big") + answer)
            answers.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
