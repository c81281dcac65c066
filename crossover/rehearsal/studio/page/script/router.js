// Which address shows what. Going from one to another loads nothing anew, as on the real site.
import { settings } from "./settings.js";

const PAGES = {
  "/login": async () => (await import("./login.js")).showLogin,
  "/publish/publish": async () => (await import("./publish/page.js")).showPublish,
  "/publish/success": async () => (await import("./success.js")).showSuccess,
  "/publish/update": async () => (await import("./edit_page.js")).showEditPage,
  "/new/home": async () => (await import("./home.js")).showHome,
  "/new/note-manager": async () => (await import("./notes/manager.js")).showManager,
  "/web-login/captcha": async () => (await import("./warning.js")).showWarning,
  "/website-login/error": async () => (await import("./warning.js")).showWarning,
};

/** Ended when another page is shown: what a page began stops with it. */
let shown = new AbortController();

/** Show the page of the current address in place of what was there. */
export async function showPage() {
  shown.abort();
  shown = new AbortController();
  document.documentElement.lang = settings.language === "en" ? "en" : "zh-CN";
  const load = PAGES[location.pathname] ?? PAGES["/new/home"];
  const show = await load();
  document.getElementById("app").replaceChildren();
  await show(document.getElementById("app"), shown.signal);
}

/** Go to another address of the studio. */
export async function goTo(address) {
  history.pushState(null, "", address);
  await showPage();
}
