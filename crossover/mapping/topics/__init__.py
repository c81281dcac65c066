"""Hashtags of TikTok captions, and the topics of RedNote that they become.

- `hashtags`: takes the hashtags out of a caption
- `tag_kinds`: tags that never become topics: of TikTok, of other platforms, orders, marks of advertising
- `communities`: what `booktok` and `dogsoftiktok` are about
- `table`: hashtags and the words that people on RedNote use for them, from `mapping/topics.yaml`
- `simplified`: traditional Chinese words in simplified characters, from `mapping/simplified.yaml`
- `choose`: the topics of one note, and every change that led to them
- `untagged`: topics for a caption without tags, proposed from its words
- `suggestions`: topics that a note could have besides, for the creator to choose from
- `explain`: why a tag becomes what it becomes, and what is nearest to it
"""
