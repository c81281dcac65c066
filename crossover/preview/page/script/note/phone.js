// The note as it will look on a phone: pictures to swipe or the video to play, then the words.
import { formatDate } from "../dates.js";
import { h } from "../dom.js";
import { makeStage } from "./stage.js";
import { t } from "../words/words.js";

export function makePhone(app, note) {
  return h("section.phone", { "aria-label": t("phone-label") },
    h("div.phone-head", { "aria-hidden": "true" }, h("span.avatar", {}, app.initial), h("b", { dir: "auto" }, app.author)),
    makeStage(app, note),
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
