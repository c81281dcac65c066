"""What crossover knows of the studio page, as dated data, and whether the page still is so.

- `selectors.yaml`: where each part of the page is found, in several ways, and how long it may take
- `contract`: reads that file
- `page_contract`: finds the parts on a page, and tells which are missing
- `addresses`: what a page is by its address
"""
