// What lies in the way of a person who fills in the page, each as its switch says.
import { makeButton, openDialog } from "../controls/dialog.js";
import { h } from "../dom.js";
import { settings } from "../settings.js";
import { t } from "../words/words.js";
import { showDraftNotice } from "../drafts/draft_notice.js";
import { showFeatureGuide } from "./feature_guide.js";
import { showPhoneBanner } from "./phone_banner.js";
import { showShortNoteTip } from "./short_note_tip.js";
import { makeBusy } from "./slow_body.js";
import { showTabPopover } from "./tab_popover.js";

/** Show what is there when the page opens, before a file is given. */
export function showAtOpening(container) {
  if (settings.phoneNotBound) showPhoneBanner(container);
  if (settings.tabPopover) showTabPopover();
  if (settings.draftNotice) showDraftNotice();
  if (settings.unknownDialog) showUnknownDialog();
  if (settings.secondPublishText) container.querySelector(".header-tabs").append(h("button.recommend-publish", { type: "button" }, t("submit")));
}

/** Show what comes with the form. */
export function showObstacles(form) {
  if (settings.asksLocation && form.kind === "video") navigator.geolocation?.getCurrentPosition(() => {}, () => {});
  if (settings.featureGuide) showFeatureGuide(form);
  if (settings.shortNoteTip) showShortNoteTip(form);
  if (settings.slowBody) makeBusy(form, settings.slowBody);
  form.activityShown = false;
}

/** Show what comes after a topic was picked. */
export function afterTopic(form) {
  if (!settings.activityDialog || form.activityShown) return;
  form.activityShown = true;
  openDialog({ title: t("activity.title"), classes: "activity-dialog", body: h("p", {}, t("activity.text")) });
}

/** Whether a press of the publish button does anything. */
export function mayPress() {
  return !settings.phoneNotBound;
}

function showUnknownDialog() {
  const agree = makeButton(t("unknown.agree"), () => dialog.close(), { strong: true });
  const dialog = openDialog({
    title: t("unknown.title"),
    body: h("p", {}, t("unknown.text")),
    footer: h("div.d-modal-footer", {}, agree),
  });
}
