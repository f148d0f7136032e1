"""`python -m bench [--quick] [PART…]`: what to measure; the parts are named below.

All but `fuzz` by default.
"""

import argparse
from importlib import import_module
from importlib.util import find_spec

USUAL = ("ask", "retrieval", "index", "scan", "converted", "scrub", "reports", "web", "chat")
PARTS = (*USUAL, "fuzz")
"""Ten thousand damaged files take a quarter of an hour: they are run when they are named."""


def main() -> None:
    """Run the named parts; a part that is not in this checkout is said to be missing, not skipped in silence."""
    parser = argparse.ArgumentParser(prog="python -m bench", description="Measure how much is found, and how fast.")
    parser.add_argument(
        "parts",
        nargs="*",
        metavar="{ask,retrieval,index,scan,converted,scrub,reports,web,chat,fuzz}",
        help="what to measure; all but fuzz by default",
    )
    parser.add_argument("--quick", action="store_true", help="a subset that takes a minute or two")
    given = parser.parse_args()
    # Not by `choices`: argparse of Python 3.11 then refuses an empty list.
    if unknown := set(given.parts) - set(PARTS):
        parser.error(f"unknown part {', '.join(sorted(unknown))}")
    for part in given.parts or USUAL:
        if find_spec(f"bench.{part}") is None:
            print(f"bench.{part} is not in this checkout")
        else:
            import_module(f"bench.{part}").main(quick=given.quick)


if __name__ == "__main__":
    main()
