// What a note shows: its pictures to swipe, or its video to play.
import { coverOf } from "../data.js";
import { h } from "../dom.js";
import { t } from "../words/words.js";

export function makeStage(app, note) {
  if (!note.files.length) return h("div.stage", {}, h("span.no-picture", {}, t("no-picture")));
  if (note.kind !== "photos") return makePlayer(app, note);
  return makeStrip(app, note);
}

/** The playing clip of a video note. */
export function makePlayer(app, note, { autoplay = false } = {}) {
  const cover = coverOf(note);
  return h("div.stage", {},
    h("video", { src: app.file(note.files[0].path), poster: cover ? app.file(note.cover || cover) : null, controls: true, playsinline: true, preload: autoplay ? "auto" : "none", muted: autoplay, autoplay, loop: autoplay, "aria-label": t("cover-of", { title: note.title || t("no-title") }) }));
}

function makeStrip(app, note) {
  const of = note.files.length;
  const strip = h("ol.strip", { tabindex: "0", "aria-label": t("pictures", { number: of }) },
    note.files.map((file, place) => h("li", {}, h("img", { src: app.file(file.path), alt: t("picture-of", { number: place + 1, of }), loading: place ? "lazy" : null, decoding: "async" }))));
  if (of === 1) return h("div.stage", {}, strip);
  const told = h("span.chip.kind", { "aria-live": "polite" }, `1/${of}`);
  const step = (by) => strip.scrollBy({ left: by * strip.clientWidth, behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
  strip.addEventListener("scroll", () => {
    told.textContent = `${Math.round(strip.scrollLeft / Math.max(strip.clientWidth, 1)) + 1}/${of}`;
  }, { passive: true });
  return h("div.stage", {}, strip, told,
    h("button.step.back", { type: "button", "aria-label": t("previous-picture"), onclick: () => step(-1) }, "‹"),
    h("button.step.on", { type: "button", "aria-label": t("next-picture"), onclick: () => step(1) }, "›"));
}
