// The line at the foot that says what became of an edit, and offers what can be done about it.
import { h } from "./dom.js";
import { t } from "./words/words.js";

const STAYS = 6000;

export function makeStatusLine(app) {
  const element = h("div.status", { role: "status", "aria-live": "polite" });
  let timer = null;
  // What lies behind an open dialog cannot be reached, so the line goes into it.
  app.placeStatus = () => (document.querySelector("dialog.note[open]") ?? document.body).append(element);
  app.tell = (text, { bad = false, undo = false, choices = [] } = {}) => {
    clearTimeout(timer);
    app.placeStatus();
    element.classList.toggle("bad", bad);
    element.classList.toggle("shown", Boolean(text));
    const all = undo ? [...choices, [t("undo"), () => app.undo()]] : choices;
    element.replaceChildren(h("span", {}, text), ...all.map(([label, act]) => h("button.small", { type: "button", onclick: act }, label)));
    if (text && !bad) timer = setTimeout(() => app.tell(""), STAYS);
  };
  return element;
}
