// The page that edits a note: the same form, filled with what is there, and one button.
import { call } from "./calls.js";
import { h } from "./dom.js";
import { makeFrame } from "./frame.js";
import { startForm } from "./publish/form.js";

export async function showEditPage(app, signal) {
  const id = new URLSearchParams(location.search).get("id") ?? "";
  const place = h("div.publish-page-content");
  const container = h("div.publish-page", { id: "publish-container" }, place);
  app.append(makeFrame(), h("main.publish", {}, container));
  const payload = await call("GET", `/web_api/sns/capa/postgw/note/detail?note_id=${encodeURIComponent(id)}`).catch(() => null);
  if (!payload || signal.aborted) return;
  await startForm({ kind: payload.common.type === "video" ? "video" : "image", container, place, signal, note: readNote(payload) });
}

/** A stored note, as the form takes it. */
function readNote({ common, image_info: images, video_info: video }) {
  const binds = JSON.parse(common.business_binds);
  const time = binds.notePostTiming.postTime;
  return {
    id: common.note_id,
    title: common.title,
    desc: common.desc,
    topics: common.hash_tag,
    media: images?.images ?? video,
    choices: {
      cover: video?.cover?.frame?.is_upload ? { fileId: video.cover.file_id, width: video.cover.width, height: video.cover.height } : null,
      original: binds.originalBind?.original === true,
      declaration: binds.userDeclarationBind ?? null,
      visibility: common.privacy_info.type,
      schedule: time ? Number(time) : null,
    },
  };
}
