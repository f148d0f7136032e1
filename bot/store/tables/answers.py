"""What happens to answers afterwards, and what threads remember: the tables."""
