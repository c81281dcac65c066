"""Strangers' pictures and videos are decoded in a child process, which may crash without harm.

- `process`: what the child is asked; `child`: started, heard and ended; `answers`: what it says, typed
- `pool`: several children at work at a time
- `jobs`: what it is asked; `worker`: the child's own loop, within `bounds`; `errors`: how a job fails
- `pictures/`, `videos/`: made fit; `sound`: what is heard
- `fingerprints`: what a file looks like; `frame_compare`, `frame_difference`: two files side by side

Only the child loads Pillow and PyAV.
"""
