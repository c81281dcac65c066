"""The rehearsal: a stand-in for RedNote on this computer, a program of its own.

- `__main__`: its command line; `reset`: empties the account; `visible`: what it says to a person
- `server/`: the server, its hosts, and how a call gets its answer
- `site/`: the studio's calls; `site/rules`: decides whether a note may be created
- `upload_host/`: takes files, whole or in parts
- `studio/`: the pages on which a creator publishes by hand
- `store/`: what the account holds, on disk; `profile/`: the page that shows it
- `faults/`: everything that can be made to go wrong

It imports nothing of the client, so that it cannot share a mistake with it.
"""
