"""Links of an export become files, soonest deadline first.

- `queue`: several files at a time; `download`: one file, over as many tries as it takes
- `answers`: what an answer says of the file
- `http`, `connections`, `addresses`: requests, over vetted addresses, to TikTok's media hosts alone
- `partial_file`, `leftovers`: files that are half here, and what earlier runs left
- `outcomes`, `outcomes_file`: how each link ended, and that remembered
- `sizes`, `disk_space`: how much is to come, and whether it has room
"""
