// The page after a note went out, which leads back by itself.
import { h } from "./dom.js";
import { makeFrame } from "./frame.js";
import { goTo } from "./router.js";
import { t } from "./words/words.js";

const MILLISECONDS = 3000;

export function showSuccess(app, signal) {
  app.append(
    makeFrame(),
    h("main.success", {}, h("h1", {}, t("success.title")), h("p", {}, t("success.back"))),
  );
  const back = () => goTo("/publish/publish?source=official&published=true");
  const timer = setTimeout(back, MILLISECONDS);
  signal.addEventListener("abort", () => clearTimeout(timer));
}
