// The text of a note in the page, with the elements that the real site's editor (tiptap) makes.
import { h } from "../dom.js";
import { lengthOf, sizeOf } from "./document.js";

/** Draw the paragraphs in `root` anew. */
export function draw(root, paragraphs, placeholder) {
  const isEmpty = paragraphs.length === 1 && paragraphs[0].length === 0;
  root.replaceChildren(...paragraphs.map((paragraph) => drawParagraph(paragraph, isEmpty ? placeholder : null)));
}

function drawParagraph(paragraph, placeholder) {
  const [first, last] = [paragraph.at(0), paragraph.at(-1)];
  return h("p", placeholder === null ? {} : { class: "is-empty is-editor-empty", "data-placeholder": placeholder },
    // As the real editor does, so that a caret can stand before what is no text.
    first && first.text === undefined ? h("img.ProseMirror-separator", { alt: "" }) : null,
    ...paragraph.map(drawPiece),
    // Without it a browser shows no line that a caret could stand in.
    !last || last.hardBreak ? h("br.ProseMirror-trailingBreak") : null);
}

function drawPiece(piece) {
  if (piece.hardBreak) return h("br");
  if (!piece.topic) return document.createTextNode(piece.text);
  return h("a.tiptap-topic", { "data-topic": JSON.stringify(piece.topic), contenteditable: "false" },
    `#${piece.topic.name}`, h("span.content-hide", {}, "[话题]#"));
}

/** Read the paragraphs that stand in `root`, whoever made them. */
export function read(root) {
  const paragraphs = [];
  for (const child of root.childNodes) {
    const isBlock = child.nodeName === "P" || child.nodeName === "DIV";
    paragraphs.push(isBlock ? [...child.childNodes].flatMap(readPiece) : readPiece(child));
  }
  return paragraphs.length ? paragraphs : [[]];
}

function readPiece(node) {
  if (node.nodeType === Node.TEXT_NODE) return node.data ? [{ text: node.data.replace(/\r\n?|\n/g, " ") }] : [];
  if (node.nodeName === "BR") return node.classList.contains("ProseMirror-trailingBreak") ? [] : [{ hardBreak: true }];
  if (node.matches?.("a.tiptap-topic[data-topic]")) return [{ topic: JSON.parse(node.dataset.topic) }];
  return [...node.childNodes].flatMap(readPiece);
}

/** The place in the paragraphs where a point of the page lies. */
export function placeAt(root, paragraphs, node, offset) {
  if (node === root) {
    const paragraph = Math.min(offset, paragraphs.length - 1);
    return { paragraph, offset: offset > paragraph ? lengthOf(paragraphs[paragraph]) : 0 };
  }
  let block = node;
  while (block.parentNode !== root) block = block.parentNode;
  const paragraph = [...root.childNodes].indexOf(block);
  let before = 0;
  let at = node === block ? block.childNodes[offset] ?? null : node;
  if (node !== block) {
    while (at.parentNode !== block) at = at.parentNode;
    before = at.nodeType === Node.TEXT_NODE ? offset : Number(offset > 0);
  }
  for (const child of block.childNodes) {
    if (child === at) break;
    before += readPiece(child).reduce((sum, piece) => sum + sizeOf(piece), 0);
  }
  return { paragraph, offset: Math.min(before, lengthOf(paragraphs[paragraph] ?? [])) };
}

/** The point of the page where a place lies, as a node and an offset in it. */
export function pointAt(root, { paragraph, offset }) {
  const block = root.childNodes[paragraph];
  let left = offset;
  for (const [number, child] of [...block.childNodes].entries()) {
    if (child.nodeName === "IMG") continue;
    const isText = child.nodeType === Node.TEXT_NODE;
    const size = isText ? child.length : readPiece(child).length;
    if (isText && left <= size) return [child, left];
    if (left === 0) return [block, number];
    left -= size;
  }
  return [block, block.childNodes.length];
}
