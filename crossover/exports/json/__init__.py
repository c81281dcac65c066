"""The JSON family of exports.

- `reader`: a file becomes an `Export`. Start here
- `sections`, `post_list`: where the posts stand, and the list of them
- `stream`, `skip`, `value`: reads a document piece by piece, with bounded memory
- `salvage`: finds the posts in a damaged or cut document
"""
