"""The practice account's profile as a page."""
