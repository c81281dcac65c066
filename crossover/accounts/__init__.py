"""One folder per account and site: what is known of it, shared by every workspace and destination.

- `folder`: what lies where in it, and its lock
- `ledger`: what was started, posted, refused
- `upload_memory`: what already stands on the upload host
"""
