"""Says on the page of a pack that one of its notes is not to be posted from it any more."""

from __future__ import annotations

import re
from html import escape

from crossover.destinations.kit.page.render import count_title


def without_note(html: str, number: str, left: int) -> str:
    """Put a few words in the place of the note of that number; `left` notes stay on the page. Words of
    notes cannot be taken for the page's own: there `<` is written otherwise. Repeatable."""
    said = (
        f'<article class="note withdrawn"><p class="notice" style="grid-column: 1 / -1; margin: 0"><strong>Do not post note {escape(number)}'
        " from here.</strong> You said that it goes out anew: posted from here as well, it would be"
        " there twice.</p></article>"
    )
    article = rf'<article class="note" data-number="{re.escape(number)}".*?</article>'
    html = re.sub(article, lambda _: said, html, count=1, flags=re.DOTALL)
    title = count_title(left) if left else "Nothing to post from here"
    return re.sub(r"(<title>|<h1>)[^<]*", lambda found: found[1] + title, html)
