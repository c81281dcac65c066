// tiptap itself in the place of practice's own editor, with the same promises (editor/editor.js).
import { Document, Editor, HardBreak, Node, Paragraph, Placeholder, Text, UndoRedo } from "./bundle.js";
import { readLine } from "/studio/script/editor/document.js";

const TYPED = /(?:^|\s)#([^\s#]+)$/;

const Topic = Node.create({
  name: "topic",
  group: "inline",
  inline: true,
  atom: true,
  selectable: false,
  addAttributes: () => ({
    topic: { default: null, parseHTML: (element) => JSON.parse(element.dataset.topic), renderHTML: () => ({}) },
  }),
  parseHTML: () => [{ tag: "a.tiptap-topic[data-topic]" }],
  renderHTML: ({ node: { attrs: { topic } } }) => [
    "a",
    { class: "tiptap-topic", "data-topic": JSON.stringify(topic), contenteditable: "false" },
    `#${topic.name}`,
    ["span", { class: "content-hide" }, "[话题]#"],
  ],
});

export function makeEditor({ placeholder, changed, keyDown }) {
  const element = document.createElement("div");
  const editor = new Editor({
    element,
    extensions: [Document, Paragraph, Text, HardBreak, UndoRedo, Topic, Placeholder.configure({ placeholder })],
    injectCSS: false,
    editorProps: {
      attributes: { role: "textbox", "aria-label": placeholder },
      handleKeyDown: (_view, event) => keyDown(event),
    },
    onTransaction: () => changed(),
  });

  /** The topic being typed before the caret, as what a pattern found and where it ends. */
  const beingTyped = () => {
    const { empty, $from } = editor.state.selection;
    const before = empty && $from.nodeBefore?.isText ? $from.nodeBefore.text : "";
    const found = TYPED.exec(before);
    return found && { name: found[1], to: $from.pos };
  };
  const paragraphs = () => {
    const found = [];
    editor.state.doc.forEach((node) => found.push(node));
    return found;
  };
  return {
    element,
    text: () => paragraphs().map(describe).join("\n"),
    topics: () => {
      const found = [];
      editor.state.doc.descendants((node) => void (node.type.name === "topic" && found.push(node.attrs.topic)));
      return found;
    },
    typed: () => beingTyped()?.name ?? null,
    insertTopic: (topic) => {
      const { name, to } = beingTyped();
      const content = [{ type: "topic", attrs: { topic } }, { type: "text", text: " " }];
      editor.chain().focus().insertContentAt({ from: to - name.length - 1, to }, content).run();
    },
    insert: (text) => editor.chain().focus().insertContent(text).run(),
    setText: (text, topics = []) => {
      const lines = text.split("\n").map((line) => ({ type: "paragraph", content: readLine(line, topics).map(asNode) }));
      editor.commands.setContent({ type: "doc", content: lines });
    },
  };
}

function asNode(piece) {
  return piece.topic ? { type: "topic", attrs: { topic: piece.topic } } : { type: "text", text: piece.text };
}

function describe(paragraph) {
  let text = "";
  paragraph.forEach((node) => {
    if (node.type.name === "topic") text += `#${node.attrs.topic.name}[话题]#`;
    else text += node.type.name === "hardBreak" ? "\n" : node.text;
  });
  return text;
}
