"""RedNote's limits, as dated data per site.

- `rednote.yaml`: the numbers, each with how sure it is
- `limits`: loads them as values
"""
