// The title, with its count: a Chinese character is one unit, two Latin letters are one.
import { h } from "../dom.js";
import { t } from "../words/words.js";

const MOST = 20;

/** How many units a title has; halves are rounded up. */
function countUnits(text) {
  let halves = 0;
  for (let place = 0; place < text.length; place++) halves += text.charCodeAt(place) < 128 ? 1 : 2;
  return Math.floor((halves + 1) / 2);
}

export function makeTitle(form) {
  const input = h("input.d-text", { type: "text", placeholder: t("title.placeholder") });
  const count = h("span.title-count");
  const element = h("div.title-container", {}, h("div.d-input", {}, input), count);
  const show = () => {
    const units = countUnits(input.value);
    const over = units > MOST;
    count.className = over ? "" : "title-count";
    count.replaceChildren(over ? h("div.max_suffix", {}, `${units}/${MOST}`) : `${units}/${MOST}`);
    element.classList.toggle("is-over", over);
  };
  input.addEventListener("input", () => {
    show();
    form.changed();
  });
  input.value = form.start?.title ?? "";
  show();
  return { element, text: () => input.value, setEnabled: (enabled) => { input.disabled = !enabled; } };
}
