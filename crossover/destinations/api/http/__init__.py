"""Requests and answers of the studio.

- `client`: one connection per role of host; nothing meant for one goes to another
- `calls`: calls that may be repeated
- `bodies`: what came back, bounded
"""
