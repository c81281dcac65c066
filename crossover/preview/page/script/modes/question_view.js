// How a question looks: what is asked about on the left, what it may be on the right.
import { formatDate, formatLength, formatNumber } from "../dates.js";
import { h, outward } from "../dom.js";
import { makeStage } from "../note/stage.js";
import { t } from "../words/words.js";

const HOUR = 3600;
const DAY = 24 * HOUR;
const FEW_DAYS = 3;
const ABOUT_HOURS = 14;

/** `answers` are what can be said besides the choices; `choose(place)` takes one of these. */
export function makeQuestion(app, question, pictures, { choose, answers }) {
  const { title, asked, label, choices } = question.about === "caption" ? describeCaptions(app, question, pictures) : describeFiles(question, pictures);
  return [
    h("h2", { tabindex: "-1" }, title),
    h("div.sides", {},
      h("section.asked", { "aria-label": label }, asked),
      h("div.to-choose", {},
        h("ol.choices", {}, choices.map(([parts, one], place) => makeChoice(place, choose, parts, one))),
        h("div.row.answers", {}, answers))),
  ];
}

function describeCaptions(app, { post, choices }, pictures) {
  const label = t("questions-post", { number: post.number });
  const note = app.note(post.note);
  const shown = note?.files.length ? makeStage(app, note) : pictures.makePlace(post.pictures, label);
  return {
    title: t("questions-which-caption", { number: post.number }),
    label,
    asked: [shown, describePost(post, "exact")],
    choices: choices.map((one) => [[
      h("p.words", { dir: "auto" }, one.text || h("i.soft", {}, t("questions-no-caption"))),
      h("p.soft", {}, badges(one.likely && t("questions-likely"), one.taken && t("questions-taken")), captionFacts(one)),
    ], one]),
  };
}

function captionFacts(one) {
  const when = one.own_time ? t("questions-own-time") : t("questions-apart", { number: one.apart });
  return [formatDate(one.made, "exact"), when, one.seconds && formatLength(one.seconds), one.source?.startsWith(one.tiktok_id) ? "" : one.source].filter(Boolean).join(" · ");
}

function describeFiles(question, pictures) {
  const names = question.names.join(", ");
  const isSeen = question.posts.some((one) => one.post.pictures);
  return {
    title: t(question.names.length > 1 ? "questions-which-posts" : "questions-which-post"),
    label: names,
    asked: [pictures.makePlace(question.pictures, names), h("div.described", {}, h("p.words", { dir: "auto" }, h("b", {}, names)), h("p.soft", {}, describeFile(question)))],
    choices: question.posts.map((one) => [[
      isSeen && pictures.makePlace(one.post.pictures, t("questions-post", { number: one.post.number })),
      h("div.what", {}, describePost(one.post), h("p.evidence", {}, evidenceOf(one))),
    ], one.post]),
  };
}

/** A choice with its key, and where it can be looked at. */
function makeChoice(place, choose, parts, { url = "" }) {
  return h("li.choice", {},
    h("button", { type: "button", data: { choice: place + 1 }, "aria-keyshortcuts": String(place + 1), onclick: () => choose(place) }, h("kbd", {}, place + 1), h("div.choice-body", {}, parts)),
    outward(url, t("tiktok-open")));
}

function badges(...said) {
  return said.filter(Boolean).map((one) => [h("span.badge.good", {}, one), " "]);
}

function describePost(post, style = "moment") {
  const extent = post.kind === "photos" ? (post.picture_count ? t("pictures", { number: post.picture_count }) : t("questions-photos")) : post.seconds ? t("video-of", { length: formatLength(post.seconds) }) : post.kind ? t("questions-video") : "";
  const said = post.title || post.text;
  return h("div.described", {},
    h("p", {}, h("b", {}, t("questions-post", { number: post.number })), h("span.soft", {}, ` · ${[formatDate(post.posted_at, style), extent].filter(Boolean).join(" · ")}`)),
    said && h("p.words", { dir: "auto" }, said));
}

function describeFile(question) {
  const many = question.names.length;
  const kind = question.kind === "video" ? (question.seconds ? t("video-of", { length: formatLength(question.seconds) }) : t("questions-video")) : t("pictures", { number: many });
  const size = question.bytes ? t("questions-megabytes", { number: formatNumber(Math.max(0.1, Math.round(question.bytes / 1e5) / 10)) }) : "";
  return [kind, size, question.date && describeDate(question)].filter(Boolean).join(" · ");
}

/** When it was made. A clock without a zone is shown as it stands: it is of wherever they were. */
function describeDate({ kind, date }) {
  const at = date.zoned ? date.at : date.at.replace("Z", "");
  const when = formatDate(at, date.whole_day ? "day" : "moment");
  const about = !date.zoned && !date.whole_day;
  return t(kind === "video" ? "questions-filmed" : "questions-shot", { when: about ? t("questions-about", { when }) : when, where: t(date.by_name ? "questions-by-name" : "questions-by-file") });
}

function evidenceOf(one) {
  if (one.why) return one.why;
  const said = [];
  if (one.named) said.push(t(`questions-named-${one.named}`));
  if (one.named !== "second") said.push(laterText(one));
  if (one.same_length !== undefined && one.post.seconds) said.push(one.same_length ? t("questions-as-long") : t("questions-long", { length: formatLength(one.post.seconds) }));
  return said.join(", ");
}

function laterText({ elapsed, about = false }) {
  const days = Math.floor(elapsed / DAY);
  const hours = Math.floor(Math.abs(elapsed) / HOUR);
  if (days > 0) return t("questions-days-later", { number: days, about: about && days < FEW_DAYS });
  if (about && hours < ABOUT_HOURS) return t("questions-same-time");
  return hours ? t("questions-hours-later", { number: hours }) : t("questions-within-hour");
}
