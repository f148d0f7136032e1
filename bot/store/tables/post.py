"""What is to be delivered, what is due, what was accepted: the tables."""
