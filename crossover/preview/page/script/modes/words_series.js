// A series: posts that belong together get titles by one template.
import { formatDate } from "../dates.js";
import { h } from "../dom.js";
import { t } from "../words/words.js";

/** The title that a template gives: `{n}` counts, `{date}` and `{year}` are those of the post. */
function fillTemplate(template, place, note) {
  return template.replaceAll("{n}", String(place + 1)).replaceAll("{date}", formatDate(note.posted_at, "day")).replaceAll("{year}", note.year);
}

/** `waiting()` are the posts without words, `take(changes, label)` decides. */
export function makeSeries(app, waiting, take) {
  const chosen = new Set();
  let rows = []; // made when the tool is opened
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

  function makeRow(note) {
    const box = h("input", { type: "checkbox", checked: chosen.has(note.number), data: { number: note.number }, onchange: () => {
      if (box.checked) chosen.add(note.number);
      else chosen.delete(note.number);
      paint();
    } });
    const label = h("label", {}, box, " ", h("b", {}, note.number), " ", h("span.soft", {}, formatDate(note.posted_at, "day")));
    return { note, label, becomes: h("span.becomes", { dir: "auto" }) };
  }

  /** There may be thousands: the rows stay while the posts are the same. */
  function paintRows() {
    const now = sorted();
    if (now.length !== rows.length || now.some((note, place) => note.number !== rows[place].note.number)) {
      rows = now.map(makeRow);
      list.replaceChildren(...rows.map(({ label }) => h("li", {}, label)));
    }
    let place = 0;
    for (const { note, label, becomes } of rows) {
      const isChosen = chosen.has(note.number);
      becomes.textContent = isChosen ? fillTemplate(template.value, place, note) : "";
      if (isChosen) place += 1;
      if (becomes.textContent) label.append(becomes);
      else becomes.remove();
    }
  }

  function paint() {
    if (tool.open) paintRows();
    const number = notes().length;
    button.disabled = !number || !template.value.trim();
    button.textContent = t("series-take", { number });
  }

  const tool = h("details.panel", { ontoggle: paint }, h("summary", {}, t("series-title")), h("p.soft", {}, t("series-lede")), template, list, button);
  tool.refresh = paint;
  paint();
  return tool;
}
