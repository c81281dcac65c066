"""Looks whether everything is sound, before day one and whenever something is odd. Changes nothing.

- `examination`: all checks, in order. Start here
- `findings`: what a check found
- `computer`: Python, what is installed, the clock, the disk; `synced_folders`: folders of clouds
- `workspace_checks`: the files of a workspace; `account_checks`: the accounts
- `studio_checks`: the creator's browser; `studio_look`: the studio itself, for which a window opens
- `bundle`: a file for a bug report, without content, names or paths
"""
