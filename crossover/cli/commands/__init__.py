"""One file per command: arguments become values, one call does the work, a view shows it, an exit
code ends it.
"""
