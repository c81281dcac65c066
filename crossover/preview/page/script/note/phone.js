// The note as it will look on a phone: pictures to swipe or the video to play, then the words.
import { coverOf } from "../data.js";
import { formatDate } from "../dates.js";
import { h } from "../dom.js";
import { t } from "../words/words.js";

export function makePhone(app, note) {
  return h("section.phone", { "aria-label": t("phone-label") },
    h("div.phone-head", { "aria-hidden": "true" }, h("span.avatar", {}, app.initial), h("b", { dir: "auto" }, app.author)),
    makeMedia(app, note),
    h("div.phone-words", {},
      h("h3", { dir: "auto" }, note.title || h("i.soft", {}, t("no-title"))),
      h("p.body", { dir: "auto" }, note.body || (note.topics.length ? "" : h("i.soft", {}, t("no-text")))),
      note.topics.length > 0 && h("p.topics", { dir: "auto" }, note.topics.map((topic) => [h("span", {}, `#${topic}`), " "])),
      note.plain_topics.length > 0 && h("p.plain.soft", {}, t("plain-topics", { topics: note.plain_topics.map((topic) => `#${topic}`).join(", ") })),
      h("p.settings.soft", {}, settingsOf(note))));
}

function settingsOf(note) {
  return [
    note.schedule && t("will-post", { when: formatDate(note.schedule, "moment") }),
    t(`visibility-${note.visibility}`),
    note.declaration !== "none" && t(`declaration-${note.declaration}`),
    note.original && t("original-true"),
  ].filter(Boolean).join(" · ");
}

function makeMedia(app, note) {
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
