"""The nouns: frozen values, no input or output.

- `posts`: what an export says, with the words and files found for it
- `choices`: what the creator decided, as rules and note by note
- `notes`: what a plan says of each note
- `summaries`: what is said of several notes that have the same problem
- `carried`: what a note carried when it was sent
- `cut`: how a post is cut into parts once some of it was sent
- `account`: whose account it is, and what stands on it
- `results`: what a destination answers
- `uploads`: files on their way to a site
- `pace`: how fast notes go out, and the creator's pause
- `packs`: notes that the creator posts by hand
- `next_step`: a command that may be typed next, and sentences that name such commands
- `tiktok`: ids and addresses of posts on TikTok

Times are aware and in UTC, sizes are bytes, lengths of clips are seconds. `None` means
"not known", never "failed".
"""
