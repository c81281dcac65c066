// The title: written, or one of those found in the words of the note.
import { h } from "../dom.js";
import { t } from "../words/words.js";
import { makeCounter, titleLength } from "./counter.js";
import { watchTyping } from "./saving.js";

export function makeTitleField({ app, number }) {
  const counter = makeCounter();
  const input = h("input", { type: "text", dir: "auto", "aria-label": t("field-title"), oninput: () => count() });
  const count = () => counter.update(titleLength(input.value, app.data.limits.title_units));
  const typing = watchTyping(input, { app, number, name: "title", decide: (text, how) => chooseTitle(app, number, text, how) });
  input.addEventListener("keydown", (event) => event.key === "Enter" && typing.flush());
  const list = h("div.candidates", { role: "group", "aria-label": t("titles-label") });
  return {
    element: h("div", {}, input, list),
    counter: counter.element,
    flush: typing.flush,
    refresh(shown) {
      typing.refresh();
      count();
      const choices = shown.candidates.length > 1 || shown.decided.title !== undefined ? shown.candidates : [];
      list.replaceChildren(...choices.map((title, place) =>
        h("button.candidate", { type: "button", dir: "auto", "aria-pressed": String(title === shown.title && shown.decided.title === undefined), onclick: () => chooseCandidate(app, number, place + 1) }, title)));
    },
  };
}

/** Take a title of the creator's own. */
export function chooseTitle(app, number, text, how) {
  return app.decide([{ number, field: "title", value: text }, { number, field: "title_candidate", value: null }], t("field-title"), how);
}

/** Take one of those found in the words, by its place. */
export function chooseCandidate(app, number, place) {
  return app.decide([{ number, field: "title", value: null }, { number, field: "title_candidate", value: place }], t("field-title"));
}
