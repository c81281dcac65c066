"""What gets in the way of the form: tours, tips, notices, lists left open. What is known is closed
as a person would close it; what is not is left alone, and ends the filling."""

from __future__ import annotations

from contextlib import suppress

from crossover.destinations.studio.account.signed_in import signed_out
from crossover.destinations.studio.contract.contract import Bound
from crossover.destinations.studio.filling.form_page import SITE, FormPage
from crossover.errors import LoginNeeded
from crossover.text import one_line

_BANNERS = ("phone-not-bound", "login-box")
CLOSED_BY_BUTTON = {
    "feature-guide": "feature-guide-close",
    "draft-notice": "dialog-close",
    "activity-dialog": "dialog-close",
    "short-note-tip": "dialog-close",
}
"""What may lie over the form, and what closes it."""

_EMPTY_SPACE = """() => {
  const acts = 'a, button, input, textarea, select, label, [contenteditable], [role], [tabindex],'
    + ' [class*="popover"], [class*="modal"], [class*="select"], [class*="tab"], xhs-publish-btn, img, svg, video';
  for (let y = innerHeight - 3; y > 0; y -= 24) {
    for (const x of [3, innerWidth - 20, innerWidth / 2]) {
      const found = document.elementFromPoint(x, y);
      if (found && !found.closest(acts) && getComputedStyle(found).cursor !== 'pointer') return [x, y];
    }
  }
  return null;
}"""


def clear_obstacles(form: FormPage) -> None:
    """Close what is known to lie over the form. Raises `PageChanged` for a dialog that nobody knows
    and for what does not go, `LoginNeeded` where RedNote wants a phone number or a sign-in first."""
    form.check_address()
    if not form.present(*_BANNERS, *CLOSED_BY_BUTTON, "popover", "dialog"):
        return
    check_banners(form)
    for name, closer in CLOSED_BY_BUTTON.items():
        _close(form, name, closer)
    close_lists(form)
    if form.find("dialog"):
        raise form.changed("dialog")


def check_banners(form: FormPage) -> None:
    """Look whether RedNote takes notes of this account at all: a page that wants something first
    has a button that does nothing. Raises `LoginNeeded`, `AccountAtRisk`."""
    form.check_address()
    if banner := form.find("phone-not-bound"):
        said = one_line(banner.first.inner_text())
        raise LoginNeeded(
            f"RedNote takes no note before the account has a phone number; it says “{said}”.",
            next="Bind your phone in the RedNote app, then run the same command.",
        )
    if form.find("login-box"):
        raise signed_out(SITE)


def close_lists(form: FormPage) -> None:
    """Close lists and tips that hang over the form: by Esc, then by a click on empty space."""
    if not form.find("popover"):
        return
    form.page.keyboard.press("Escape")
    if form.wait(lambda: not form.find("popover"), Bound.TAKE):
        return
    if place := form.page.evaluate(_EMPTY_SPACE):
        form.page.mouse.click(*place)
    if not form.wait(lambda: not form.find("popover"), Bound.OBSTACLE):
        raise form.changed("popover")


def _close(form: FormPage, name: str, closer: str) -> None:
    from playwright.sync_api import TimeoutError as NotReached

    found = form.find(name)
    if not found:
        return
    form.bring_to_front()
    button = form.find(closer, within=found.first)
    if button:
        with suppress(NotReached):
            button.first.click(timeout=form.contract.seconds[Bound.OBSTACLE] * 1000)
    else:
        form.page.keyboard.press("Escape")
    if not form.wait(lambda: not form.find(name), Bound.OBSTACLE):
        raise form.changed(name)
