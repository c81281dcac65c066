// The bar on top: modes with what is left in each, language, colours, keys.
import { formatDate, formatNumber } from "./dates.js";
import { h, sentence } from "./dom.js";
import { linkTo, show, view } from "./view.js";
import { t } from "./words/words.js";

const THEMES = ["auto", "light", "dark"];

export function makeHeader(app, modes, { onLanguage, onTheme, onHelp, theme }) {
  const tabs = [{ name: "notes", count: () => app.notes.length }, ...modes].map((mode) => {
    const number = mode.count(app);
    return h("a.mode", { href: linkTo({ mode: mode.name, note: "" }), "aria-current": view.mode === mode.name ? "page" : null, data: { mode: mode.name }, onclick: (event) => {
      event.preventDefault();
      show({ mode: mode.name, note: "" });
    } }, t(`mode-${mode.name}`), number > 0 && h("b", {}, formatNumber(number)));
  });
  return h("header.top", {},
    h("div.brand", {}, h("b", {}, "crossover"), app.data.handle && h("span.soft", { dir: "auto" }, `@${app.data.handle}`)),
    h("nav", { "aria-label": t("modes") }, tabs),
    h("span.fill"),
    app.editable && h("button.small", { type: "button", onclick: () => app.undo() }, t("undo")),
    h("button.icon", { type: "button", "aria-label": t("language-label"), onclick: onLanguage }, t("language")),
    h("button.icon", { type: "button", "aria-label": t(`theme-${theme}`), title: t(`theme-${theme}`), onclick: onTheme }, { auto: "◐", light: "☀", dark: "☾" }[theme]),
    h("button.icon", { type: "button", "aria-label": t("help"), title: t("help"), onclick: onHelp }, "?"),
    app.editable && h("button.main.done", { type: "button", title: t("done-label"), onclick: () => app.stop() }, t("done")));
}

export function nextTheme(theme) {
  return THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length];
}

/** When the page was made, of which plan, and what to do to change something. */
export function makeFooter(app) {
  const when = formatDate(app.data.made, "moment");
  return h("footer", {},
    h("p", {}, app.data.plan ? t("made", { when, plan: app.data.plan.slice(0, 12) }) : t("opened", { when }), " ", sentence(t(app.editable ? "made-editable" : "made-read-only"))),
    app.data.site === "rehearsal" && h("p", {}, t("practice")));
}
