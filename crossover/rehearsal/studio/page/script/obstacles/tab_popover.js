// A popover over the tabs. It goes by Esc, or by a click beside it.
import { h } from "../dom.js";
import { findPortal } from "../controls/popover.js";
import { t } from "../words/words.js";

export function showTabPopover() {
  const close = () => {
    popover.remove();
    document.removeEventListener("mousedown", closeBeside, true);
    document.removeEventListener("keydown", closeByKey, true);
  };
  const closeBeside = (event) => popover.contains(event.target) || close();
  const closeByKey = (event) => event.key === "Escape" && close();
  const popover = h("div.d-popover.tab-popover", {}, t("popover.tabs"));
  findPortal().append(popover);
  document.addEventListener("mousedown", closeBeside, true);
  document.addEventListener("keydown", closeByKey, true);
}
