// Where the real site asks for a check of the person.
import { h } from "./dom.js";
import { practiceLines } from "./words/practice.js";
import { t } from "./words/words.js";

export function showWarning(app) {
  app.append(h("main.warning", {}, h("h1", {}, t("warning.title")), practiceLines("warning")));
}
