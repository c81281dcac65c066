"""The plan as a page."""
