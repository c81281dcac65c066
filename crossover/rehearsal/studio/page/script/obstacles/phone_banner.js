// The banner of an account whose phone is not bound: the button looks alive and does nothing.
import { h } from "../dom.js";
import { t } from "../words/words.js";

export function showPhoneBanner(container) {
  container.prepend(h("div.bind-phone-banner", { role: "alert" }, t("phone.not-bound")));
}
