"""Files that survive a crash. What lies on a creator's disk goes through here.

- `atomic`: write all of a file or nothing, and keep it over a power cut
- `documents`: versioned JSON documents, read strictly; JSON text and digests
- `cache`: documents that are made anew where they cannot be read
- `lock`: one run at a time per folder, freed when its process dies
- `checksums`: sha256 of files, remembered in sums.json
- `os_errors`: an operating system error as the sentence that helps
"""
