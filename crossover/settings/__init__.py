"""The creator's settings: files that a person writes, and choices typed as options.

- `rule_table`: every `rule` of crossover.yaml, what it may be (`rule_values`, `calendar_values`) and
  means
- `rule_search`: the rule that a key means
- `rules`: reads that file; `rules_template`: how it is written first; `set_rule`: writes one rule
  into it, with `yaml_edit`
- `own_topics`: reads topics.yaml, the creator's own words for hashtags
- `edits`: reads and writes edits.yaml, the changes note by note
- `answers`: parses `--pair` and `--no-pair`; `consent`: what was agreed to, asked once
- `strict_yaml`: reads YAML and names file, line and key of every mistake; `yaml_text`: writes it
"""
