// One note as a card of the profile: cover, title, author.
import { coverOf } from "./data.js";
import { formatLength } from "./dates.js";
import { h } from "./dom.js";
import { t } from "./words/words.js";
import { linkTo } from "./view.js";

/** Where a note stands, in a word; the practice account is never "posted". */
export function sayState(state, site) {
  return t(state === "posted" && site === "rehearsal" ? "state-practised" : `state-${state}`);
}

/** The word for what is special about a note, and its tone; null for one that simply moves. */
export function badgeOf(note, site) {
  if (note.state === "failed") return [t("state-failed"), "bad"];
  if (note.went_out) return [sayState(note.state, site), "good"];
  if (note.action === "hold" || note.state === "hold") return [t("badge-hold"), "hold"];
  if (note.action === "skip") return [t("badge-skip"), "skip"];
  if (note.marks.includes("look")) return [t("badge-look"), "look"];
  return null;
}

export function extentOf(note) {
  if (!note.files.length) return "";
  if (note.kind === "photos") return t("pictures", { number: note.files.length });
  return t("video-of", { length: formatLength(note.files[0].seconds) });
}

function kindMark(note) {
  if (!note.files.length) return null;
  const text = note.kind === "photos" ? (note.files.length > 1 ? `1/${note.files.length}` : "") : `▶ ${formatLength(note.files[0].seconds)}`;
  return text ? h("span.chip.kind", { "aria-hidden": "true" }, text) : null;
}

function coverImage(app, note) {
  const path = coverOf(note);
  if (!path) return h("span.no-picture", {}, t("no-picture"));
  return h("img", { src: app.file(path), alt: "", decoding: "async", draggable: "false" });
}

/** `options`: place and of how many, whether it can be and is selected, what a click does. */
export function makeCard(app, note, { place, of, selecting, selected, onOpen, onSelect }) {
  const badge = badgeOf(note, app.data.site);
  const label = t("card-label", { number: note.number, title: note.title || t("no-title"), state: [badge?.[0], extentOf(note)].filter(Boolean).join(", ") });
  const link = h("a.card-link", { href: linkTo({ note: note.number }), "aria-label": label, tabindex: "-1", data: { number: note.number }, onclick: onOpen },
    h("span.cover", {},
      coverImage(app, note),
      h("span.chip.number", { "aria-hidden": "true" }, note.number),
      badge && h(`span.chip.badge.${badge[1]}`, { "aria-hidden": "true" }, badge[0]),
      kindMark(note),
    ),
    h("span.card-title", { dir: "auto" }, note.title || h("i", {}, t("no-title"))),
    h("span.card-foot", { "aria-hidden": "true" }, h("span.who", { dir: "auto" }, app.author), note.visibility !== "public" && h("span.seen", {}, t(`badge-${note.visibility}`))),
  );
  const box = selecting && h("label.pick", {}, h("input", { type: "checkbox", checked: selected, "aria-label": t("select-note", { number: note.number }), onchange: onSelect }));
  return h("article.card", { role: "listitem", "aria-posinset": place + 1, "aria-setsize": of, class: [note.action, selected && "selected"].filter(Boolean).join(" ") }, link, box);
}
