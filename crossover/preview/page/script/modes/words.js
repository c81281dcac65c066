// Words for posts that have none: one after the other, the best first, without leaving the keyboard.
import { formatDate } from "../dates.js";
import { h } from "../dom.js";
import { bodyLength, makeCounter, titleLength } from "../edit/counter.js";
import { extentOf } from "../card.js";
import { makePlayer, makeStage } from "../note/stage.js";
import { t } from "../words/words.js";
import { makeLines } from "./words_lines.js";
import { makeSeries } from "./words_series.js";

const FIRST_GUESS = 12; // seconds a post, before anything is known of the creator's own pace

function lacksWords(note) {
  return note.action !== "skip" && note.problems.some(([code]) => code === "no-words");
}

export const wordsMode = {
  name: "words",
  count: (app) => app.notes.filter(lacksWords).length,
  open: (root, app) => new WordsMode(root, app).close,
};

class WordsMode {
  constructor(root, app) {
    this.app = app;
    this.root = root;
    this.numbers = app.notes.filter(lacksWords).map((note) => note.number);
    this.place = 0;
    this.done = new Set();
    this.pending = new Set(); // settled here, and not saved yet
    this.paces = [];
    this.drafts = new Map();
    this.progress = h("p.progress", { role: "status" });
    this.stage = h("div.words-stage");
    this.form = h("form.words-form", { onsubmit: (event) => event.preventDefault(), onkeydown: (event) => this.onKey(event) });
    this.body = h("div.words-body", {}, this.stage, this.form);
    this.tools = h("div.words-tools");
    root.append(h("div.mode-page.words", {}, h("h1", {}, t("words-title")), h("p.soft", {}, t("words-lede")), this.progress, this.body, this.tools));
    this.unsubscribe = app.onChange((numbers) => this.onChange(numbers));
    this.close = () => this.unsubscribe();
    this.start();
  }

  async start() {
    const order = await this.app.ask("/best").then((answer) => answer.numbers, () => []);
    const rank = new Map(order.map((number, place) => [number, place]));
    this.numbers.sort((one, other) => (rank.get(one) ?? order.length) - (rank.get(other) ?? order.length));
    this.show();
  }

  get note() {
    return this.app.note(this.numbers[this.place]);
  }

  left() {
    return this.numbers.filter((number) => this.isOpen(number));
  }

  isOpen(number) {
    return !this.done.has(number) && !this.pending.has(number);
  }

  show() {
    this.since = performance.now();
    this.paintProgress();
    if (!this.numbers.length || !this.left().length) {
      this.stage.replaceChildren();
      this.form.replaceChildren(h("p.calm", {}, t("words-none")));
      this.tools.replaceChildren();
      return;
    }
    const note = this.note;
    this.stage.replaceChildren(note.kind === "video" && note.files.length ? makePlayer(this.app, note, { autoplay: true }) : makeStage(this.app, note));
    this.titleCounter = makeCounter();
    this.bodyCounter = makeCounter();
    this.title = h("input", { type: "text", dir: "auto", id: "words-title", value: this.draft(note).title, oninput: () => this.count() });
    this.text = h("textarea", { rows: "5", dir: "auto", id: "words-text", value: this.draft(note).body, oninput: () => this.count() });
    const { limits } = this.app.data;
    this.count = () => {
      this.titleCounter.update(titleLength(this.title.value, limits.title_units));
      this.bodyCounter.update(bodyLength(this.text.value, note.topics, limits.description_chars));
    };
    this.form.replaceChildren(
      h("p.facts", {}, h("b", {}, t("note", { number: note.number })), " · ", formatDate(note.posted_at, "moment"), " · ", extentOf(note), note.tiktok.likes !== undefined && ` · ${t("tiktok-likes", { number: note.tiktok.likes })}`, note.tiktok.sound && h("span.soft", { dir: "auto" }, ` · ${note.tiktok.sound}`)),
      h("div.field-head", {}, h("label.label", { for: "words-title" }, t("field-title")), this.titleCounter.element),
      this.title,
      h("div.field-head", {}, h("label.label", { for: "words-text" }, t("field-body")), this.bodyCounter.element),
      this.text,
      this.makeSame(note),
      h("div.row", {},
        h("button.main", { type: "button", onclick: () => this.save() }, t("words-save")),
        h("button.small", { type: "button", title: "Alt →", onclick: () => this.step(1) }, t("words-later")),
        h("button.small", { type: "button", onclick: () => this.leaveOut() }, t("action-skip")),
        h("button.small", { type: "button", title: "Alt ←", disabled: this.place === 0, onclick: () => this.step(-1) }, t("words-back"))),
      h("p.soft.hint", {}, t("words-keys")));
    this.count();
    this.title.focus();
    if (!this.toolsFor) this.paintTools();
  }

  /** What was typed of a post and put off, else what was decided of it. */
  draft(note) {
    return this.drafts.get(note.number) ?? { title: note.decided.title ?? "", body: note.decided.body ?? "" };
  }

  keepDraft() {
    if (this.title?.isConnected) this.drafts.set(this.numbers[this.place], { title: this.title.value, body: this.text.value });
  }

  /** The title of the nearest photo post, and of the post before: one key each. */
  makeSame(note) {
    const near = (fits) => {
      const at = Date.parse(note.posted_at);
      return this.app.notes.filter((one) => one.number !== note.number && one.title && fits(one))
        .reduce((best, one) => (!best || Math.abs(Date.parse(one.posted_at) - at) < Math.abs(Date.parse(best.posted_at) - at) ? one : best), null);
    };
    const last = this.lastNumber && { number: this.lastNumber, title: this.drafts.get(this.lastNumber)?.title.trim() || this.app.note(this.lastNumber)?.title };
    this.same = { p: near((one) => one.kind === "photos"), l: last?.title ? last : near((one) => one.posted_at < note.posted_at) };
    if (this.same.l?.title === this.same.p?.title) this.same.l = null;
    const make = (key, said) => this.same[key] && h("button.candidate", { type: "button", dir: "auto", title: `Alt ${key.toUpperCase()}`, onclick: () => this.takeSame(key) }, h("small.soft", {}, `${t(said, { number: this.same[key].number })} `), this.same[key].title);
    return h("div.candidates", {}, make("p", "words-same-photo"), make("l", "words-same-last"));
  }

  takeSame(key) {
    if (!this.same[key]) return;
    this.title.value = this.same[key].title;
    this.count();
    this.title.focus();
  }

  onKey(event) {
    if (event.isComposing) return;
    const isField = event.target === this.title || event.target === this.text;
    if (event.key === "Enter" && isField && !event.shiftKey && !event.altKey) {
      event.preventDefault();
      this.save();
    } else if (event.altKey && event.key in { ArrowRight: 1, ArrowLeft: 1 }) {
      event.preventDefault();
      this.step(event.key === "ArrowRight" ? 1 : -1);
    } else if (event.altKey && ["KeyP", "KeyL"].includes(event.code)) {
      event.preventDefault();
      this.takeSame(event.code === "KeyP" ? "p" : "l");
    }
  }

  async save() {
    const number = this.note.number;
    const [title, body] = [this.title.value.trim(), this.text.value.trim()];
    if (!title && !body) {
      this.app.tell(t("words-empty"), { bad: true });
      this.title.focus();
      return;
    }
    const changes = [];
    if (title) changes.push({ number, field: "title", value: title });
    if (body) changes.push({ number, field: "body", value: body });
    const took = (performance.now() - this.since) / 1000;
    this.lastNumber = number;
    if (await this.settle(changes, t("words-of", { number }))) this.paces.push(took);
    this.paintProgress();
  }

  /** Not every post is worth words. */
  leaveOut() {
    return this.settle([{ number: this.note.number, field: "action", value: "skip" }], t("action-skip"));
  }

  /** Save, and go on at once: what is typed meanwhile is of the next post. Whether it was saved. */
  async settle(changes, label) {
    const [{ number }] = changes;
    const isNew = !this.done.has(number);
    const saving = this.app.decide(changes, label);
    this.pending.add(number);
    this.step(1);
    const isSaved = await saving;
    this.pending.delete(number);
    if (isSaved) this.done.add(number);
    else if (!this.title.isConnected) this.show();
    this.paintProgress();
    return isSaved && isNew;
  }

  /** On to the next one that is not done, or back to the one before. */
  step(by) {
    this.keepDraft();
    const of = this.numbers.length;
    if (by < 0) this.place = Math.max(0, this.place - 1);
    else {
      for (let tries = 0; tries < of; tries += 1) {
        this.place = (this.place + 1) % of;
        if (this.isOpen(this.numbers[this.place])) break;
      }
    }
    this.show();
  }

  paintProgress() {
    const left = this.left().length;
    const paces = [...this.paces].sort((one, other) => one - other);
    const pace = paces.length > 1 ? paces[Math.floor(paces.length / 2)] : FIRST_GUESS;
    const minutes = Math.max(1, Math.round((left * pace) / 60));
    this.progress.hidden = !this.numbers.length;
    this.progress.textContent = t("words-progress", { done: this.done.size, of: this.numbers.length, left, minutes });
  }

  paintTools() {
    this.toolsFor = this.numbers;
    const waiting = () => this.left().map((number) => this.app.note(number));
    const take = (changes, label) => this.app.decide(changes, label);
    this.tools.replaceChildren(makeSeries(this.app, waiting, take), makeLines(this.app, waiting, take));
  }

  /** What was written here, undone, or settled elsewhere. */
  onChange(numbers) {
    this.numbers = this.numbers.filter((number) => this.app.note(number));
    for (const number of numbers) {
      if (!this.numbers.includes(number)) continue;
      if (lacksWords(this.app.note(number))) this.done.delete(number);
      else this.done.add(number);
    }
    this.paintProgress();
    for (const tool of this.tools.children) tool.refresh?.();
    if (!this.left().length || (this.done.has(this.note?.number) && !this.form.contains(document.activeElement))) this.step(1);
    else if (!this.title?.isConnected) this.show(); // something is left again
  }
}
