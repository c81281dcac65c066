// The buttons of the old layout: plain ones, which every selector reaches.
import { tellLog } from "../calls.js";
import { h } from "../dom.js";
import { t } from "../words/words.js";

/** As `makeButton`, for the old layout. */
export function makeOldButton(form, { press, save }) {
  let loading = false;
  const submit = h("button.custom-button.bg-red", { type: "button", onclick: take }, h("span", {}, t("submit")));
  const cancel = h("button.custom-button.cancelBtn", { type: "button", onclick: save }, t("save-draft"));
  function take(event) {
    tellLog("publish-pressed", event.isTrusted);
    if (!loading) press();
  }
  return {
    element: h("div.publish-page-publish-btn", {}, form.note ? null : cancel, submit),
    setText: (text) => (submit.firstChild.textContent = text),
    setEnabled: (enabled) => {
      submit.disabled = !enabled;
      submit.classList.toggle("disabled", !enabled);
    },
    setLoading: (now) => {
      loading = now;
      submit.classList.toggle("loading", now);
    },
  };
}
