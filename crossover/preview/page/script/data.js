// The plan as the page has it: read once from the page, or asked of the local server.

const DEFAULTS = {
  posted_at: null,
  part: [1, 1],
  action: "move",
  reason: "",
  candidates: null,
  topics: [],
  chars: 0,
  visibility: "public",
  declaration: "none",
  original: false,
  files: [],
  cover: "",
  small: false,
  schedule: null,
  changes: [],
  problems: [],
  marks: [],
  state: "ready",
  went_out: false,
  url: "",
  review: "",
  plain_topics: [],
  since: [],
  tiktok: {},
  decided: {},
};

const MOMENT = "2025-02-06T15:50:46Z".length;

/** A note with what its row left out. */
export function readNote(row) {
  const note = { ...DEFAULTS, ...row };
  note.posted_at ??= row.id.slice(0, MOMENT);
  note.candidates ??= row.title ? [row.title] : [];
  note.year = note.posted_at.slice(0, 4);
  if (!note.cover && note.kind === "photos") note.cover = note.files[0]?.path ?? "";
  const texts = [note.tiktok.text ?? "", note.body, note.title, note.cover];
  const read = (text) => (typeof text === "number" ? texts[text] : text);
  note.changes = note.changes.map(([field, before, after, why]) => [field, read(before), read(after), why]);
  note.words = null; // both made when they are first looked for
  note.shownBy = null;
  return note;
}

function postOf(note) {
  return note.id.split("/")[0];
}

/** The notes with rows that came for them, without those whose ids are gone. A part that is new comes behind the others of its post. */
export function mergeNotes(notes, rows, gone = []) {
  const fresh = new Map(rows.map((row) => [row.id, readNote(row)]));
  const merged = notes.map((note) => {
    const now = fresh.get(note.id) ?? note;
    fresh.delete(note.id);
    return now;
  });
  for (const note of fresh.values()) {
    const last = merged.findLastIndex((one) => postOf(one) === postOf(note));
    merged.splice(last < 0 ? merged.length : last + 1, 0, note);
  }
  return merged.filter((note) => !gone.includes(note.id));
}

export function readInlineData() {
  const text = document.getElementById("data").textContent.trim();
  return text ? JSON.parse(text) : null;
}

/** The address of a file of the workspace: beside the page, or on the server that serves it. */
export function fileAddress(data, path) {
  return data.files + path.split("/").map(encodeURIComponent).join("/");
}

/** The picture that stands for a note, as small as there is one. */
export function coverOf(note) {
  return note.small ? `${note.cover.replace(/\.jpg$/, "")}-small.jpg` : note.cover;
}

export function wordsOf(note) {
  note.words ??= [note.number, note.title, note.body, ...note.topics.map((topic) => `#${topic}`), note.tiktok.text ?? "", note.tiktok.title ?? ""]
    .join("\n")
    .toLowerCase();
  return note.words;
}
