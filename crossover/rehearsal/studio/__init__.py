"""The studio: the pages on which a creator signs in, fills in a note and presses publish.

- `switches`: how the pages behave; `switches_calls`: tells and changes it while the server runs
- `renaming`: gives names on the page others
"""
