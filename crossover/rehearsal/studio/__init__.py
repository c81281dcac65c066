"""The studio's pages: what a creator's browser sees of RedNote, on the stand-in.

The pages call the same addresses as any client of the stand-in, and keep nothing to themselves.

- `routes.py`: the addresses of the pages, and who may see them; start here
- `page_files.py`: the files of the pages, as they are sent to a browser
- `sessions.py`: the cookies of a session, and how it is begun
- `browser_cookies.py`: what the cookies of a browser are worth
- `log.py`: what a browser asked for and did, for tests
- `switches.py`: how the pages behave; `switches_calls.py` tells and changes it while the server runs
- `renaming.py`: gives names on the page others

`page/` is what runs in the browser: `page.html`, `styles/`, and `script/`, which starts at `main.js`.
"""
