"""The creator's settings: files that a person writes, and choices typed as options.

- `rules`: reads crossover.yaml, the rules for all posts at once
- `own_topics`: reads topics.yaml, the creator's own words for hashtags
- `edits`: reads and writes edits.yaml, the changes note by note
- `answers`: parses `--pair` and `--no-pair`; `consent`: what was agreed to, asked once
- `strict_yaml`: reads YAML and names file, line and key of every mistake; writes it
"""
