"""What RedNote takes, as dated data per site.

- `rednote.yaml`: the numbers, each with how sure it is
- `limits`: the numbers as values
"""
