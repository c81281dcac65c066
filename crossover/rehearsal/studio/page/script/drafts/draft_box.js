// The entry of the drafts, with their number, and the list behind it.
import { makeButton, openDialog } from "../controls/dialog.js";
import { h } from "../dom.js";
import { t } from "../words/words.js";
import { readDrafts, removeDraft } from "./drafts.js";

/** The entry; `edit(draft)` opens one. */
export function makeDraftBox(edit) {
  const button = h("button.draft-box", { type: "button", onclick: () => openList(edit, count) });
  function count() {
    button.textContent = `${t("draft.box")}(${readDrafts().length})`;
  }
  count();
  return button;
}

function openList(edit, changed) {
  const list = h("div.draft-list");
  const draw = () => {
    const drafts = readDrafts();
    list.replaceChildren(...(drafts.length ? drafts.map(makeRow) : [t("draft.none")]));
    changed();
  };
  const makeRow = (draft) =>
    h(
      "div.draft-row",
      {},
      h("span.draft-row-title", {}, draft.title || t("draft.untitled")),
      makeButton(t("draft.edit"), () => {
        dialog.close();
        edit(draft);
      }),
      makeButton(t("draft.delete"), () => {
        removeDraft(draft.id);
        draw();
      }),
    );
  const dialog = openDialog({ title: t("draft.box"), body: list });
  draw();
}
