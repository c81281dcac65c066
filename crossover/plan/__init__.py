"""The compiled plan: exactly what will be sent.

- `compiler`: posts, rules, edits and limits become the notes of a plan (pure)
- `sent`: what went out before, and so keeps its cut; `changed_since`: what changed of it
- `sent_as`: files that went out as another result of the same source
- `sent_problems`: problems that come of that
- `order`: which notes go out first
- `duplicates`: notes that are like another one; `similar_words`: texts with nearly the same words
- `planner`: the workspace read, its files made fit, the plan compiled and kept
- `note_files`, `video_files`: what became of a post's files; `conversions`: those not decided yet
- `inputs`: planned.json, what a plan was made of, and what changed since
- `target`: where a plan goes: destination, site and account
- `current`: the plan on disk where it is up to date
- `document`: plan.json, its digests, and whether it is still up to date; `plan_version_2`: those of
  older plans
"""
