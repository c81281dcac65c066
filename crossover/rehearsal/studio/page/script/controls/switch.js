// A switch as the page draws it: what is seen is a box, and the input behind it has no size.
import { h } from "../dom.js";

/** `flip()` is called by a click, and decides what becomes of it; `set(on)` moves the switch. */
export function makeSwitch(flip) {
  const input = h("input", { type: "checkbox", tabindex: "-1" });
  const simulator = h("div.d-switch-simulator.unchecked");
  const element = h("div.d-switch", { onclick: flip }, input, simulator);

  function set(on) {
    input.checked = on;
    simulator.classList.toggle("checked", on);
    simulator.classList.toggle("unchecked", !on);
  }
  input.addEventListener("click", (event) => event.preventDefault());
  return { element, set };
}
