"""What `make bench` measures; each module prints a table and writes `bench/results/`."""

import bot  # noqa: F401 - sets how numpy works, as it does when the product starts
