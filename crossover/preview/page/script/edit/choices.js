// One of a few: as buttons side by side, or as a list.
import { h } from "../dom.js";
import { t } from "../words/words.js";

export function makeChoices(name, values, { asList = false } = {}) {
  return ({ decide, note, number }) => {
    if (asList) {
      const list = h("select", { "aria-label": t(`field-${name}`), onchange: () => decide(list.value) }, values.map((value) => h("option", { value }, t(`${name}-${value}`))));
      return { isChoice: true, element: list, refresh: () => { list.value = note()[name]; } };
    }
    const radios = values.map((value) => h("input", { type: "radio", name: `${name}-${number}`, value, onchange: () => decide(value) }));
    const element = h("div.segments", { role: "radiogroup", "aria-label": t(`field-${name}`) }, radios.map((radio) => h("label", {}, radio, h("span", {}, t(`${name}-${radio.value}`)))));
    return { isChoice: true, element, refresh: () => radios.forEach((radio) => { radio.checked = radio.value === note()[name]; }) };
  };
}
