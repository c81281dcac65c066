// The plan as the page has it: read once from the page, or asked of the local server.

const DEFAULTS = {
  part: [1, 1],
  action: "move",
  reason: "",
  candidates: [],
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

/** A note with what its row left out. */
export function readNote(row) {
  const note = { ...DEFAULTS, ...row };
  note.day = row.posted_at.slice(0, 10);
  note.year = row.posted_at.slice(0, 4);
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
