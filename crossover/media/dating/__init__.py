"""Tells when a file was made, where nothing is here to compare it with. Pure.

- `dated`: when a file was made, and where that date comes from; `name_dates`: dates in names
"""
