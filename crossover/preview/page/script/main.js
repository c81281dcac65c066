// Starts the page: from the plan that lies in it, or from the local server that serves it.
import { App } from "./app.js";
import { askYes } from "./confirm.js";
import { readInlineData, wordsOf } from "./data.js";
import { $, h, sentence } from "./dom.js";
import { makeFooter, makeHeader, nextTheme } from "./header.js";
import { afterPaint, doWhenIdle } from "./idle.js";
import { listenToKeys, makeHelp } from "./keys.js";
import { MODES } from "./modes/modes.js";
import { NoteDialog } from "./note/dialog.js";
import { makeOverview } from "./overview.js";
import { Profile } from "./profile.js";
import { ask, isServed, takeKey } from "./server.js";
import { makeStatusLine } from "./status.js";
import { onView, readAddress, view } from "./view.js";
import { chooseLanguage, isSaid, language, t } from "./words/words.js";

const POLL = 4000;
const PASSING = ["busy", "workspace"];
const ENDED = { ended: "error-gone", key: "error-key" };

function remember(name, value) {
  try {
    localStorage.setItem(`crossover-${name}`, value);
  } catch {
    // A browser may keep nothing for pages from disk; the choice holds while the page is open.
  }
}

function recall(name, otherwise) {
  try {
    return localStorage.getItem(`crossover-${name}`) ?? otherwise;
  } catch {
    return otherwise;
  }
}

class Page {
  constructor(app) {
    this.app = app;
    this.theme = recall("theme", "auto");
    this.status = makeStatusLine(app);
    this.modes = app.editable ? MODES : [];
    this.closeMode = null;
    app.stop = () => this.stop();
    app.reload = () => location.reload();
    app.confirm = askYes;
    this.refreshAroundSoon = afterPaint(() => this.refreshAround());
    onView((before) => this.update(before));
    listenToKeys(app, () => this);
    addEventListener("popstate", readAddress);
    this.applyTheme();
    this.build();
    if (app.editable) this.watch();
  }

  /** Make everything, in the chosen language. */
  build() {
    const { app } = this;
    this.leaveMode();
    app.listeners.clear();
    app.onChange(this.refreshAroundSoon);
    document.title = `${t("page")}${app.data.handle ? ` · @${app.data.handle}` : ""}`;
    this.profile = new Profile(app);
    this.dialog = new NoteDialog(app, (number, by) => this.profile.beside(number, by));
    this.help = makeHelp(app);
    this.main = h("main", { id: "main", tabindex: "-1" });
    this.header = this.makeHeader();
    document.body.replaceChildren(
      h("a.skip-link", { href: "#notes", onclick: (event) => { event.preventDefault(); this.toNotes(); } }, t("skip-to-notes")),
      this.header, this.main, makeFooter(app), this.status, this.dialog.element, this.help);
    this.update(null);
  }

  makeHeader() {
    return makeHeader(this.app, this.modes, {
      theme: this.theme,
      onLanguage: () => {
        chooseLanguage(language() === "en" ? "zh" : "en");
        remember("language", language());
        this.build();
      },
      onTheme: () => {
        this.theme = nextTheme(this.theme);
        remember("theme", this.theme);
        this.applyTheme();
        this.refreshHeader();
      },
      onHelp: () => this.help.showModal(),
    });
  }

  applyTheme() {
    if (this.theme === "auto") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = this.theme;
  }

  refreshHeader() {
    const header = this.makeHeader();
    const label = this.header.contains(document.activeElement) ? document.activeElement.textContent : null;
    this.header.replaceWith(header);
    this.header = header;
    if (label) [...header.querySelectorAll("button, a")].find((one) => one.textContent === label)?.focus();
  }

  /** What stands around the notes and depends on all of them. */
  refreshAround() {
    this.refreshHeader();
    if (view.mode === "notes" && this.overview) {
      const overview = makeOverview(this.app, () => this.toNotes());
      this.overview.replaceWith(overview);
      this.overview = overview;
    }
  }

  update(before) {
    if (!this.modes.some((mode) => mode.name === view.mode)) view.mode = "notes"; // whatever an address says
    const changed = (key) => !before || before[key] !== view[key];
    if (changed("mode")) {
      this.openMode(view.mode);
      if (before) this.refreshHeader();
    }
    if (view.mode === "notes" && (changed("mode") || ["show", "kind", "stage", "year", "q"].some(changed))) this.profile.update();
    if (changed("note")) {
      this.dialog.update();
      if (before?.note && !view.note && view.mode === "notes") this.profile.focus(before.note);
    }
  }

  openMode(name) {
    this.leaveMode();
    const mode = this.modes.find((one) => one.name === name);
    if (mode) {
      this.main.replaceChildren();
      this.closeMode = mode.open(this.main, this.app);
      scrollTo(0, 0);
      return;
    }
    this.overview = makeOverview(this.app, () => this.toNotes());
    this.main.replaceChildren(h("h1.hidden", {}, t("page")), this.overview, this.profile.element);
  }

  leaveMode() {
    this.closeMode?.();
    this.closeMode = null;
  }

  toNotes() {
    this.profile.element.scrollIntoView({ block: "start" });
    this.profile.element.focus({ preventScroll: true });
  }

  /** Hear of what is changed elsewhere, while somebody looks. */
  watch() {
    let known = null;
    const look = async () => {
      if (document.hidden || this.ended) return;
      const { stale = null, message } = await this.app.poll();
      if (stale === known) return;
      known = stale;
      if (this.app.unsaved.size) return; // which is said already, with what can be done about it
      if (!stale) this.app.tell("");
      else if (stale === "posts") this.app.tell(t("stale"), { bad: true, choices: [[t("reload"), () => location.reload()]] });
      else this.app.tell(t(ENDED[stale] ?? `stale-${stale}`, { message }), { bad: true });
    };
    setInterval(look, POLL);
    addEventListener("visibilitychange", look);
    addEventListener("beforeunload", (event) => {
      this.dialog.form?.flush();
      if (this.app.unsaved.size && !this.ended) event.preventDefault();
    });
  }

  async stop() {
    this.dialog.form?.flush();
    await this.app.saving;
    if (this.app.unsaved.size && !(await askYes(t("ask-unsaved", { numbers: this.app.unsaved.numbers.join(", ") }), t("ask-unsaved-yes")))) return;
    this.ended = true;
    await this.app.ask("/stop", {}).catch(() => {});
    document.body.replaceChildren(h("main.ended", {}, h("h1", {}, "crossover"), h("p", {}, t("ended"))));
  }
}

/** Ask for the data; where the workspace cannot be read just now, again and again. Null where that is no use. */
async function askData() {
  for (;;) {
    try {
      return await ask("/data");
    } catch (error) {
      const said = isSaid(`error-${error.code}`) ? t(`error-${error.code}`, { message: error.message }) : error.message;
      $("main")?.remove();
      document.body.append(h("main.ended", {}, h("h1", {}, "crossover"), h("p", {}, sentence(said))));
      if (!PASSING.includes(error.code)) return null;
      await new Promise((resolve) => setTimeout(resolve, POLL));
    }
  }
}

async function start() {
  await takeKey();
  chooseLanguage(recall("language", navigator.language.startsWith("zh") ? "zh" : "en"));
  const data = readInlineData() ?? (isServed ? await askData() : null);
  if (!data) return;
  const app = new App(data);
  app.author = data.account || (data.handle ? `@${data.handle}` : t("profile"));
  app.initial = [...app.author.replace(/^@/, "")][0]?.toUpperCase() ?? "";
  readAddress();
  new Page(app);
  doWhenIdle([...app.notes], wordsOf);
  $("#data")?.remove();
}

start();
