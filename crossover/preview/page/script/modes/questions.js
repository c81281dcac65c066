// Whose caption, whose file: one question after the other with the pictures side by side, one key each.
import { h, sentence } from "../dom.js";
import { RequestError } from "../server.js";
import { view } from "../view.js";
import { isSaid, t } from "../words/words.js";
import { QuestionPictures } from "./question_pictures.js";
import { makeQuestion } from "./question_view.js";

const NONE = "none";
const BUSY_WAIT = 1500;
const BUSY_MOST = 20;
const NOTES_AFTER = 700;

export const questionsMode = {
  name: "questions",
  count: (app) => (app.questions ? listQuestions(app.questions).length : countWaiting(app.data.waiting)),
  open: (root, app) => new QuestionsMode(root, app).close,
};

/** Before anybody asked the server: the notes that wait for an answer. */
function countWaiting(waiting) {
  const numbers = waiting.filter((group) => ["words-unsure", "files-unsure"].includes(group.hold)).flatMap((group) => group.numbers);
  return new Set(numbers).size;
}

function listQuestions({ captions, files }) {
  return [...captions.map((one) => ({ ...one, about: "caption" })), ...files.map((one) => ({ ...one, about: "file" }))];
}

class QuestionsMode {
  constructor(root, app) {
    this.app = app;
    this.pictures = new QuestionPictures(app);
    // Stays when the mode is left, or the language changes. `steps` are what was said, to go back.
    this.sitting = app.questionsSitting ??= { later: new Set(), steps: [], answered: 0 };
    this.busy = false;
    this.progress = h("p.progress", { role: "status" });
    this.bar = h("progress.bar-done", { "aria-hidden": "true" });
    this.trouble = h("p.trouble", { role: "alert" });
    this.body = h("div.question");
    root.append(h("div.mode-page.questions", {}, h("h1", {}, t("questions-title")), h("p.soft", {}, t("questions-lede")), this.progress, this.bar, this.trouble, this.body));
    const onKey = (event) => this.onKey(event);
    addEventListener("keydown", onKey);
    const unsubscribe = app.onChange(() => this.open && app.questions !== this.shown && this.take(app.questions));
    this.close = () => {
      removeEventListener("keydown", onKey);
      unsubscribe();
      this.closed = true;
    };
    this.start();
  }

  async start() {
    this.body.replaceChildren(h("p.soft", {}, t("questions-wait")));
    try {
      this.take(await this.app.ask("/questions"));
    } catch (error) {
      this.fail(error);
    }
  }

  /** What is asked now, and the first of it that was not put off. */
  take(questions, key = null) {
    this.shown = this.app.questions = questions;
    this.open = listQuestions(questions);
    this.current = this.open.find((one) => one.key === key) ?? this.open.find((one) => !this.sitting.later.has(one.key)) ?? null;
    this.show();
  }

  show() {
    if (this.closed) return;
    this.trouble.textContent = "";
    const of = this.sitting.answered + this.open.length;
    const done = this.sitting.answered + this.open.filter((one) => this.sitting.later.has(one.key) && one !== this.current).length;
    this.bar.max = Math.max(of, 1);
    this.bar.value = done;
    this.bar.hidden = !of;
    if (!this.current) {
      this.showEnd();
      return;
    }
    this.progress.textContent = t("questions-progress", { place: done + 1, of });
    this.choices = this.current.about === "caption" ? this.current.choices.map((one) => one.tiktok_id) : this.current.posts.map((one) => one.post.number);
    const choose = (place) => this.answer(this.choices[place]);
    const answers = [this.makeAnswer("n", "questions-none", () => this.answer(NONE)), this.makeAnswer("l", "questions-later", () => this.putOff()), this.makeBack()];
    this.body.replaceChildren(...makeQuestion(this.app, this.current, this.pictures, { choose, answers }));
    this.body.querySelector("h2").focus({ preventScroll: true });
    const next = this.open[this.open.indexOf(this.current) + 1];
    if (next) this.pictures.prepare(next);
  }

  makeAnswer(key, said, act, more = {}) {
    return h("button.small", { type: "button", "aria-keyshortcuts": key, onclick: act, ...more }, h("kbd", {}, key), ` ${t(said)}`);
  }

  makeBack() {
    return this.makeAnswer("u", "questions-back", () => this.back(), { disabled: !this.canGoBack() });
  }

  showEnd() {
    const { app, open } = this;
    this.progress.textContent = open.length ? t("questions-put-off", { number: open.length }) : this.sitting.answered ? t("questions-all", { number: this.sitting.answered }) : t("questions-nothing");
    const { out_of_reach = 0, crowded_out = 0, uneven = 0, gone = [] } = app.questions;
    const left = Object.entries({ "questions-out-of-reach": out_of_reach, "questions-crowded-out": crowded_out, "questions-uneven": uneven }).filter(([, number]) => number);
    this.body.replaceChildren(
      h("div.row.answers", {},
        open.length > 0 && h("button.main", { type: "button", onclick: () => this.again() }, t("questions-again")),
        this.canGoBack() && this.makeBack()),
      h("ul.soft.not-asked", {},
        left.map(([key, number]) => h("li", {}, t(key, { number }))),
        gone.length > 0 && h("li", {}, t("questions-gone", { names: gone.slice(0, 3).join(", "), number: gone.length }))));
    this.body.querySelector("button")?.focus({ preventScroll: true });
  }

  again() {
    this.sitting.later.clear();
    this.take(this.app.questions);
  }

  canGoBack() {
    return this.sitting.steps.length > 0 || Boolean(this.app.questions.can_take_back);
  }

  onKey(event) {
    if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey || view.note || document.querySelector("dialog[open]")) return;
    const act = /^[1-9]$/.test(event.key) ? () => this.answerAt(Number(event.key) - 1) : { n: () => this.answer(NONE), l: () => this.putOff(), u: () => this.back() }[event.key.toLowerCase()];
    if (!act || !this.open) return;
    event.preventDefault();
    act();
  }

  answerAt(place) {
    if (this.current && place < this.choices.length) this.answer(this.choices[place]);
  }

  async answer(answer) {
    if (!this.current) return;
    const { about, key } = this.current;
    const label = t("questions-answer-of", { what: about === "caption" ? t("questions-post", { number: key }) : this.current.names[0] });
    const said = await this.send("/answers", { question: about, key, answer });
    if (!said) return;
    this.sitting.answered += 1;
    this.sitting.later.delete(key);
    const step = { key, answered: true };
    step.undo = this.app.remember(label, () => this.takeBack(step));
    this.sitting.steps.push(step);
    this.app.tell(t("saved"));
    this.takeAnswer(said);
  }

  takeAnswer(questions, key = null) {
    this.take(questions, key);
    this.app.announce([]);
    // The notes are planned anew once nobody answers for a moment.
    clearTimeout(this.soon);
    this.soon = setTimeout(() => this.app.poll(), NOTES_AFTER);
  }

  /** Take the last answer back, which was this step. Whether that was done. */
  async takeBack(step) {
    const said = await this.send("/answers/back", {});
    if (!said) return false;
    if (step.undo) this.app.forget(step.undo);
    this.sitting.steps = this.sitting.steps.filter((one) => one !== step);
    this.sitting.answered = Math.max(0, this.sitting.answered - 1);
    this.takeAnswer(said, step.key);
    return true;
  }

  putOff() {
    if (!this.current || this.busy) return;
    const { key } = this.current;
    this.sitting.later.add(key);
    this.sitting.steps.push({ key, answered: false });
    this.take(this.app.questions);
  }

  /** To the question before this one; an answer that it got is taken back. */
  async back() {
    if (this.busy || !this.canGoBack()) return;
    const last = this.sitting.steps.at(-1) ?? { key: this.app.questions.can_take_back, answered: true };
    if (last.answered) {
      if (await this.takeBack(last)) this.app.tell(t("questions-taken-back"));
      return;
    }
    this.sitting.steps.pop();
    this.sitting.later.delete(last.key);
    this.take(this.app.questions, last.key);
  }

  /** What the server says, or null where it refused, which is told. */
  async send(path, body) {
    if (this.busy) return null;
    this.busy = true;
    this.body.classList.add("busy");
    try {
      for (let tries = 1; ; tries += 1) {
        try {
          return await this.app.ask(path, body);
        } catch (error) {
          if (!(error instanceof RequestError) || error.code !== "busy" || tries > BUSY_MOST) throw error;
          this.app.tell(t("error-busy"));
          await new Promise((resolve) => setTimeout(resolve, BUSY_WAIT));
        }
      }
    } catch (error) {
      await this.fail(error);
      return null;
    } finally {
      this.busy = false;
      this.body.classList.remove("busy");
    }
  }

  async fail(error) {
    if (!(error instanceof RequestError)) throw error;
    const key = `error-${error.code}`;
    let said = isSaid(key) ? t(key, { message: error.message }) : error.message;
    if (error.code === "not-asked" || error.code === "nothing-to-take-back") {
      this.sitting.steps = this.sitting.steps.filter((one) => !one.answered);
      this.take(await this.app.ask("/questions").catch(() => this.app.questions));
      said = t(error.code === "not-asked" ? "questions-settled-elsewhere" : "undo-none");
    }
    if (this.closed) {
      this.app.tell(said, { bad: true });
      return;
    }
    this.app.tell("");
    this.trouble.replaceChildren(...sentence(said));
  }
}
