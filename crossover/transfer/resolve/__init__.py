"""Settles what became of notes, by the creator's word: every answer is evidence, with its time.

- `resolver`: the use case: open notes, what is on the account, the answers. Start here
- `open_notes`: which notes are open, and what they may be on the account
- `answers`: what was said of notes, checked as a whole
- `given_links`: the links of a file or of pasted lines; `text_file`: its text, however it is coded
- `known_notes`: what stood on the account before
"""
