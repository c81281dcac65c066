"""Notes for the creator to post by hand: a pack is a folder for one sitting.

- `writer`: writes a pack, whole or not at all; `pack_file`: pack.json, what it holds
- `finishing`: makes it visible, also for a run that died; `withdrawal`: takes notes out again
- `names`: names of folders and files in it; `texts`: what a note reads like when it is typed
- `page/`: the page of a pack, and of each note
- `zip_file`: the same as one file
"""
