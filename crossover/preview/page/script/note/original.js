// The post on TikTok beside the note: its caption, with the words that were cut or moved marked.
import { formatDate } from "../dates.js";
import { h, outward } from "../dom.js";
import { markCaption } from "../marks.js";
import { t } from "../words/words.js";

export function makeOriginal(note) {
  const { tiktok } = note;
  const runs = note.since.length ? [{ text: tiktok.text ?? "", went: "" }] : markCaption(note);
  const went = new Set(runs.map((run) => run.went));
  const legend = ["title", "topic", "gone"].filter((one) => went.has(one));
  return h("section.original", { "aria-label": t("tiktok-label") },
    h("h3", {}, t("tiktok-label")),
    h("p.facts.soft", {}, [
      formatDate(note.posted_at, "moment"),
      tiktok.likes !== undefined && t("tiktok-likes", { number: tiktok.likes }),
      tiktok.private && t("tiktok-private"),
    ].filter(Boolean).join(" · ")),
    tiktok.title && h("p.caption", { dir: "auto" }, h("b", {}, tiktok.title)),
    tiktok.text ? h("p.caption", { dir: "auto" }, runs.map(paintRun)) : h("p.soft", {}, t("tiktok-no-caption")),
    legend.length > 0 && h("p.legend.soft", {}, legend.map((one) => [paintRun({ text: t(`legend-${one}`), went: one }), " "])),
    tiktok.sound && h("p.soft", { dir: "auto" }, t("tiktok-sound", { sound: tiktok.sound })),
    outward(tiktok.url ?? "", t("tiktok-open")));
}

function paintRun({ text, went }) {
  if (went === "gone") return h("del", {}, text);
  if (went === "title" || went === "topic") return h(`mark.as-${went}`, {}, text);
  return text;
}
