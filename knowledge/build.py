"""`python -m knowledge.build INDEX GUIDANCE VOCABULARY`: bring the index up to date, with low priority.

The running server starts it, so that reading a thousand pages does not slow an answer.
"""

import os
import sys
from pathlib import Path

from knowledge.errors import GuidanceError
from knowledge.source import Source


def main(arguments: list[str]) -> int:
    """Build; gives 1 and the reason on standard error when that fails."""
    root, folder, vocabulary = arguments
    if hasattr(os, "nice"):
        os.nice(10)
    try:
        source = Source(Path(root), Path(folder), Path(vocabulary) if vocabulary else None)
        source.bring_up_to_date(lambda done, total, what: None)
    except GuidanceError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
