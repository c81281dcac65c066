// The notice that a draft was not finished, when the page opens.
import { makeButton, openDialog } from "../controls/dialog.js";
import { h } from "../dom.js";
import { t } from "../words/words.js";

export function showDraftNotice() {
  const close = () => dialog.close();
  const dialog = openDialog({
    title: t("draft.box"),
    classes: "draft-notice",
    body: h("p", {}, t("draft.notice")),
    footer: h("div.d-modal-footer", {}, makeButton(t("draft.drop"), close), makeButton(t("draft.continue"), close, { strong: true })),
  });
}
