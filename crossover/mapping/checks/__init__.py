"""What speaks against a note, or is to be known of it: each problem with its level and what to do.

`missing`        words, files or a decision that a note lacks before it can go out
`words`          RedNote's limits and rules for words; only firm limits hold a note
`files`          those for files: `pictures`, `videos`, `limit_level`
`guidelines`     areas of RedNote's guidelines that words touch (`guidelines.yaml`, dated)
`whole_words`    words that the creator watches for
`not_carried`    what of a post its note does not take along
`levels`         how much a problem matters, in words; `advice`: the command that helps
"""
