"""Files that survive a crash. Every document that crossover keeps is written through this package.

- `atomic`: writes all of a file or nothing, and keeps it over a power cut
- `documents`: versioned JSON documents, read strictly; JSON text and digests
- `cache`: documents that are made anew where they cannot be read
- `lock`: one run at a time per folder, freed when its process dies
- `checksums`: sha256 of files, remembered in sums.json
- `os_errors`: explains an operating system error to the creator
"""
