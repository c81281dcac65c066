"""What became of the posts.

- `status`: where every post and note stands
- `plain_topics`: which hashtags of the notes on an account are plain text there
"""
