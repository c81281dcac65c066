// Dialogs over the page. They are closed by what is in them, or by the cross.
import { h } from "../dom.js";
import { t } from "../words/words.js";

/** Open a dialog, of a further class where one is named; `close` takes it away. `dismiss` is called by the cross. */
export function openDialog({ title, classes = "", body, footer = null, dismiss = () => {} }) {
  const close = () => mask.remove();
  const cross = h("button.d-modal-close", { type: "button", "aria-label": t("dialog.close") }, "×");
  cross.addEventListener("click", () => {
    close();
    dismiss();
  });
  const dialog = h(
    "div.d-modal",
    { role: "dialog", "aria-label": title },
    h("div.d-modal-header", {}, h("div.d-modal-title", {}, title), cross),
    h("div.d-modal-content", {}, body),
    footer,
  );
  if (classes) dialog.classList.add(classes);
  const mask = h("div.d-modal-mask", {}, dialog);
  document.body.append(mask);
  return { element: dialog, close };
}

/** A button of a dialog: the strong one is what the dialog is for. */
export function makeButton(text, act, { strong = false, classes = "" } = {}) {
  const button = h("button.d-button", { type: "button", onclick: act }, text);
  button.classList.add(strong ? "bg-red" : "bg-plain");
  if (classes) button.classList.add(classes);
  return button;
}
