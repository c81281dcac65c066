"""How pages look: the styles that the preview, the report and the practice account's profile share.

- `base.css`: colours, light and dark, type, buttons and fields
- `sums.css`: totals that add up, as a line of terms
"""
