"""The local server on which the page is edited: on this computer alone, for whoever has its key.

- `serving`: starts and ends it; `running`: where it is, so that a second one finds the first
- `app`: the addresses; `guard`: who may ask; `answers`: the form of answers and refusals
- `session`: one workspace while it is edited: what is saved, and what others change meanwhile
- `planned_notes`: the notes as the edits of the moment make them; `row_history`: when each changed
- `decisions`: decisions as the page has them, as edits.yaml has them; `deciding`: what they make of it
- `watched_files`: tells whether a file changed
- `shown_files`: which files the page may have
- `best_posts`: in which order posts without words are worth some
- `questions`: whose caption and whose file, asked and kept; `question_rows`: as the page has them;
  `question_pictures`: small pictures of what is asked about
- `covers`, `film_strips`: pictures given to be covers, and frames to choose from
"""
