"""What became of the posts.

- `status`: where every post and note stands
- `accounts`: how the notes of an account stand, and what holds it
"""
