// The note as the create call wants it.

const NONE = { noteOrderBind: {}, notePostTiming: {}, noteCollectionBind: { id: "" } };

/** The payload of what the form holds; the controls put in what was chosen there. */
export function makePayload(form) {
  const payload = {
    common: {
      type: form.kind === "image" ? "normal" : "video",
      title: form.titleText(),
      note_id: form.note?.id ?? "",
      desc: form.editor.text(),
      source: JSON.stringify({
        type: "web",
        ids: "",
        extraInfo: JSON.stringify({ subType: "official", systemId: "web" }),
      }),
      business_binds: { version: 1, noteId: 0, bizType: 0, ...NONE, optionRelationList: [] },
      ats: [],
      hash_tag: hashTags(form.editor.topics()),
      privacy_info: { op_type: 1, type: 0, user_ids: [] },
    },
    ...form.media.payload(),
  };
  form.controls.apply(payload);
  payload.common.business_binds = JSON.stringify(payload.common.business_binds);
  return payload;
}

function hashTags(topics) {
  const once = new Map(topics.map((topic) => [topic.name, topic]));
  return [...once.values()].map(({ id, name, link }) => ({ id, name, link, type: "topic" }));
}
