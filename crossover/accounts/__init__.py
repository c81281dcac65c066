"""One folder per account and site, shared by every workspace and destination.

- `registry`: the real accounts, by site and name
- `folder`: the names of its files, and its lock
- `ledger/`: what was started, posted, refused
- `warnings`: what holds the account, and notes that ended badly in a row
- `pace`: its pause, and the newest clock that a sitting saw
- `data_folder`: the user's, for what belongs to no workspace
- `upload_memory`: which files and parts the upload host already has
"""
