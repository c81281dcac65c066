"""The creator's own browser on RedNote's studio page: crossover fills in, the creator presses publish.

- `open`: the studio for one run; `destination`: its road, note by note. Start here
- `browser/`: finds the creator's browser, and its window on a profile of the account's own
- `account/`: whose session it is, and what stands on the account, as the site's pages tell
- `contract/`: where the parts of the page are, as dated data
- `page_filler`, `filling/`: a note is filled in
- `read_back`: reads the whole form once; `form`: what it holds,
  `field_words`: what a creator reads of that
- `handing_over`, `pressing`: the creator presses, and the page is listened to
- `early_press`: or they pressed before that; `save_button`, `saving_draft`: or the note stays a draft
- `taken_options`: what RedNote dropped of a note that is there
- `tabs`: the window's tabs; `filled_pages`, `still_filled`: one that an earlier run left filled in
- `inspection`: looks at the studio as it is, for the doctor
- `page_calls`: what the page asks RedNote itself; `unchanged_files`: files as they were planned
- `dialogue`: what passes between the studio and the creator at the terminal
"""
