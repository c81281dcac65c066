"""What a person does with the controls below the text: real clicks on what is seen."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Locator, Page, expect


def choose_visibility(page: Page, text: str) -> None:
    page.locator(".permission-card-wrapper .d-select-content").click()
    page.locator(".d-options-wrapper .custom-option").get_by_text(text, exact=True).click()
    expect(page.locator(".permission-card-wrapper .d-select-description")).to_have_text(text)


def claim_original(page: Page) -> None:
    card = page.locator(".custom-switch-card").filter(has_text="原创声明")
    card.locator(".d-switch").click()
    page.locator(".d-modal .footer .d-checkbox").click()
    page.get_by_role("button", name="声明原创").click()
    expect(card.locator(".d-switch-simulator")).to_contain_class("checked")


def declare(page: Page, *texts: str) -> None:
    """Take one text after the other in the list of declarations."""
    page.get_by_text("添加内容类型声明").click()
    for text in texts:
        page.locator("#publish-container .d-popover .d-option").get_by_text(text).click()


def fill_dialog(page: Page, *values: str) -> None:
    dialog = page.locator(".d-modal")
    for place, value in enumerate(values):
        dialog.locator("input").nth(place).fill(value)
    dialog.get_by_role("button", name="确认").click()


def declared(page: Page) -> Locator:
    return page.locator(".declaration-select .d-select-description")


def schedule(page: Page, time: str) -> None:
    """Turn the switch on, and type a time as `2027-01-31 18:05`."""
    page.locator(".post-time-wrapper .d-switch").click()
    field = page.locator(".post-time-wrapper .date-picker-container input")
    field.fill(time)
    field.press("Enter")


def give_cover(page: Page, path: Path, *, old: bool = False) -> None:
    entry = ".default" if old else ".upload-cover"
    page.locator(f".cover-plugin-preview {entry}").click()
    dialog = page.locator("div.d-modal.cover-modal" if old else "div.d-modal")
    dialog.get_by_text("上传封面").click()
    dialog.locator(".upload-wrapper input[type=file][accept*=image]").set_input_files(path)
    expect(dialog.locator("img")).to_be_visible()
    dialog.locator(".d-modal-footer").get_by_role("button", name="确定").click()
    expect(page.locator(".cover-plugin-preview img")).to_be_visible()
