"""Ways to bring notes to a site. The seam is `base.py`; one module or package each."""
