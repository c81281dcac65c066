// A question that has to be answered before something is done.
import { h } from "./dom.js";
import { t } from "./words/words.js";

/** Ask; true for yes. Escape is no. */
export function askYes(question, yes) {
  const dialog = h("dialog.confirm", { "aria-label": question },
    h("p", {}, question),
    h("div.row", {},
      h("button.small", { type: "button", autofocus: true, onclick: () => dialog.close() }, t("no")),
      h("button.main", { type: "button", onclick: () => dialog.close("yes") }, yes)));
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue === "yes");
    }, { once: true });
  });
}
