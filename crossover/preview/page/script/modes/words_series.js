// A series: posts that belong together get titles by one template.
import { formatDate } from "../dates.js";
import { h } from "../dom.js";
import { t } from "../words/words.js";

/** The title that a template gives: `{n}` counts, `{date}` and `{year}` are those of the post. */
export function fillTemplate(template, place, note) {
  return template.replaceAll("{n}", String(place + 1)).replaceAll("{date}", formatDate(note.posted_at, "day")).replaceAll("{year}", note.year);
}

/** `waiting()` are the posts without words, `take(changes, label)` decides. */
export function makeSeries(app, waiting, take) {
  const chosen = new Set();
  const template = h("input", { type: "text", "aria-label": t("series-template"), placeholder: t("series-example"), oninput: () => paint() });
  const list = h("ol.deal");
  const button = h("button.main", { type: "button", onclick: async () => {
    const some = notes();
    const changes = some.map((note, place) => ({ number: note.number, field: "title", value: fillTemplate(template.value, place, note) }));
    if (await take(changes, t("series-title"))) chosen.clear();
    paint();
  } });
  const notes = () => sorted().filter((note) => chosen.has(note.number));
  const sorted = () => waiting().sort((one, other) => (one.posted_at < other.posted_at ? -1 : 1));

  function paint() {
    const some = notes();
    list.replaceChildren(...sorted().map((note) => {
      const place = some.indexOf(note);
      return h("li", {}, h("label", {},
        h("input", { type: "checkbox", checked: chosen.has(note.number), data: { number: note.number }, onchange: (event) => {
          if (event.target.checked) chosen.add(note.number);
          else chosen.delete(note.number);
          paint();
          list.querySelector(`[data-number="${CSS.escape(note.number)}"]`)?.focus();
        } }),
        " ", h("b", {}, note.number), " ", h("span.soft", {}, formatDate(note.posted_at, "day")), place >= 0 && template.value ? h("span.becomes", { dir: "auto" }, fillTemplate(template.value, place, note)) : null));
    }));
    button.disabled = !some.length || !template.value.trim();
    button.textContent = t("series-take", { number: some.length });
  }

  const tool = h("details.panel", {}, h("summary", {}, t("series-title")), h("p.soft", {}, t("series-lede")), template, list, button);
  tool.refresh = paint;
  paint();
  return tool;
}
