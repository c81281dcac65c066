// The keyboard: arrows from note to note, / to search, ? for help.
import { h, isTyping } from "./dom.js";
import { show, view } from "./view.js";
import { t } from "./words/words.js";

const HELP = [["← → ↑ ↓", "keys-move"], ["Enter", "keys-open"], ["← →", "keys-pictures"], ["Esc", "keys-close"], ["/", "keys-search"], ["?", "keys-help"]];
const HELP_EDITABLE = [["x", "keys-select"], ["Ctrl Z", "keys-undo"]];

export function makeHelp(app) {
  const rows = app.editable ? [...HELP, ...HELP_EDITABLE] : HELP;
  const dialog = h("dialog.help", { "aria-label": t("keys-title"), onclick: (event) => event.target === dialog && dialog.close() },
    h("div.bar", {}, h("h2", {}, t("keys-title")), h("span.fill"), h("button.icon", { type: "button", "aria-label": t("close"), onclick: () => dialog.close() }, "✕")),
    h("dl", {}, rows.map(([keys, said]) => [h("dt", {}, keys.split(" ").map((key) => [h("kbd", {}, key), " "])), h("dd", {}, t(said))])));
  return dialog;
}

/** `page` gives the parts that are there now: profile, dialog, help. */
export function listenToKeys(app, page) {
  addEventListener("keydown", (event) => {
    const { profile, dialog, help } = page();
    if (event.defaultPrevented || event.isComposing) return;
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z" && !event.shiftKey && !isTyping(event) && app.editable) {
      event.preventDefault();
      app.undo();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "?" && !isTyping(event)) {
      event.preventDefault();
      help.showModal();
      return;
    }
    if (help.open) return;
    if (view.note) {
      const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
      if (by && !isTyping(event) && !event.target.closest(".strip, video, [role=radiogroup], .topic-chips, input")) {
        event.preventDefault();
        dialog.step(by);
      }
      return;
    }
    if (view.mode !== "notes") return;
    if (event.key === "/" && !isTyping(event)) {
      event.preventDefault();
      profile.search.focus();
      profile.search.select();
    } else if (event.key === "Escape" && event.target === profile.search) {
      event.preventDefault();
      show({ q: "" }, { replace: true });
      profile.search.blur();
    } else if ((event.key === "ArrowDown" || event.key === "Enter") && event.target === profile.search) {
      event.preventDefault();
      profile.grid.focus(0);
    } else if (event.key === "x" && profile.bulk && event.target.closest?.(".card")) {
      if (!profile.bulk.selecting) profile.bulk.setSelecting(true);
      profile.toggle(profile.grid.current, false);
      profile.grid.focus(profile.grid.current);
    } else if (!isTyping(event) && !event.target.closest?.(".months, details, .bulk")) {
      const place = profile.grid.neighbour(event.key);
      if (place === null || (["Home", "End"].includes(event.key) && !event.target.closest?.(".card"))) return;
      if (!event.target.closest?.(".card") && !["ArrowLeft", "ArrowRight"].includes(event.key)) return;
      event.preventDefault();
      profile.grid.focus(event.target.closest?.(".card") ? place : profile.grid.current);
    }
  });
}
