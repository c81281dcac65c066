"""A plan as a page, `preview.html`, and what became of it, `report.html`.

- `page`: writes the one, from `templates/preview.html`
- `report_page`: writes the other, from `templates/report.html`
- `rendering`: what both have in common
"""
