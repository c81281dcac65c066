"""The rehearsal: a stand-in for RedNote on this computer, a program of its own.

- `__main__`: its command line; `reset`: an account emptied
- `server/`: the server, its hosts and how a call reaches its answer
- `site/`: the studio's calls and RedNote's rules; `upload_host/`: files that are uploaded
- `store/`: what the account holds, on disk; `profile/`: the page that shows it
- `faults/`: everything that can be made to go wrong

It imports nothing of the client, so that it cannot share a mistake with it.
"""
