"""The creator's own browser: found, started as a program, found again, closed.

- `window`: a window that outlives crossover, and what is done in it. Start here
- `finding`: which browser is installed, and what may keep crossover out of it
- `families`: the browsers that are known, and where each lies
- `starting`: starts the program and waits for its debugging port
- `debugging_port`: the port of an open window, by the file that the browser writes
- `playwright_errors`: what drives the browser, and its errors in the creator's words
"""
