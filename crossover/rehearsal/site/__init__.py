"""RedNote's studio: its calls and its rules.

- `calls`: the calls of the studio; `own_notes`: notes created and listed
- `rules`, `fields`: what a note may be; `topics`, `videos`, `editing`, `reviews`: the rest of it
"""
