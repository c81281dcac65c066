"""A plan as a page, `preview.html`, and what became of it, `report.html`.

- `page`: writes `preview.html`, or gives the same page to the local server
- `page_data`: the plan as the data that the page's script works with; `page_form`: its form
- `contents`: reads from a workspace what the page shows beside the plan
- `bundle`: puts the files of `page/`, styles and modules, together into one
- `page/`: what runs in the browser; `script/main.js` starts it
- `server/`: serves the page for editing
- `report_page`: writes `report.html`, from `templates/report.html`
- `rendering`: how that is made of its template
"""
