"""When notes go out, and which go first. Nothing of it is part of a plan: it is computed when shown.

- `zones`: the creator's time zone, and the moments that its clock shows
- `days`: how many notes a day takes at the pace of a real account, and at which hours
- `calendar`: notes on days: sittings, pauses, RedNote's own scheduler
- `sitting`: what may go out now, and when the next sitting may start
- `seasons`: what time of the year a post belongs to, from `seasons.yaml`
- `best_first`: the posts to begin with, each with its reason
- `ics`: the sittings as a file for a calendar app
"""
