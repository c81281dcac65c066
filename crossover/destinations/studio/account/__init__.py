"""Whose account the window is signed in to, and what stands on it, as the site's own pages tell.

- `signed_in`: whose account it is; `signing_in`: waits until somebody signs in
- `note_manager`: the account's own notes, as the note manager lists them
"""
