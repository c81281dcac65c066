// Our own editor of the body: renders and behaves as the real page's does, as far as a note needs it.
//
// Whatever takes its place keeps the promises of `makeEditor`.
import { h } from "../dom.js";
import { settings } from "../settings.js";
import { describe, EMPTY, endOf, readLine, replace, step, topicsOf, typedTopic } from "./document.js";
import { draw, placeAt, pointAt, read } from "./view.js";

/** Make an editor. `changed()` is called after each change, `keyDown(event)` before a key does
 *  anything: it returns whether it took the key. The result has
 *  `element`; `text()`, the description with topics as `#name[话题]#`; `topics()`, each as { id, name, link };
 *  `typed()`, the name that is being typed behind a `#` at the caret, or null; `insertTopic(topic)`, which
 *  puts a topic and a blank in the place of that; `insert(text)` at the caret;
 *  `setText(text, topics)`, whose markers become the topics of their names. `old`: with the element of
 *  the page's old layout. */
export function makeEditor({ placeholder, changed, keyDown, old = false }) {
  let paragraphs = EMPTY;
  const element = old
    ? h("div.ql-editor", { contenteditable: "true", "aria-label": placeholder, "data-placeholder": placeholder })
    : h("div.tiptap.ProseMirror", {
        contenteditable: "true", role: "textbox", translate: "no", tabindex: "0", "aria-label": placeholder,
      });
  const observer = new MutationObserver(takeOver);
  let composing = false;

  /** From and to of the selection; the end of the text where it is elsewhere. */
  function selected(range = selectedRange()) {
    if (!range) return [endOf(paragraphs), endOf(paragraphs)];
    return [
      placeAt(element, paragraphs, range.startContainer, range.startOffset),
      placeAt(element, paragraphs, range.endContainer, range.endOffset),
    ];
  }

  function selectedRange() {
    const selection = getSelection();
    const inside = selection.rangeCount && element.contains(selection.getRangeAt(0).commonAncestorContainer);
    return inside ? selection.getRangeAt(0) : null;
  }

  function show(place) {
    draw(element, paragraphs, placeholder);
    observer.takeRecords();
    if (place && document.activeElement === element) getSelection().collapse(...pointAt(element, place));
    changed();
  }

  function put(inserted, [from, to] = selected()) {
    const done = replace(paragraphs, from, to, inserted);
    paragraphs = done.paragraphs;
    show(done.place);
  }

  function erase(forward) {
    const [from, to] = selected();
    const isCaret = from.paragraph === to.paragraph && from.offset === to.offset;
    const other = isCaret ? step(paragraphs, from, forward) : to;
    put([[]], forward || !isCaret ? [from, other] : [other, from]);
  }

  /** Take over what somebody else changed in the element: a script, or an input method. */
  function takeOver() {
    if (composing) return;
    paragraphs = read(element);
    const range = selectedRange();
    show(range && selected(range)[1]);
  }

  const TYPED = {
    insertText: (event) => put(linesPutIn(event.data ?? "")),
    insertReplacementText: (event) => put([[{ text: event.dataTransfer?.getData("text/plain") ?? event.data ?? "" }]], selected(event.getTargetRanges()[0])),
    insertParagraph: () => put([[], []]),
    insertLineBreak: () => put([[{ hardBreak: true }]]),
    deleteContentBackward: () => erase(false),
    deleteContentForward: () => erase(true),
  };

  element.addEventListener("beforeinput", (event) => {
    if (event.isComposing || event.inputType === "insertCompositionText") return;
    event.preventDefault();
    if (TYPED[event.inputType]) TYPED[event.inputType](event);
    else if (event.inputType.startsWith("delete")) put([[]], selected(event.getTargetRanges()[0]));
  });
  element.addEventListener("keydown", (event) => {
    if (!event.isComposing && keyDown(event)) event.preventDefault();
  });
  element.addEventListener("paste", (event) => {
    event.preventDefault();
    // One line end or many: the real editor makes no empty paragraph of a blank line.
    put(linesOf(event.clipboardData.getData("text/plain"), /(?:\r\n?|\n)+/));
  });
  element.addEventListener("compositionstart", () => { composing = true; });
  element.addEventListener("compositionend", () => {
    composing = false;
    takeOver();
  });
  document.addEventListener("selectionchange", () => {
    if (element.isConnected && selectedRange()) changed();
  });

  draw(element, paragraphs, placeholder);
  observer.observe(element, { childList: true, subtree: true, characterData: true });
  return {
    element,
    text: () => describe(paragraphs),
    topics: () => topicsOf(paragraphs),
    typed: () => (selectedRange()?.collapsed ? typedTopic(paragraphs, selected()[1])?.name ?? null : null),
    insertTopic: (topic) => {
      const [, to] = selected();
      const { from } = typedTopic(paragraphs, to);
      put([[{ topic }, { text: " " }]], [from, to]);
    },
    insert: (text) => {
      element.focus();
      put([[{ text }]]);
    },
    setText: (text, topics = []) => {
      paragraphs = text.split("\n").map((line) => readLine(line, topics));
      show(null);
    },
  };
}

/** What a text becomes that is put in whole. */
function linesPutIn(text) {
  const end = /\r\n?|\n/g;
  return settings.lineEnds === "blanks" ? [[{ text: text.replace(end, " ") }]] : linesOf(text, end);
}

/** A paragraph for each line of a text. */
function linesOf(text, end) {
  return text.split(end).map((line) => (line ? [{ text: line }] : []));
}
