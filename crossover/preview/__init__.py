"""The plan as a page, `preview.html`.

- `page`: writes it, from `templates/preview.html`
"""
