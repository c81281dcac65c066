// The creator's own notes: asks for the list page by page as the creator scrolls.
import { call } from "../calls.js";
import { h } from "../dom.js";
import { makeFrame } from "../frame.js";
import { t } from "../words/words.js";
import { makeCard } from "./card.js";

// The site's numbers for how a note stands; of these only 1 was seen there, the other is practice's.
const TABS = [
  ["all", () => true],
  ["published", (note) => note.tab_status === 1],
  ["review", () => false],
  ["refused", (note) => note.tab_status === 3],
];

export async function showManager(app, signal) {
  const notes = [];
  let chosen = "all";
  let next = 0;
  let loading = null;
  const tabs = h("div.tab-list");
  const list = h("div.note-list");
  const end = h("div.list-end");
  app.append(makeFrame(), h("main.manager", {}, tabs, list, end));

  const draw = () => {
    tabs.replaceChildren(...TABS.map(([name, belongs]) =>
      h(`div.tab-item${name === chosen ? ".active" : ""}`, { onclick: () => choose(name) },
        `${t(`notes.${name}`)} ${notes.filter(belongs).length}`)));
    const wanted = notes.filter(TABS.find(([name]) => name === chosen)[1]);
    list.replaceChildren(...wanted.map((note) => makeCard(note, forget)));
    if (!wanted.length && next === -1) list.append(h("p.no-notes", {}, t("notes.none")));
  };
  const choose = (name) => {
    chosen = name;
    draw();
  };
  const forget = (note) => {
    notes.splice(notes.indexOf(note), 1);
    draw();
  };
  const more = () => {
    if (next === -1 || signal.aborted) return undefined;
    loading ??= load().finally(() => { loading = null; });
    return loading;
  };
  const load = async () => {
    const page = await call("GET", `/api/galaxy/v2/creator/note/user/posted?tab=0&page=${next}`);
    notes.push(...page.notes);
    next = page.page;
    draw();
  };

  await more();
  const watcher = new IntersectionObserver((seen) => seen.some((one) => one.isIntersecting) && more());
  watcher.observe(end);
  signal.addEventListener("abort", () => watcher.disconnect());
}
