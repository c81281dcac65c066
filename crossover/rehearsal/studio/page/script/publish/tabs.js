// The tabs of the publish page. Each stands in the page three times, as on the real one: far off
// the screen, nearly transparent, and the one that a person sees.
import { tellLog } from "../calls.js";
import { h } from "../dom.js";
import { toast } from "../toast.js";
import { practiceText } from "../words/practice.js";
import { t } from "../words/words.js";

const KINDS = ["video", "image", "article", "audio"];

/** The tabs, with `chosen` in front; `open(kind)` is called when a person takes another one. */
export function makeTabs(chosen, open) {
  const live = new Map();
  const mark = () => live.forEach((tab, kind) => tab.classList.toggle("active", kind === chosen));
  const take = (kind) => {
    if (kind !== "video" && kind !== "image") return toast(practiceText("no-tab"));
    if (kind === chosen) return undefined;
    chosen = kind;
    mark();
    return open(kind);
  };
  for (const kind of KINDS) {
    live.set(kind, h("div.creator-tab", { "data-hp-bound": "1", onclick: () => take(kind) }, title(kind)));
  }
  mark();
  const element = h("div.header-tabs", {},
    KINDS.map(makeFarCopy), KINDS.map((kind) => [live.get(kind), makeClearCopy(kind)]).flat());
  const show = (kind) => {
    chosen = kind;
    mark();
  };
  return { element, show, chosen: () => chosen };
}

function title(kind) {
  return h("span.title", {}, t(`tab.${kind}`));
}

function makeFarCopy(kind) {
  const copy = h("div.creator-tab", { "aria-hidden": "true" }, title(kind));
  copy.style.cssText = "position: absolute; left: -9999px; top: -9999px";
  return copy;
}

/** Nobody can see it, and it does nothing: whoever clicks it took the wrong one. */
function makeClearCopy(kind) {
  const wrong = () => tellLog("tab-copy-clicked");
  const copy = h("div.creator-tab", { "data-hp-kind": "tab", "aria-hidden": "true", onclick: wrong },
    h("span.title.button-hp-installed", {}, t(`tab.${kind}`)));
  copy.style.cssText = "position: absolute; top: 0; left: 0; opacity: 0.01; z-index: -1";
  return copy;
}
