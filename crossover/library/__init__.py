"""posts.json: the posts of one account with their words and files.

- `posts_file`: what posts.json holds; `posts_version_1`: read as it was written before
- `gathering`: what lies at the paths a creator names; `unopened_files`: archives and unfinished
  downloads among it, and the way out
- `update`: exports merged, words joined, files matched; `merging`: an export into the posts there are;
  `same_post`: which of them each of its posts is
- `keep`: what was added, into the workspace and posts.json
- `settling`: the creator's answers about pairs in question; `check_answers` before they count
- `add`: the use case: what a creator has, into the workspace it belongs to
- `page_captions`: the use case: captions of the public page, and why posts lack them
- `caption_answers`: the use case: answers of whose captions are whose
- `taking_back`: the posts and the files that wait, as they were before an answer
- `downloads`: the use case: files behind links; which posts can still be given files
- `importing`: files into the workspace; `unused`: what was given and not used, and why;
  `file_counts`: how many files are of use; `unsettled_files`: which files of one TikTok id fit a post
- `link_survey`: what the links of the posts lead to, and what became of them; `saved_files`: whether
  the posts have all their files
- `originals/`: camera-roll files and the posts they belong to
"""
