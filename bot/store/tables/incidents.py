"""Breaches, their clocks, and the register: the tables."""
