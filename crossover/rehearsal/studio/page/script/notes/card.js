// One note in the list of the creator's own ones.
import { call } from "../calls.js";
import { h } from "../dom.js";
import { t } from "../words/words.js";

const POINT = 50977; // the site's number for a note that was seen in this list

export function makeCard(note, forget) {
  const impression = {
    event: { value: { pointId: POINT } },
    noteTarget: { value: { noteId: note.id, noteType: note.type } },
  };
  const who = { 1: "notes.private", 4: "notes.friends" }[note.permission_code];
  return h("div.note-card", { "data-impression": JSON.stringify(impression) },
    h("div.note-card__title", {}, note.display_title),
    h("div.note-card__time", {}, t("notes.time", { time: new Date(note.time).toLocaleString() })),
    who ? h("span.note-card__permission", {}, t(who)) : null,
    note.tab_status === 3 ? h("span.note-card__refused", {}, t("notes.refused")) : null,
    h("button.note-card__action-btn.note-card__action-btn--del", {
      type: "button", onclick: () => askToDelete(note, forget),
    }, t("notes.delete")));
}

function askToDelete(note, forget) {
  const close = () => modal.remove();
  const confirm = async () => {
    close();
    await call("POST", "/web_api/sns/capa/postgw/note/delete", { note_id: note.id });
    forget(note);
  };
  const modal = h("div.modal-mask", {}, h("div.modal", { role: "dialog" },
    h("div.modal-title", {}, t("notes.delete-title")),
    h("div.modal-body", {}, t("notes.delete-text", { title: note.display_title.slice(0, 10) })),
    h("div.modal-footer", {},
      h("button.cancel-button", { type: "button", onclick: close }, t("cancel")),
      h("button.confirm-button", { type: "button", onclick: confirm }, t("confirm")))));
  document.body.append(modal);
}
