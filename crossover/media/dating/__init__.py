"""Decides which posts a file may be by when it was made, where nothing is here to compare. Pure.

- `proposals`: the nearest posts of each file. Start here
- `groups`: pictures that were taken together and may be one photo post
- `dated`: when a file was made, and where that date comes from; `name_dates`: dates in names
"""
