// Which notes are shown, and how many each choice would show.
import { wordsOf } from "./data.js";

const SHOW = {
  "needs-you": (note) => note.marks.includes("needs-you"),
  look: (note) => note.marks.includes("look"),
  changed: (note) => note.marks.includes("changed"),
  move: (note) => note.action === "move",
  hold: (note) => note.action === "hold",
  skip: (note) => note.action === "skip",
  out: (note) => note.went_out,
  yours: (note) => Object.keys(note.decided).length > 0,
};

const KIND = { video: (note) => note.kind === "video", photos: (note) => note.kind === "photos", none: (note) => !note.kind };

function matches(note, choice, left) {
  return (
    (left === "show" || !choice.show || shownBy(note).includes(choice.show)) &&
    (left === "kind" || !choice.kind || KIND[choice.kind]?.(note)) &&
    (left === "stage" || !choice.stage || note.state === choice.stage) &&
    (left === "year" || !choice.year || note.year === choice.year)
  );
}

function finds(note, words) {
  return words.every((word) => wordsOf(note).includes(word));
}

function searchWords(text) {
  return text.toLowerCase().split(/\s+/).filter(Boolean);
}

function shownBy(note) {
  note.shownBy ??= Object.keys(SHOW).filter((key) => SHOW[key](note));
  return note.shownBy;
}

/** The notes that fit the choice, and for every other choice how many would. */
export function select(notes, choice) {
  const words = searchWords(choice.q);
  const found = words.length ? notes.filter((note) => finds(note, words)) : notes;
  const counts = { show: { "": 0 }, kind: { "": 0 }, stage: { "": 0 }, year: { "": 0 } };
  for (const key of Object.keys(SHOW)) counts.show[key] = 0;
  for (const note of found) {
    if (matches(note, choice, "show")) {
      counts.show[""] += 1;
      for (const key of shownBy(note)) counts.show[key] += 1;
    }
    if (matches(note, choice, "kind")) {
      counts.kind[""] += 1;
      const kind = note.kind ?? "none";
      counts.kind[kind] = (counts.kind[kind] ?? 0) + 1;
    }
    for (const [name, value] of [["stage", note.state], ["year", note.year]]) {
      if (!matches(note, choice, name)) continue;
      counts[name][""] += 1;
      counts[name][value] = (counts[name][value] ?? 0) + 1;
    }
  }
  return { notes: found.filter((note) => matches(note, choice, "")), counts };
}
