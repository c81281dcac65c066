// The video of a note: how far its upload is, its processing, and the picture that stands for it.
import { call } from "../calls.js";
import { h } from "../dom.js";
import { makeHiddenInput } from "../obstacles/inputs.js";
import { failureText, putFile } from "../upload/files.js";
import { sizeOfVideo } from "../upload/sizes.js";
import { t } from "../words/words.js";
import { pause } from "./pause.js";
import { process } from "./process.js";
import { makeInput } from "./upload_area.js";

const FRAME_SECONDS = 0.2;

export function makeVideo(form) {
  let video = form.start?.media ?? null;
  let uploaded = video !== null;
  const stage = h("div.stage");
  const preview = h("div.preview-new", {}, stage);
  let input = makeInput("upload-input", "video", false, (files) => add(files));
  const element = h("div.cover-container", {}, makeHiddenInput(), input, preview);
  const say = (...lines) => stage.replaceChildren(...lines);
  const replaceInput = () => {
    const next = makeInput("upload-input", "video", false, (files) => add(files));
    input.replaceWith(next);
    input = next;
  };
  const showDone = () =>
    say(
      h("span.good", {}, t("upload.good")),
      h("span.done", {}, t("upload.done")),
      h("span.reupload", { onclick: () => input.click() }, t("upload.again")),
    );
  if (video) showDone();

  const add = async ([file]) => {
    video = null;
    uploaded = false;
    replaceInput();
    form.changed?.();
    const began = performance.now();
    try {
      const size = await sizeOfVideo(file);
      const sent = await putFile(file, "video", (bytes, all) => say(h("span", {}, progress(bytes, all, began))));
      uploaded = true;
      say(h("span", {}, t("upload.processing")));
      form.changed();
      await process(form.signal);
      const frame = await firstFrame(sent.videoId, form.signal);
      video = asVideo({ ...sent, ...size, bytes: file.size, frame });
      showDone();
    } catch (error) {
      say(h("span.failed", {}, failureText(error)));
    }
    form.changed();
  };

  return {
    element,
    add,
    isUploaded: () => uploaded,
    isReady: () => video !== null,
    save: () => video,
    payload: () => ({ image_info: null, video_info: structuredClone(video) }),
  };
}

function progress(bytes, all, began) {
  const seconds = (performance.now() - began) / 1000 || 1;
  return t("upload.running", {
    percent: Math.floor((100 * bytes) / (all || 1)),
    speed: `${(bytes / 1024 / 1024 / seconds).toFixed(1)}MB/s`,
  });
}

/** The id of the picture that the site takes from the video; it is not there at once. */
async function firstFrame(videoId, signal) {
  while (!signal.aborted) {
    const query = `video_id=${videoId}&need_transcode=false&resource_type=0`;
    const found = await call("GET", `/web_api/sns/capa/postgw/query_transcode?${query}`);
    if (found.hasFirstFrame) return found.firstFrameFileId;
    await pause(FRAME_SECONDS, signal);
  }
  return null;
}

function asVideo({ fileId, width, height, milliseconds, bytes, frame }) {
  const seconds = milliseconds / 1000;
  const picture = { width, height, duration: milliseconds };
  if (seconds) picture.bitrate = Math.round((bytes * 8) / seconds);
  const metadata = { video: picture, audio: { duration: milliseconds } };
  const segment = { mute: 0, speed: 1, start: 0, duration: seconds, transcoded: 0, media_source: 1, original_metadata: metadata };
  return {
    fileid: fileId,
    file_id: fileId,
    format_width: width,
    format_height: height,
    video_preview_type: height > width ? "full_vertical_screen" : "",
    composite_metadata: metadata,
    timelines: [],
    cover: {
      fileid: frame,
      file_id: frame,
      width,
      height,
      frame: { ts: 0, is_user_select: false, is_upload: false },
    },
    chapters: [],
    chapter_sync_text: false,
    segments: { count: 1, need_slice: false, items: [segment] },
    entrance: "web",
  };
}
