// What the parts of the page share: the notes, and the one way to change them.
import { fileAddress, mergeNotes, readNote } from "./data.js";
import { describeConflict } from "./edit/conflict.js";
import { RequestError, ask } from "./server.js";
import { UnsavedEdits } from "./unsaved.js";
import { isSaid, t } from "./words/words.js";

const BUSY_AGAIN = 1500;
const BUSY_TRIES = 20;
const CALENDAR_AFTER = 400;

/** The same decision, however it came: as text that can be compared. */
function asText(value) {
  return JSON.stringify(value ?? null);
}

function movesOtherwise(before, now) {
  return before?.action !== now.action || before?.schedule !== now.schedule;
}

export class App {
  constructor(data) {
    this.data = data;
    this.notes = data.notes.map(readNote);
    this.findPlaces();
    this.listeners = new Set();
    this.done = [];
    this.saving = Promise.resolve();
    this.unsaved = new UnsavedEdits();
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
    const before = rows.map(({ number }) => this.note(number));
    if (answer.gone?.length || rows.some((row) => this.note(row.number)?.id !== row.id)) {
      this.notes = mergeNotes(this.notes, rows, answer.gone);
      this.findPlaces();
      this.unsaved.forget(this.unsaved.changes.filter(({ number }) => !this.note(number)));
    } else {
      for (const row of rows) this.notes[this.places.get(row.number)] = readNote(row);
    }
    if (numbers.length || answer.sums) this.announce(numbers);
    if (!answer.calendar && (answer.gone?.length || before.some((note, place) => movesOtherwise(note, this.note(numbers[place]))))) this.askCalendar();
  }

  /** When the notes go out is laid out anew a moment later: it takes longer than to save. */
  askCalendar() {
    clearTimeout(this.calendarTimer);
    this.calendarTimer = setTimeout(() => this.ask("/calendar").then((answer) => this.take({ ...answer, sums: this.data.sums }), () => {}), CALENDAR_AFTER);
  }

  /** Tell all parts that these notes changed, or what is known besides notes. */
  announce(numbers) {
    for (const listener of [...this.listeners]) listener(numbers);
  }

  /** What is decided of a field, null for nothing. */
  decidedOf({ number, field }) {
    return this.note(number)?.decided[field] ?? null;
  }

  /**
   * Decide: `changes` are `{ number, field, value }`, null takes a decision back. Saved at once, one
   * after the other; `label` says what it was, for undo. `crossed`: somebody else decided otherwise since
   * it was begun. Whether it was saved.
   */
  decide(changes, label, { crossed = false } = {}) {
    return this.queue(() => (crossed ? this.fail(new RequestError("changed-meanwhile"), changes, label) : this.save(changes, label)));
  }

  /** Do something when all that was decided before is saved, or was refused. */
  queue(act) {
    const done = this.saving.then(act);
    this.saving = done.catch(() => {});
    return done;
  }

  async save(changes, label, agreed = {}) {
    for (let tries = 1; ; tries += 1) {
      // What was decided just before this is known by now.
      const known = changes.map((change) => ({ ...change, before: this.decidedOf(change) }));
      const now = known.filter((change) => asText(change.before) !== asText(change.value));
      if (!now.length) {
        this.unsaved.forget(changes);
        return true;
      }
      this.tell(t("saving"));
      try {
        const answer = await ask("/edits", { changes: now, since: this.data.generation, ...agreed });
        this.unsaved.forget(changes);
        this.take(answer);
        if (label) this.done.push({ label, changes: now.map((change) => ({ ...change, after: this.decidedOf(change) })) });
        this.tellSaved(changes, label);
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
          this.announce(changes.map((change) => change.number));
          return false;
        }
        return this.fail(error, changes, label);
      }
    }
  }

  tellSaved(changes, label) {
    const { numbers, size } = this.unsaved;
    if (size) {
      this.tell(t("unsaved", { numbers: numbers.join(", ") }), { bad: true, choices: [[t("retry"), () => this.saveUnsaved()], [t("drop"), () => this.dropUnsaved()]] });
      return;
    }
    const number = new Set(changes.map((change) => change.number)).size;
    this.tell(number > 1 ? t("saved-of", { number }) : t("saved"), { undo: Boolean(label) });
  }

  fail(error, changes, label) {
    const isCrossed = error.code === "changed-meanwhile";
    this.unsaved.keep(changes, { label, force: isCrossed });
    if (isCrossed) {
      const theirs = () => {
        this.take(error.answer);
        this.dropUnsaved(changes);
      };
      this.tell(describeConflict(changes, error.answer.notes, label), { bad: true, choices: [[t("conflict-mine"), () => this.saveUnsaved(changes)], [t("conflict-theirs"), theirs]] });
    } else {
      this.tell(isSaid(`error-${error.code}`) ? t(`error-${error.code}`, { message: error.message }) : error.message, { bad: true, choices: error.code === "invalid" ? [] : [[t("retry"), () => this.saveUnsaved(changes)]] });
    }
    return false;
  }

  saveUnsaved(changes = this.unsaved.changes) {
    const { label, force } = this.unsaved;
    return this.queue(() => this.save(changes, label, { force }));
  }

  dropUnsaved(changes = this.unsaved.changes) {
    this.unsaved.forget(changes);
    this.tell("");
    this.announce(changes.map((change) => change.number));
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
    await this.saving;
    const last = this.done.pop();
    if (!last) {
      this.tell(t("undo-none"));
      return;
    }
    const back = last.back ?? (() => this.takeBack(last.changes));
    if (await back()) this.tell(t("undone", { what: last.label }));
    else if (!last.back) this.done.push(last);
  }

  takeBack(changes) {
    const crossed = changes.some((change) => asText(this.decidedOf(change)) !== asText(change.after));
    return this.decide(changes.map(({ number, field, before }) => ({ number, field, value: before })), null, { crossed });
  }

  /** Ask for what changed elsewhere: another tab, the sheet, an editor. Gives what is wrong, in `stale`. */
  async poll() {
    try {
      const answer = await ask(`/changes?since=${this.data.generation}`);
      if (answer.generation !== this.data.generation) this.take(answer);
      return answer;
    } catch (error) {
      return { stale: error.code === "gone" ? "ended" : error.code === "key" ? "key" : null };
    }
  }
}
