"""Steps that several commands share: each runs a use case and shows how far it is and what came of
it. `add`, `captions`, `sheet`, `plan` and `send` are one each; `missing_plan` says what comes before a plan,
`account` which real account a command is about; `refresh` reads the account's own list.
"""
