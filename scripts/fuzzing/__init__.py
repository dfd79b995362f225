"""Fuzzing: what is tried (``targets``), what it begins with (``seeds``), and how inputs are made without any library (``mutate``)."""
