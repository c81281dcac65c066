"""What became of the posts.

- `status`: where every post and note stands
- `reported`: what became of every post, to keep or to show; `report` makes it, `tables`: the same
  for spreadsheets
- `review`: what RedNote's list says of notes that are posted
- `accounts`: how the notes of an account stand, and what holds it
"""
