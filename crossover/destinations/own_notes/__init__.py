"""What stands on an account, by its own list, however that is read.

- `pages`: the list, page by page; `search`: looks for notes in it
- `recognise`: whether a listed note is one of ours
"""
