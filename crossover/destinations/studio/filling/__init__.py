"""Fills a note into the studio page, as a person would; nothing in here publishes.

- `fill`: start here: a whole note, in the order of the form
- `form_page`: the page with its contract, and waits that end; `input`: clicks and typing
- `obstacles`: what gets in the way
- `media`: the tab, the files, and waiting until RedNote has taken them; `photos`; `upload_messages`
- `words`, `topics`: title, body and topics; `editor_text` reads the editor
- `controls/`: cover, who may see it, declaration, original work, time
"""
