// The tip that a text is short. It comes with the first words, and lies over the place for topics.
import { h } from "../dom.js";
import { t } from "../words/words.js";

export function showShortNoteTip(form) {
  const show = () => {
    const close = () => tip.remove();
    const tip = h(
      "div.short-note-tooltip",
      { role: "tooltip" },
      h("span", {}, t("tip.short")),
      // The spelling of the class is the one that was seen.
      h("button.short-note-rooltip-button", { type: "button", onclick: close }, t("guide.done")),
    );
    form.container.querySelector(".edit-container")?.append(tip);
  };
  form.container.addEventListener("beforeinput", function first(event) {
    if (!event.target.closest("[contenteditable]")) return;
    form.container.removeEventListener("beforeinput", first);
    show();
  });
}
