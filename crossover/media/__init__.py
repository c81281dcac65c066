"""Videos and pictures: fetched, recognised, made fit.

- `files/`: which file is which post's, by names and doubles
- `containers/`: what a file is and says of itself, told without decoding
- `fit/`: files made fit for RedNote, each once
- `download/`: links of an export become files
- `likeness/`: whose a camera-roll file is (pure)
- `dating/`: whose it may be by when it was made (pure)
- `decoder/`: the child process, and all that only it may load
"""
