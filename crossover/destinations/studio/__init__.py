"""The creator's own browser on RedNote's studio page: crossover fills in, the creator presses publish.

- `dialogue`: what passes between the studio and the creator at the terminal
- `form`: what the page holds, beside what was planned
- `contract/`: what is known of the page, as dated data, and what of it is missing
"""
