"""Physical media and paper on their way: the tables."""
