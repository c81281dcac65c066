"""Finds the title of a note in the words of a caption.

- `title`: makes the title. Start here
- `clauses`: where a reader pauses; `caption_clauses`: what the clauses of one caption are to each
  other
- `candidates`: what could be the title; `whole_clauses`, `fragments` and `cuts` find it, `ways` says
  how well each would do
- `leads`: what is never a title: orders, greetings, frames of memes; `hidden`: credits, accounts,
  addresses
- `wording`: the last touch: no @, nothing open or loose at the ends
- `in_body`: takes the title off the beginning of the text
- `languages`, `words/`: the word lists, by language
"""
