// How long a text is, as RedNote counts it.
import { h } from "../dom.js";
import { countLetters, descriptionLength, titleHalves } from "../letters.js";
import { t } from "../words/words.js";

/** "47 of 40 letters", or for letters that count twice "17 letters, which count as 34 of 40". */
export function titleLength(title, units) {
  const [letters, counted] = [countLetters(title), titleHalves(title)];
  const values = { letters, counted, most: 2 * units };
  return { text: t(letters === counted ? "letters-of" : "letters-counted", values), over: counted > 2 * units };
}

export function bodyLength(body, topics, most) {
  const letters = descriptionLength(body, topics);
  return { text: t("letters-of", { letters, most }), over: letters > most };
}

export function makeCounter() {
  const element = h("span.counter", {});
  return {
    element,
    update({ text, over }) {
      element.textContent = text;
      element.classList.toggle("over", over);
    },
  };
}
