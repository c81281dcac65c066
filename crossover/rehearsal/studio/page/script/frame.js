// What all pages of the studio have around them: the bar at the top, which says that this is practice.
import { h } from "./dom.js";
import { goTo } from "./router.js";
import { settings } from "./settings.js";
import { practiceText } from "./words/practice.js";
import { t } from "./words/words.js";

const LINKS = [
  ["home", "/new/home"],
  ["publish-note", "/publish/publish?source=official"],
  ["note-manager", "/new/note-manager"],
];

/** The bar, for the top of a page. */
export function makeFrame() {
  const links = LINKS.map(([key, address]) =>
    h("a", { href: address, onclick: (event) => { event.preventDefault(); goTo(address); } }, t(key)),
  );
  const name = settings.site === "rednote.com" ? "rednote" : "小红书";
  return h("header.studio-bar", {},
    h("b", {}, `${name} ${t("studio")}`),
    h("nav", {}, ...links),
    h("span.practice-mark", { title: practiceText("note") }, practiceText("practice")),
  );
}
