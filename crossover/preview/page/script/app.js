// What the parts of the page share: the notes, and the one way to change them.
import { fileAddress, mergeNotes, readNote } from "./data.js";
import { RequestError, ask } from "./server.js";
import { isSaid, t } from "./words/words.js";

const BUSY_AGAIN = 1500;
const BUSY_TRIES = 20;

/** The same decision, however it came: as text that can be compared. */
function asText(value) {
  return JSON.stringify(value ?? null);
}

export class App {
  constructor(data) {
    this.data = data;
    this.notes = data.notes.map(readNote);
    this.findPlaces();
    this.listeners = new Set();
    this.done = [];
    this.saving = Promise.resolve();
    this.tell = () => {};
    this.reload = () => {};
    this.confirm = () => Promise.resolve(false);
  }

  findPlaces() {
    this.places = new Map(this.notes.map((note, place) => [note.number, place]));
  }

  get editable() {
    return this.data.editable;
  }

  note(number) {
    return this.notes[this.places.get(number)];
  }

  file(path) {
    return fileAddress(this.data, path);
  }

  text(place) {
    return this.data.texts[place];
  }

  /** Hear of every change: `listener(numbers)`. Gives what ends it. */
  onChange(listener) {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  ask(path, body) {
    return ask(path, body);
  }

  /** Take over what the server says of notes that changed. */
  take(answer) {
    if (answer.texts) this.data.texts = answer.texts;
    if (answer.sums) this.data.sums = answer.sums;
    if (answer.waiting) this.data.waiting = answer.waiting;
    if (answer.calendar) this.data.calendar = answer.calendar;
    if (answer.generation !== undefined) this.data.generation = answer.generation;
    const rows = answer.notes ?? [];
    const numbers = rows.map((row) => row.number);
    if (answer.gone?.length || rows.some((row) => this.note(row.number)?.id !== row.id)) {
      this.notes = mergeNotes(this.notes, rows, answer.gone);
      this.findPlaces();
    } else {
      for (const row of rows) this.notes[this.places.get(row.number)] = readNote(row);
    }
    if (numbers.length || answer.sums) this.announce(numbers);
  }

  /** Tell all parts that these notes changed, or what is known besides notes. */
  announce(numbers) {
    for (const listener of [...this.listeners]) listener(numbers);
  }

  /**
   * Decide: `changes` are `{ number, field, value }`, null takes a decision back. Saved at once, one
   * after the other; `label` says what it was, for undo. Whether it was saved.
   */
  decide(changes, label) {
    const known = changes.map((change) => ({ ...change, before: this.note(change.number)?.decided[change.field] ?? null }));
    const real = known.filter((change) => asText(change.before) !== asText(change.value));
    if (!real.length) return Promise.resolve(true);
    this.saving = this.saving.then(() => this.save(real, label));
    return this.saving;
  }

  async save(changes, label, agreed = {}) {
    this.tell(t("saving"));
    for (let tries = 1; ; tries += 1) {
      try {
        // What was decided just before this is known by now.
        const now = changes.map((change) => ({ ...change, before: this.note(change.number)?.decided[change.field] ?? null }));
        this.take(await ask("/edits", { changes: now, since: this.data.generation, ...agreed }));
        if (label) this.done.push({ label, changes: now });
        const numbers = new Set(changes.map((change) => change.number));
        this.tell(numbers.size > 1 ? t("saved-of", { number: numbers.size }) : t("saved"), { undo: Boolean(label) });
        return true;
      } catch (error) {
        if (!(error instanceof RequestError)) throw error;
        if (error.code === "busy" && tries < BUSY_TRIES) {
          this.tell(t("error-busy"));
          await new Promise((resolve) => setTimeout(resolve, BUSY_AGAIN));
          continue;
        }
        if (error.code === "wider" && !agreed.wider) {
          this.tell("");
          if (await this.confirm(t("ask-wider", { numbers: error.answer.numbers.join(", ") }), t("ask-wider-yes"))) {
            return this.save(changes, label, { ...agreed, wider: true });
          }
          for (const listener of [...this.listeners]) listener(changes.map((change) => change.number));
          return false;
        }
        return this.fail(error, changes, label);
      }
    }
  }

  fail(error, changes, label) {
    if (error.code === "changed-meanwhile") {
      const theirs = () => {
        this.take(error.answer);
        this.tell("");
      };
      const mine = () => this.decideAgain(changes, label, { force: true });
      this.tell(t("error-conflict"), { bad: true, choices: [[t("conflict-mine"), mine], [t("conflict-theirs"), theirs]] });
    } else {
      const again = () => this.decideAgain(changes, label, {});
      this.tell(isSaid(`error-${error.code}`) ? t(`error-${error.code}`, { message: error.message }) : error.message, { bad: true, choices: error.code === "invalid" ? [] : [[t("retry"), again]] });
    }
    return false;
  }

  decideAgain(changes, label, agreed) {
    this.saving = this.saving.then(() => this.save(changes, label, agreed));
    return this.saving;
  }

  /** Something that is no edit, and can be undone: `back()` does it, and gives whether it did. */
  remember(label, back) {
    const one = { label, back };
    this.done.push(one);
    return one;
  }

  forget(one) {
    this.done = this.done.filter((other) => other !== one);
  }

  /** Take the last decision back. */
  async undo() {
    const last = this.done.pop();
    if (!last) {
      this.tell(t("undo-none"));
      return;
    }
    const back = last.back ?? (() => this.decide(last.changes.map(({ number, field, before }) => ({ number, field, value: before })), null));
    if (await back()) this.tell(t("undone", { what: last.label }));
    else if (!last.back) this.done.push(last);
  }

  /** Ask for what changed elsewhere: another tab, the sheet, an editor. Gives what is wrong, in `stale`. */
  async poll() {
    try {
      const answer = await ask(`/changes?since=${this.data.generation}`);
      if (answer.generation !== this.data.generation) this.take(answer);
      return answer;
    } catch (error) {
      return { stale: error.code === "gone" ? "ended" : null };
    }
  }
}
