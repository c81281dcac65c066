"""The creator's own browser on RedNote's studio page: crossover fills in, the creator presses publish.

- `dialogue`: what passes between the studio and the creator at the terminal
- `form`: what the page holds, beside what was planned
- `filling/`: puts a note into the page; `read_back`: reads the whole form once; `same_page`: whether
  an open page is still filled with a note
- `contract/`: what is known of the page, as dated data, and what of it is missing
"""
