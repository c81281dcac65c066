// The entry for collections. A practice account has none to choose.
import { h } from "../dom.js";
import { t } from "../words/words.js";
import { makePopover } from "./popover.js";

export function makeCollection() {
  const button = h("div.collection-plugin-button", {}, t("collection.choose"));
  makePopover(button, () =>
    h(
      "div.d-popover.collection-plugin-popover-content",
      {},
      h("div.collection-none", {}, t("collection.none")),
      h("div.collection-footer", {}, t("collection.new")),
    ),
  );
  return { element: h("div.collection-plugin", {}, button), apply: () => {}, save: () => null, restore: () => {} };
}
