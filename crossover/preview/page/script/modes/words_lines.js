// A block of lines, written somewhere else: pasted, and dealt out one a post.
import { formatDate } from "../dates.js";
import { h } from "../dom.js";
import { t } from "../words/words.js";

export function makeLines(app, waiting, take) {
  const area = h("textarea", { rows: "6", dir: "auto", "aria-label": t("lines-label"), placeholder: t("lines-example"), oninput: () => paint() });
  const told = h("p.soft", { role: "status" });
  const list = h("ol.deal");
  const button = h("button.main", { type: "button", onclick: async () => {
    const changes = deal().map(([note, value]) => ({ number: note.number, field: "title", value }));
    if (await take(changes, t("lines-title"))) area.value = "";
    paint();
  } });
  const lines = () => area.value.split("\n").map((line) => line.trim()).filter(Boolean);
  const deal = () => {
    const some = waiting().sort((one, other) => (one.posted_at < other.posted_at ? -1 : 1));
    return lines().slice(0, some.length).map((line, place) => [some[place], line]);
  };

  function paint() {
    const [number, posts] = [lines().length, waiting().length];
    told.textContent = number > posts ? t("lines-too-many", { number, posts }) : number ? t("lines-dealt", { number, posts }) : "";
    list.replaceChildren(...deal().map(([note, line]) => h("li", {}, h("b", {}, note.number), " ", h("span.soft", {}, formatDate(note.posted_at, "day")), h("span.becomes", { dir: "auto" }, line))));
    button.disabled = !number || number > posts;
    button.textContent = t("lines-take", { number: Math.min(number, posts) });
  }

  const tool = h("details.panel", {}, h("summary", {}, t("lines-title")), h("p.soft", {}, t("lines-lede")), area, told, list, button);
  tool.refresh = paint;
  paint();
  return tool;
}
