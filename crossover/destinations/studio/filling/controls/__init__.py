"""The controls of the form beside title, text and topics, one each: set, and read as the page shows it.

- `cover`, `visibility`, `declaration`, `original`, `schedule`: what the plan has of them
- `switches`: how a switch is turned, and whether it is on
"""
