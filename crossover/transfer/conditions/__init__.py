"""What must be known and agreed to before notes go out to a real account.

- `conditions`: all of it in its order, and the notes that may go now. Start here
- `questions`: what only the creator can answer, as errors that carry what is asked
- `comparison`: what stood on the account before; `first_note`: the one that is looked at first
- `approval`: what the creator agreed to send
"""
