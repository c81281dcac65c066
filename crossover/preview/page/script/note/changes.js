// What is to be known of a note: problems with what to do, what was changed and why.
import { compareTexts } from "../diff.js";
import { h, outward, sentence } from "../dom.js";
import { isSaid, sayProblem, sayReason, t } from "../words/words.js";

const LONG = 90;
const ENDS = 60;

// What can be done about it right here, on the page that is served.
const HERE = { "visibility-held": "advice-decide", "others-sound": "advice-decide", "no-words": "advice-write" };

export function makeKnown(app, note) {
  return [makeProblems(app, note), makeSince(note), makeChanges(app, note), outward(note.url, t("rednote-open"))];
}

function fieldName(field) {
  return isSaid(`field-${field}`) ? t(`field-${field}`) : field;
}

function makeProblems(app, note) {
  const isHere = (code, level) => app.editable && level === "error" && code in HERE;
  const rows = note.problems.map(([code, level, message, next]) =>
    h("li", { class: level, data: { code } },
      h("b", {}, t(`level-${level}`), t("list-after")), sayProblem(code),
      h("span", { lang: "en", class: sayProblem(code) ? "in-english" : null }, sentence(app.text(message).replace(/^Held: (.)/, (_, first) => first.toUpperCase())), !isHere(code, level) && app.text(next) && [" ", sentence(app.text(next))]),
      isHere(code, level) && h("span.advice", {}, " ", t(HERE[code]))));
  if (!rows.length && note.reason) rows.push(h("li.error", {}, note.reason));
  return rows.length ? h("section.problems", { "aria-label": t("problems-label") }, h("h3", {}, t("problems-label")), h("ul", {}, rows)) : null;
}

function makeSince(note) {
  if (!note.since.length) return null;
  return h("section.since", { "aria-label": t("since-label") },
    h("h3", {}, t("since-label")),
    h("dl", {}, note.since.map(([field, sent, planned]) => [h("dt", {}, fieldName(field)), h("dd", {}, beforeAndAfter(sent, planned))])));
}

function makeChanges(app, note) {
  const groups = [];
  for (const [field, before, after, why] of note.changes) {
    const last = groups.at(-1);
    if (last && last.field === field && last.why === why) last.pairs.push([before, after]);
    else groups.push({ field, why, pairs: [[before, after]] });
  }
  const rows = groups.map(({ field, why, pairs }) => [
    h("dt", {}, fieldName(field)),
    h("dd", {}, h("span.because", {}, sentence(sayReason(app.text(why)))), field !== "cover" && pairs.map(([before, after]) => beforeAndAfter(before, after))),
  ]);
  return h("section.changes", { "aria-label": t("changes-label") },
    h("h3", {}, t("changes-label")),
    rows.length ? h("dl", {}, rows) : h("p.soft", {}, t("changes-none")));
}

/** Short texts one behind the other; of long ones what is the same stands once. */
function beforeAndAfter(before, after) {
  if (!before && !after) return null;
  if (before && after && before.length + after.length > LONG) {
    return h("span.pair", { dir: "auto" }, compareTexts(before, after).map(({ text, kind }) => (kind === "same" ? shorten(text) : h(kind === "gone" ? "del" : "ins", {}, text))));
  }
  return h("span.pair", { dir: "auto" }, before && h("del", {}, before), before && after && " ", after && h("ins", {}, after));
}

/** Of a long run that stays as it was, its two ends. */
function shorten(text) {
  const letters = [...text];
  if (letters.length <= 3 * ENDS) return text;
  const [begin, end] = [letters.slice(0, ENDS).join(""), letters.slice(-ENDS).join("")];
  return `${begin.replace(/\s+\S*$/, "")} … ${end.replace(/^\S*\s+/, "")}`;
}
