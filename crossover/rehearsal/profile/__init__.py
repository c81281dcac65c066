"""The practice account's profile as a page.

- `page`: writes it, from `templates/profile.html`; `refresh`: writes it anew after a note changed
"""
