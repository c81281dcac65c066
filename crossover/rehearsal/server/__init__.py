"""The stand-in as a server on loopback.

- `server`: started, named in server.json, ended with its parent
- `app`, `dispatch`, `hosts`: which call of which host is answered by what
- `connection`, `answers`, `inspection`: connections that break, answers, what can be looked at
"""
