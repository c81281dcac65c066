// The switch that claims a note as original work. Turning it on asks to agree first.
import { h } from "../dom.js";
import { t } from "../words/words.js";
import { makeButton, openDialog } from "./dialog.js";
import { makeSwitch } from "./switch.js";

export function makeOriginal(form) {
  let claimed = false;

  function set(on) {
    claimed = on;
    control.set(on);
    form.changed();
  }
  const control = makeSwitch(() => (claimed ? set(false) : askToAgree(() => set(true))));
  return {
    element: h("div.custom-switch-card", {}, h("span.custom-switch-title", {}, t("original.title")), control.element),
    apply: (payload) => {
      // The page's own key is not known; this one is the stand-in's choice.
      if (claimed) payload.common.business_binds.originalBind = { original: true };
    },
    save: () => claimed,
    restore: set,
  };
}

function askToAgree(claim) {
  const button = makeButton(t("original.claim"), finish, { strong: true, classes: "custom-button" });
  button.disabled = true;
  const input = h("input", { type: "checkbox", tabindex: "-1" });
  const simulator = h("span.d-checkbox-simulator.unchecked");
  const box = h("div.d-checkbox", {}, h("label.d-checkbox-main", {}, input, simulator, h("span.d-checkbox-label", {}, t("original.agree"))));
  input.addEventListener("change", () => {
    simulator.classList.toggle("checked", input.checked);
    simulator.classList.toggle("unchecked", !input.checked);
    button.disabled = !input.checked;
  });
  const dialog = openDialog({
    title: t("original.title"),
    classes: "original-dialog",
    body: h("p", {}, t("original.text")),
    footer: h("div.footer", {}, box, button),
  });

  function finish() {
    dialog.close();
    claim();
  }
}
