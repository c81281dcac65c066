"""The compiled plan: exactly what will be sent.

- `compiler`: posts, rules, edits and limits become the notes of a plan (pure)
- `sent`: what went out before, and so keeps its cut; what changed since
- `duplicates`: notes that are like another one
- `planner`: the workspace read, its files made fit, the plan compiled and kept
- `document`: plan.json, its digests, and whether it is still up to date
"""
