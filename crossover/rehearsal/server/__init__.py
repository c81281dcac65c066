"""The stand-in as a server on loopback.

- `server`: starts and ends it
- `folder_lock`: one for each folder; `listener`: its port, in server.json
- `app`: the routes; `hosts`: finds the host a request is meant for
- `dispatch`: handles one call: counts it, applies faults, answers
- `connection`: breaks a connection; `answers`: the form of bodies, answers and refusals
- `inspection`: pages and counters for people and tests
"""
