// The body of the note: the editor, its count, and the topics.
import { call } from "../calls.js";
import { h } from "../dom.js";
import { afterTopic } from "../obstacles/obstacles.js";
import { settings } from "../settings.js";
import { t } from "../words/words.js";
import { makeTopicList } from "./topic_list.js";

const MOST = 1000;

/** The editor that the server names, in its frame. */
export async function makeBody(form) {
  const old = settings.layout === "old";
  const { makeEditor } = await import(old ? "./editor.js" : document.documentElement.dataset.editor);
  const count = h("span.editor-count");
  let list = null;
  const changed = () => {
    const length = editor.text().length;
    const over = length > MOST;
    count.replaceChildren(over ? h("div.length-error", {}, `${length}/${MOST}`) : `${length} /${MOST}`);
    list?.update();
    form.changed?.();
  };
  const editor = makeEditor({
    old,
    placeholder: t("body.placeholder"),
    changed,
    keyDown: (event) => list?.keyDown(event) ?? false,
  });
  list = makeTopicList(editor, {
    search: (name) => searchTopics(name, form, editor),
    picked: () => afterTopic(form),
    tooMany: () => form.toast(t("topic.too-many")),
  });
  if (form.start) editor.setText(form.start.desc, form.start.topics);
  changed();
  form.signal.addEventListener("abort", () => list.close());
  const button = h("button.topic-btn.contentBtn", { type: "button", onclick: () => editor.insert("#") }, `# ${t("topic.button")}`);
  return {
    editor,
    element: h("div.edit-container.editor-container", {},
      h("div.editor-content.tiptap-container", {}, editor.element), h("div.editor-foot", {}, button, count)),
  };
}

async function searchTopics(name, form, editor) {
  const found = await call("POST", "/web_api/sns/v1/search/topic", {
    keyword: name,
    suggest_topic_request: { title: form.titleText(), desc: editor.text() },
    page: { page_size: 20, page: 1 },
  });
  return found.topic_info_dtos;
}
