// Lists that open below a field, and close by Esc or by a click beside them.
import { h } from "../dom.js";

/** The place in the body where lists are kept that must lie over everything. */
export function findPortal() {
  const found = document.getElementById("d-portal");
  if (found) return found;
  const portal = h("div", { id: "d-portal" });
  document.body.append(portal);
  return portal;
}

/** Let `trigger` open the popover that `make(close)` draws, in `owner` or over everything. */
export function makePopover(trigger, make, { owner = null } = {}) {
  let shown = null;

  function close() {
    if (!shown) return;
    shown.remove();
    shown = null;
    document.removeEventListener("mousedown", closeBeside, true);
    document.removeEventListener("keydown", closeByKey, true);
  }
  function closeBeside(event) {
    if (!shown.contains(event.target) && !trigger.contains(event.target)) close();
  }
  function closeByKey(event) {
    if (event.key === "Escape") close();
  }
  function open() {
    shown = make(close);
    (owner ?? findPortal()).append(shown);
    if (!owner) putBelow(shown, trigger);
    document.addEventListener("mousedown", closeBeside, true);
    document.addEventListener("keydown", closeByKey, true);
  }
  trigger.addEventListener("click", () => (shown ? close() : open()));
}

function putBelow(popover, trigger) {
  const box = trigger.getBoundingClientRect();
  const fits = box.bottom + popover.offsetHeight < innerHeight;
  popover.style.left = `${box.left + scrollX}px`;
  popover.style.top = `${(fits ? box.bottom + 4 : box.top - popover.offsetHeight - 4) + scrollY}px`;
}
