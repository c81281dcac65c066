"""What RedNote answers, and what that means, however it was asked.

- `call`, `answer`: a request and what came back; `outcomes`: what it means
- `site_clock`: the site's time
"""
