"""What a person wrote or answered.

- `rules`: crossover.yaml, for all posts at once
- `edits`: edits.yaml, note by note
- `answers`: what `--pair` and `--no-pair` say
- `strict_yaml`: YAML read with file, line and key of every mistake
"""
