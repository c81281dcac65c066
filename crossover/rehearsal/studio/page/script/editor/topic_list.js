// The list of topics under the caret while one is being typed.
import { h } from "../dom.js";
import { settings } from "../settings.js";
import { t } from "../words/words.js";

const MOST = 10;
const DELAYS = [200, 400]; // milliseconds after the answer, by turns

/** Watch an editor for a topic that is being typed. `search(name)` gives those found, `picked()` is
 *  called after one was taken, `tooMany()` when there are as many as a note may have. */
export function makeTopicList(editor, { search, picked, tooMany }) {
  let asked = null;
  let shown = null;
  let warned = false;
  let turn = 0;

  const close = () => {
    shown?.root.remove();
    shown = null;
  };

  const update = () => {
    const name = editor.typed();
    if (name === asked) return;
    asked = name;
    if (!name) {
      warned = false;
      close();
    } else if (editor.topics().length >= MOST) {
      close();
      if (!warned) tooMany();
      warned = true;
    } else {
      look(name);
    }
  };

  const look = async (name) => {
    const found = await search(name).catch(() => []);
    await new Promise((resolve) => setTimeout(resolve, DELAYS[turn++ % DELAYS.length]));
    if (asked !== name) return; // another letter was typed in the meantime
    close();
    if (found.length) open(name, found);
  };

  const open = (name, found) => {
    const rows = found.map((topic) => ({ topic, count: t("topic.views", { count: inWords(topic.view_num) }) }));
    if (!found.some((topic) => topic.name === name)) rows.push({ topic: { id: "", name, link: "" }, count: t("topic.new") });
    const items = rows.map(({ topic, count }) =>
      h("div.item", {
        // The caret stays where it is in the text.
        onmousedown: (event) => event.preventDefault(),
        onclick: () => take(topic),
      }, h("span.name", {}, `#${topic.name}`), h("span.num", {}, count)));
    const root = h("div", { "data-tippy-root": true },
      h("div.tippy-box", { role: "tooltip" },
        h("div.tippy-content", {}, h("div", { id: "creator-editor-topic-container" }, items))));
    shown = { root, items, topics: rows.map((row) => row.topic), selected: 0 };
    document.body.append(root);
    select(0);
    placeUnderCaret(root);
  };

  const select = (number) => {
    shown.selected = (number + shown.items.length) % shown.items.length;
    shown.items.forEach((item, place) => item.classList.toggle("is-selected", place === shown.selected));
  };

  const take = ({ id, name, link }) => {
    if (settings.topicListStays) leaveOpen(shown.root);
    else shown.root.remove();
    shown = null;
    editor.insertTopic({ id, name, link });
    picked();
  };

  const KEYS = {
    ArrowDown: () => select(shown.selected + 1),
    ArrowUp: () => select(shown.selected - 1),
    Enter: () => take(shown.topics[shown.selected]),
    Escape: close,
  };
  const keyDown = (event) => {
    if (!shown || !KEYS[event.key]) return false;
    KEYS[event.key]();
    return true;
  };

  return { update, close, keyDown };
}

/** Leave a list over the publish button until a click beside it, or Esc. */
function leaveOpen(root) {
  const button = document.querySelector(".publish-page-publish-btn").getBoundingClientRect();
  root.style.left = `${button.left + scrollX}px`;
  root.style.top = `${button.top + scrollY}px`;
  root.style.width = `${button.width}px`;
  const end = (event) => {
    if (event.type === "keydown" ? event.key !== "Escape" : root.contains(event.target)) return;
    root.remove();
    document.removeEventListener("keydown", end, true);
    document.removeEventListener("mousedown", end, true);
  };
  document.addEventListener("keydown", end, true);
  document.addEventListener("mousedown", end, true);
}

/** Large numbers in short: 1.4亿, 23.5万 as the site has them; 140M in English, as we guess. */
function inWords(count) {
  if (settings.language === "en") {
    return new Intl.NumberFormat("en", { notation: "compact" }).format(count);
  }
  if (count >= 1e8) return `${(count / 1e8).toFixed(1)}亿`;
  return count >= 1e4 ? `${(count / 1e4).toFixed(1)}万` : String(count);
}

function placeUnderCaret(root) {
  const selection = getSelection();
  if (!selection.rangeCount) return;
  const box = selection.getRangeAt(0).getBoundingClientRect();
  root.style.left = `${box.left + scrollX}px`;
  root.style.top = `${box.bottom + scrollY + 6}px`;
}
