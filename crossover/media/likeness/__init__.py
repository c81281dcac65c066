"""Decides which post a camera-roll file is of. Pure, but for the cache: fingerprints in, a decision
out.

- `decision`: which file is surely, maybe or not a post's own. Start here
- `evidence`: what is said of a pair
- `fingerprint`, `fingerprint_cache`: what a file looks like, and that remembered
- `pictures`, `videos`: how alike two fingerprints are
- `verification`, `closeness`: what would be sure is compared from end to end first
"""
