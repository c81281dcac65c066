// Who may see the note: five choices, of which two ask for people.
import { h } from "../dom.js";
import { t } from "../words/words.js";
import { makeButton, openDialog } from "./dialog.js";
import { makePopover } from "./popover.js";

// RedNote's numbers. Those for chosen people are missing: a practice account knows nobody.
const CHOICES = [
  ["visibility.public", 0],
  ["visibility.only-me", 1],
  ["visibility.friends", 4],
  ["visibility.some", null],
  ["visibility.not-some", null],
];

export function makeVisibility(form) {
  let type = 0;
  const shown = h("div.d-select-description", {}, t("visibility.public"));
  const content = h("div.d-select-content", {}, shown);
  const element = h(
    "div.permission-card-wrapper",
    {},
    h("div.setting-label", {}, t("visibility.title")),
    h("div.permission-card-select.d-select-wrapper", {}, h("div.d-select", {}, content)),
  );

  function set(wanted) {
    type = wanted;
    shown.textContent = t(CHOICES.find(([, number]) => number === wanted)[0]);
    form.changed();
  }
  function choose(number, close) {
    close();
    if (number === null) showNobody();
    else set(number);
  }
  makePopover(content, (close) =>
    h(
      "div.d-popover.d-dropdown",
      {},
      h(
        "div.d-options-wrapper",
        {},
        h(
          "div.d-options",
          {},
          CHOICES.map(([key, number]) =>
            h(
              "div.d-grid-item",
              {},
              h("div.custom-option.d-option", { onclick: () => choose(number, close) }, h("span.d-option-name.name", {}, t(key))),
            ),
          ),
        ),
      ),
    ),
  );
  return {
    element,
    apply: (payload) => {
      payload.common.privacy_info = { op_type: 1, type, user_ids: [] };
    },
    save: () => type,
    restore: set,
  };
}

function showNobody() {
  const dialog = openDialog({
    title: t("visibility.some"),
    body: t("visibility.nobody"),
    footer: h("div.d-modal-footer", {}, makeButton(t("dialog.cancel"), () => dialog.close())),
  });
}
