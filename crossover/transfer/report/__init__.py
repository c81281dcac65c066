"""What became of the posts.

- `status`: where every post and note stands
"""
