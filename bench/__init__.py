"""What `make bench` measures; each module prints a table and writes `bench/results/`."""
