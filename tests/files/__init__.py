"""The evaluation set: casework files of an invented world, made from code with the truth about each."""
