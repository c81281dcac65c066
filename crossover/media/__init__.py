"""The files of posts: fetched, matched, looked into, and made fit."""
