// Drafts: kept by this browser alone, as on the real site. Files that were uploaded stay on the upload
// host, so that a draft names them.

const PLACE = "practice-drafts";

/** The drafts, the newest first. Each has `id`, `kind`, `time`, `title`, `desc`, `topics`, `media` and
 *  `choices`. */
export function readDrafts() {
  return JSON.parse(localStorage.getItem(PLACE) ?? "[]");
}

/** Keep what the form holds, in place of the draft that it came from. */
export function saveDraft(form) {
  const draft = {
    id: form.draft?.id ?? crypto.randomUUID(),
    kind: form.kind,
    time: Date.now(),
    title: form.titleText(),
    desc: form.editor.text(),
    topics: form.editor.topics(),
    media: form.media.save(),
    choices: form.controls.save(),
  };
  write([draft, ...readDrafts().filter((one) => one.id !== draft.id)]);
}

export function removeDraft(id) {
  write(readDrafts().filter((one) => one.id !== id));
}

function write(drafts) {
  localStorage.setItem(PLACE, JSON.stringify(drafts));
}
