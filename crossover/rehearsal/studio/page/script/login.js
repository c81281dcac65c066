// The sign-in: the phone form first, and the QR code behind the picture in the corner.
import { call } from "./calls.js";
import { h } from "./dom.js";
import { drawCode } from "./qr_picture.js";
import { goTo } from "./router.js";
import { practiceLines, practiceText } from "./words/practice.js";
import { t } from "./words/words.js";

export function showLogin(app) {
  const box = h("div.login-box-container");
  const showPhone = () => box.replaceChildren(makeCorner(showCode), ...phoneForm());
  const showCode = () => box.replaceChildren(makeCorner(showPhone), ...codeForm());
  showPhone();
  app.append(h("div.login-page", {}, box, h("div.login-notes", {}, practiceLines("sign-in"), practiceLines("note"))));
}

function makeCorner(change) {
  return h("img.css-wemwzq", { src: drawCode(9), alt: t("login.switch"), onclick: change });
}

function phoneForm() {
  const hint = h("p.login-hint");
  const refuse = () => hint.replaceChildren(practiceText("no-sms"));
  return [
    h("h1", {}, t("login.phone")),
    h("input", { type: "tel", placeholder: t("login.number"), "aria-label": t("login.number") }),
    h("input", { inputmode: "numeric", placeholder: t("login.code"), "aria-label": t("login.code") }),
    h("button.beer-login-btn", { type: "button", onclick: refuse }, t("login.enter")),
    hint,
  ];
}

function codeForm() {
  return [
    h("div.login-scan-text", {}, t("login.scan")),
    h("div.login-code-box", {}, h("img.login-code", { src: drawCode(25), alt: "" })),
    h("button.pretend", { type: "button", onclick: scan }, practiceLines("pretend")),
  ];
}

async function scan() {
  await call("POST", "/@sandbox/scan-code");
  await goTo(lastAddress());
}

/** Where the creator was led away from; only a page of this site. */
function lastAddress() {
  const last = new URLSearchParams(location.search).get("lastUrl") ?? "";
  return /^\/(publish|new)\//.test(last) ? last : "/new/home";
}
