"""Ways onto a site.

- `base`: the seam: what a destination promises
- `open`: the destinations by name, and a target: one of them, its site, and the account
- `api/`: the HTTP protocol of the creator studio
- `studio/`: the creator's own browser on the studio page, filled in for them to publish
- `practice`: starts the practice account, a stand-in for RedNote
- `answers/`: what RedNote answers, and what that means; `own_notes/`: what stands on an account
- `sites`, `codes`: hosts, links and numbers of RedNote
- `topic_names`: which spellings of a topic are the same to RedNote
- `throttle`: no more bytes a second than the creator wants
"""
