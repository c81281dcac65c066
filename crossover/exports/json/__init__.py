"""The JSON family of exports.

- `layout`: the reader
- `sections`, `post_list`: where the posts stand, and the list of them
- `stream`, `skip`, `value`: a document walked through without being held whole
- `salvage`: what is whole of a damaged document
"""
