// The first screen: the totals that add up, what needs the creator, when the notes go out.
import { sayState } from "./card.js";
import { formatDate, formatNumber } from "./dates.js";
import { h, sentence } from "./dom.js";
import { select } from "./filters.js";
import { EVERYTHING, show } from "./view.js";
import { t } from "./words/words.js";

const SENT = ["posted", "handed", "started", "unknown", "failed"];

/** `toNotes()` brings the notes into sight. */
export function makeOverview(app, toNotes) {
  return h("section.overview", { "aria-label": t("sums-label") }, makeSums(app, toNotes), h("div.beside", {}, makeWaiting(app, toNotes), makeCalendar(app)), makeUnreadable(app));
}

function makeSums(app, toNotes) {
  const { sums } = app.data;
  const term = (key, number, filter, note) =>
    h("li", {},
      h("button.sum", { type: "button", disabled: !number || !filter, onclick: () => { show({ mode: "notes", ...EVERYTHING, show: filter }); toNotes(); } },
        h("b", {}, formatNumber(number)), h("span", {}, t(key)), note && h("small", {}, note)));
  const as = sums.notes_total !== sums.move ? t("sum-moved-as", { number: sums.notes_total }) : null;
  const states = SENT.filter((state) => sums.states[state]).map((state) =>
    `${formatNumber(sums.states[state])} ${sayState(state, app.data.site)}`);
  return h("div.sums", {},
    h("h2.found", {}, h("b", {}, formatNumber(sums.found)), " ", t("posts-found", { number: sums.found })),
    h("ul.terms", {},
      term("sum-move", sums.move, "move", as),
      term("sum-hold", sums.hold, "hold"),
      term("sum-skip", sums.skip, "skip"),
      term("sum-unreadable", sums.unreadable, "")),
    states.length > 0 && h("p.so-far", {}, t("so-far", { states: states.join(", ") })));
}

function makeWaiting(app, toNotes) {
  const groups = app.data.waiting;
  const counts = select(app.notes, EVERYTHING).counts.show;
  const rows = groups.map((group) => {
    const open = () => {
      if (group.numbers.length === 1) show({ note: group.numbers[0] });
      else { show({ mode: "notes", ...EVERYTHING, show: "needs-you" }); toNotes(); }
    };
    return h("li", {},
      h("div", {}, h("b", {}, t("waiting-posts", { number: group.numbers.length })), " ", t(`hold-${group.hold}`), t("list-after"), numberLinks(group.numbers)),
      group.why && h("p.why", {}, group.why.replace(/^Held: /, "")),
      app.editable && group.hold === "decision"
        ? h("p.advice", {}, t("decide-here"))
        : group.advice && h("p.advice", {}, sentence(group.advice)),
      modeButton(app, group.hold) ?? h("button.small", { type: "button", onclick: open }, t("show-them")));
  });
  if (counts.look) {
    rows.push(h("li.look", {},
      h("div", {}, h("b", {}, t("waiting-posts", { number: counts.look })), " ", t("look-title").toLowerCase()),
      h("button.small", { type: "button", onclick: () => { show({ mode: "notes", ...EVERYTHING, show: "look" }); toNotes(); } }, t("show-them"))));
  }
  return h("section.waiting.panel", { "aria-label": t("waiting-title") },
    h("h3", {}, t("waiting-title")),
    groups.length ? null : h("p.calm", {}, t("waiting-none")),
    h("ul", {}, rows));
}

/** What a page that is served can do about it right here. */
function modeButton(app, hold) {
  if (!app.editable) return null;
  const modes = { "no-words": ["words", "write-words"], "words-by-hand": ["words", "write-words"], "words-unsure": ["questions", "answer-questions"], "files-unsure": ["questions", "answer-questions"] };
  if (!(hold in modes)) return null;
  const [mode, key] = modes[hold];
  return h("button.small", { type: "button", onclick: () => show({ mode, note: "" }) }, t(key));
}

const MOST_NUMBERS = 12;

function numberLinks(numbers) {
  const links = numbers.slice(0, MOST_NUMBERS).map((number, place) => [
    place ? t("list-between") : "",
    h("a", { href: "#", "aria-label": t("note", { number }), onclick: (event) => { event.preventDefault(); show({ note: number }); } }, number),
  ]);
  return [links, numbers.length > MOST_NUMBERS ? ` +${formatNumber(numbers.length - MOST_NUMBERS)}` : ""];
}

function makeCalendar(app) {
  const sittings = app.data.calendar;
  const notes = sittings.reduce((sum, one) => sum + one.numbers.length, 0);
  const first = sittings[0], last = sittings.at(-1);
  const said = !notes ? t("calendar-none")
    : notes === 1 ? t("calendar-one", { first: formatDate(first.begins, "day") })
    : t("calendar-sum", { notes, first: formatDate(first.begins, "day"), last: formatDate(last.begins, "day") });
  return h("section.calendar.panel", { "aria-label": t("calendar-title") },
    h("h3", {}, t("calendar-title")),
    h("p", {}, said),
    notes > 0 && makeMonths(sittings),
    app.data.site === "rehearsal" && notes > 0 && h("p.soft", {}, t("calendar-practice")));
}

function makeMonths(sittings) {
  const days = new Map();
  for (const one of sittings) {
    const day = one.begins.slice(0, 10);
    days.set(day, { number: (days.get(day)?.number ?? 0) + one.numbers.length, check: one.check });
  }
  const months = [...new Set([...days.keys()].map((day) => day.slice(0, 7)))];
  const box = h("div.months", { tabindex: "0", role: "group", "aria-label": t("calendar-months") });
  box.append(...months.slice(0, 24).map((month) => makeMonth(month, days)));
  return box;
}

function makeMonth(month, days) {
  const [year, place] = month.split("-").map(Number);
  const length = new Date(Date.UTC(year, place, 0)).getUTCDate();
  const offset = (new Date(Date.UTC(year, place - 1, 1)).getUTCDay() + 6) % 7;
  const cells = Array.from({ length }, (_, index) => {
    const day = `${month}-${String(index + 1).padStart(2, "0")}`;
    const slot = days.get(day);
    const label = slot && t("calendar-day", { day: formatDate(`${day}T12:00:00`, "weekday"), number: slot.number });
    const cell = h("li", { class: slot ? `due${slot.check ? " check" : ""}` : null, title: slot && (slot.check ? `${label}, ${t("calendar-check")}` : label) }, h("span", {}, index + 1), slot && h("b", { "aria-hidden": "true" }, "•".repeat(Math.min(slot.number, 3))));
    if (!index) cell.style.gridColumnStart = offset + 1;
    return cell;
  });
  return h("figure.month", {}, h("figcaption", {}, formatDate(`${month}-15T12:00:00`, "month")), h("ol", {}, cells));
}

function makeUnreadable(app) {
  if (!app.data.unreadable.length && !app.data.problems.length) return null;
  return h("details.unreadable.panel", {},
    h("summary", {}, app.data.unreadable.length ? `${t("unreadable-title")}${t("list-after")}${formatNumber(app.data.unreadable.length)}` : t("problems-label")),
    h("ul", {},
      app.data.unreadable.map((one) => h("li", {}, t("unreadable-record", one))),
      app.data.problems.map((one) => h("li", {}, sentence(`${one.message} ${one.next}`)))));
}

