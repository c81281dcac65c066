"""RedNote's limits, as dated data per site.

- `rednote.yaml`: the numbers, each with its source's certainty
- `limits`: loads them as values
"""
