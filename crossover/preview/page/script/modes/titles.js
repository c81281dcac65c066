// Titles that were cut: accept, choose another one found in the words, or write, one key each.
import { coverOf } from "../data.js";
import { h } from "../dom.js";
import { titleLength } from "../edit/counter.js";
import { chooseCandidate, chooseTitle } from "../edit/title.js";
import { show } from "../view.js";
import { t } from "../words/words.js";

const AROUND = 12; // rows before and behind the current one that are in the document
const CODES = ["title-cut", "title-choice"];

function hasCutTitle(note) {
  return note.action !== "skip" && note.problems.some(([code]) => CODES.includes(code));
}

export const titlesMode = {
  name: "titles",
  count: (app) => app.notes.filter(hasCutTitle).length,
  open: (root, app) => new TitlesMode(root, app).close,
};

class TitlesMode {
  constructor(root, app) {
    this.app = app;
    this.numbers = app.notes.filter(hasCutTitle).map((note) => note.number);
    this.settled = new Set();
    this.place = 0;
    this.writing = false;
    this.progress = h("p.progress", { role: "status" });
    this.list = h("ol.titles", { onkeydown: (event) => this.onKey(event) });
    root.append(h("div.mode-page", {}, h("h1", {}, t("titles-title")), h("p.soft", {}, t("titles-lede")), this.progress, this.list, h("p.soft.hint", {}, t("titles-keys"))));
    const unsubscribe = app.onChange((numbers) => this.onChange(numbers));
    this.close = () => unsubscribe();
    this.paint();
    this.focus();
  }

  paint() {
    const of = this.numbers.length;
    this.paintProgress();
    const first = Math.max(0, Math.min(this.place - AROUND, of - 2 * AROUND - 1));
    this.list.start = first + 1;
    this.list.replaceChildren(...this.numbers.slice(first, first + 2 * AROUND + 1).map((number, at) => this.makeRow(this.app.note(number), first + at)));
  }

  paintProgress() {
    const of = this.numbers.length;
    this.progress.textContent = of ? t("titles-progress", { done: this.settled.size, of }) : t("titles-none");
  }

  makeRow(note, place) {
    const current = place === this.place;
    const length = titleLength(note.title, this.app.data.limits.title_units);
    const cover = coverOf(note);
    const others = note.candidates.map((title, at) => [title, at + 1]).filter(([title]) => title !== note.title);
    const row = h("li.title-row", { class: [current && "current", this.settled.has(note.number) && "settled"].filter(Boolean).join(" "), tabindex: current ? "0" : "-1", "aria-label": `${t("note", { number: note.number })}: ${note.title}`, data: { number: note.number }, onclick: (event) => event.target.closest("button, input") || this.go(place) },
      h("span.thumb", {}, cover && h("img", { src: this.app.file(cover), alt: "" })),
      h("div.what", {},
        h("p.line", {}, h("b", {}, note.number), " ", this.settled.has(note.number) && h("span.badge.good", {}, t("titles-settled"))),
        current && this.writing ? this.makeInput(note) : h("p.now", { dir: "auto" }, note.title || h("i.soft", {}, t("no-title")), " ", h("small.counter", {}, length.text)),
        h("p.soft.caption-start", { dir: "auto" }, (note.tiktok.text || note.tiktok.title || note.body).slice(0, 160)),
        current && !this.writing && h("div.candidates", {}, others.map(([title, at]) => h("button.candidate", { type: "button", dir: "auto", tabindex: "-1", onclick: () => this.choose(at) }, h("kbd", {}, at), " ", title)))),
      current && h("div.acts", {},
        h("button.small", { type: "button", tabindex: "-1", onclick: () => this.accept() }, t("titles-accept")),
        h("button.small", { type: "button", tabindex: "-1", onclick: () => this.write() }, t("titles-write")),
        h("button.small", { type: "button", tabindex: "-1", onclick: () => show({ note: note.number }) }, t("titles-open"))));
    return row;
  }

  makeInput(note) {
    const told = h("small.counter", {});
    const count = () => {
      const { text, over } = titleLength(input.value, this.app.data.limits.title_units);
      told.textContent = text;
      told.classList.toggle("over", over);
    };
    const input = h("input", { type: "text", dir: "auto", value: note.title, "aria-label": t("title-yours"), oninput: count });
    count();
    return h("p.now", {}, input, told);
  }

  focus() {
    const row = this.list.querySelector(".current");
    row?.scrollIntoView({ block: "nearest" });
    (this.writing ? row?.querySelector("input") : row)?.focus({ preventScroll: true });
  }

  go(place) {
    this.place = Math.max(0, Math.min(place, this.numbers.length - 1));
    this.writing = false;
    this.paint();
    this.focus();
  }

  onKey(event) {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey || !this.numbers.length) return;
    const keys = this.writing
      ? { Enter: () => this.take(this.list.querySelector("input").value), Escape: () => this.go(this.place) }
      : { ArrowDown: () => this.go(this.place + 1), ArrowUp: () => this.go(this.place - 1), Enter: () => this.accept(), w: () => this.write(), o: () => show({ note: this.numbers[this.place] }), 1: () => this.choose(1), 2: () => this.choose(2), 3: () => this.choose(3) };
    const act = keys[event.key];
    if (!act || (event.key === "Enter" && event.target.closest("button"))) return;
    event.preventDefault();
    act();
  }

  write() {
    this.writing = true;
    this.paint();
    this.focus();
    this.list.querySelector("input").select();
  }

  /** The title that it has is right: it stays, whatever a later crossover would find. */
  accept() {
    const note = this.app.note(this.numbers[this.place]);
    const place = note.candidates.indexOf(note.title);
    return place >= 0 ? this.choose(place + 1) : this.take(note.title);
  }

  choose(at) {
    const { number, candidates } = this.app.note(this.numbers[this.place]);
    return at <= candidates.length && this.settle(number, chooseCandidate(this.app, number, at));
  }

  take(text) {
    const number = this.numbers[this.place];
    return this.settle(number, chooseTitle(this.app, number, text.trim()));
  }

  /** On at once: what is pressed while it is saved is of the next one. */
  async settle(number, saving) {
    this.go(this.place + 1);
    if (!(await saving)) return;
    this.settled.add(number);
    this.paintProgress();
    if (!this.writing) this.repaint();
  }

  onChange(numbers) {
    this.numbers = this.numbers.filter((number) => this.app.note(number));
    for (const number of numbers) {
      const note = this.app.note(number);
      if (this.numbers.includes(number) && !("title" in note.decided || "title_candidate" in note.decided)) this.settled.delete(number);
    }
    if (!this.writing) this.repaint();
  }

  repaint() {
    const focused = this.list.contains(document.activeElement);
    this.paint();
    if (focused) this.focus();
  }
}
