// The tour of a new feature. It covers the title, and goes by its button or its cross.
import { h } from "../dom.js";
import { t } from "../words/words.js";

export function showFeatureGuide(form) {
  const close = () => guide.remove();
  const guide = h(
    "div.feature-guide",
    { role: "dialog" },
    h("div.feature-guide__title", {}, t("guide.title")),
    h("button.feature-guide__close", { type: "button", "aria-label": t("dialog.close"), onclick: close }, "×"),
    h("button.feature-guide__btn", { type: "button", onclick: close }, t("guide.done")),
  );
  form.container.append(guide);
  const title = form.container.querySelector(".title-container");
  if (!title) return;
  const [box, from] = [title.getBoundingClientRect(), form.container.getBoundingClientRect()];
  guide.style.top = `${box.top - from.top - 16}px`;
}
