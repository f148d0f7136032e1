"""When it already went: the first hour, the clocks, the decision, and the register."""
