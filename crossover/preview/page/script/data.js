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
  small: "",
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
  const texts = [note.tiktok.text ?? "", note.body, note.title];
  const read = (text) => (typeof text === "number" ? texts[text] : text);
  note.changes = note.changes.map(([field, before, after, why]) => [field, read(before), read(after), why]);
  note.words = null; // made when the search first looks
  return note;
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
  const first = note.files[0];
  return note.small || note.cover && (first?.path === note.cover && first.small || note.cover) || "";
}

export function wordsOf(note) {
  note.words ??= [note.number, note.title, note.body, ...note.topics.map((topic) => `#${topic}`), note.tiktok.text ?? "", note.tiktok.title ?? ""]
    .join("\n")
    .toLowerCase();
  return note.words;
}
