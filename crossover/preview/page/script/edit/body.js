// The text of the note, with RedNote's count of it and its topics.
import { h } from "../dom.js";
import { t } from "../words/words.js";
import { bodyLength, makeCounter } from "./counter.js";
import { watchTyping } from "./saving.js";

export function makeBodyField({ app, number, decide, note }) {
  const counter = makeCounter();
  const area = h("textarea", { rows: "5", dir: "auto", "aria-label": t("field-body"), oninput: () => count() });
  const count = () => counter.update(bodyLength(area.value, note().topics, app.data.limits.description_chars));
  const typing = watchTyping(area, { app, number, name: "body", decide });
  return {
    element: area,
    counter: counter.element,
    flush: typing.flush,
    refresh() {
      typing.refresh();
      count();
    },
  };
}
