"""A stand-in for RedNote on this computer, to practise against.

A program of its own: it imports nothing of the rest of the project, so that the client and the
place where it is tried out cannot share a mistake. Start it with `python -m crossover.rehearsal`.
"""
