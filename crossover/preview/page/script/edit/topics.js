// The topics as chips: drag or Alt with an arrow reorders, Delete removes; suggestions with their field.
import { h } from "../dom.js";
import { t } from "../words/words.js";

const ODD = /[\s#＃[\]]/;

export function makeTopicsField({ app, number, decide, note }) {
  let dragged = null;
  let suggested = null;
  let wanted = null; // what was said last, until it is saved
  const topics = () => wanted ?? app.unsaved.find(number, "topics") ?? note().topics;
  const chips = h("ol.topic-chips", { "aria-label": t("field-topics") });
  const told = h("p.soft.hint", { role: "status" }, t("topic-hint"));
  const input = h("input", { type: "text", class: "topic-add", placeholder: t("topic-add"), "aria-label": t("topic-add"), onkeydown: (event) => {
    if (event.key === "Enter" || event.key === ",") {
      event.preventDefault();
      add(input.value);
    } else if (event.key === "Backspace" && !input.value && topics().length) set(topics().slice(0, -1));
  } });
  const suggestions = h("div.suggestions", { hidden: true });

  const set = async (names) => {
    wanted = names;
    paint();
    const isSaved = await decide(names);
    if (wanted !== names) return isSaved;
    wanted = null;
    paint();
    return isSaved;
  };
  const add = (text) => {
    const name = text.trim().replace(/^[#＃]/, "");
    if (!name) return;
    if (ODD.test(name)) {
      told.textContent = t("topic-blank");
      told.classList.add("bad");
      return;
    }
    told.textContent = t("topic-hint");
    told.classList.remove("bad");
    input.value = "";
    if (!topics().some((topic) => topic.toLowerCase() === name.toLowerCase())) set([...topics(), name]);
  };
  const move = (from, to) => {
    const names = [...topics()];
    if (to < 0 || to >= names.length || from === to) return;
    names.splice(to, 0, ...names.splice(from, 1));
    set(names);
    chips.children[to]?.querySelector("button").focus();
  };
  const makeChip = (topic, place) =>
    h("li", {
      draggable: "true",
      ondragstart: () => { dragged = place; },
      ondragover: (event) => event.preventDefault(),
      ondrop: (event) => { event.preventDefault(); if (dragged !== null) move(dragged, place); },
    },
      h("button.topic", { type: "button", title: t("topic-hint"), "aria-label": t("topic-remove", { topic: `#${topic}` }),
        onclick: () => set(topics().filter((_, at) => at !== place)),
        onkeydown: (event) => {
          const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
          if (step && event.altKey) { event.preventDefault(); move(place, place + step); }
          else if (step) chips.children[place + step]?.querySelector("button").focus();
          else if (event.key === "Delete" || event.key === "Backspace") { event.preventDefault(); set(topics().filter((_, at) => at !== place)); }
        } }, `#${topic}`, h("span", { "aria-hidden": "true" }, " ✕")));
  const paintSuggestions = () => {
    const has = new Set(topics().map((topic) => topic.toLowerCase()));
    const left = (suggested ?? []).filter(({ name }) => !has.has(name.toLowerCase()));
    suggestions.hidden = !left.length;
    suggestions.replaceChildren(h("span.soft", {}, t("topics-suggested")), ...left.map(({ name, field }) => h("button.topic.suggested", { type: "button", onclick: () => add(name) }, `#${name}`, field && h("small", {}, ` ${field}`))));
  };
  const paint = () => {
    const held = [...chips.children].findIndex((chip) => chip.contains(document.activeElement));
    chips.replaceChildren(...topics().map(makeChip));
    paintSuggestions();
    if (held >= 0) (chips.children[Math.min(held, chips.children.length - 1)]?.querySelector("button") ?? input).focus();
  };
  app.ask(`/suggestions/${number}`).then((answer) => { suggested = answer.topics; paintSuggestions(); }, () => {});
  return {
    element: h("div", {}, chips, input, suggestions, told),
    flush: () => add(input.value),
    refresh: paint,
  };
}
