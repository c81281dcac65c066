"""Hashtags of TikTok captions, and the topics of RedNote that they become.

- `hashtags`: takes the hashtags out of a caption
- `tag_kinds`: tags that never become topics: of TikTok, of other platforms, orders, marks of advertising
- `communities`: what `booktok` and `dogsoftiktok` are about
- `choose`: the topics of one note, and every change that led to them
"""
