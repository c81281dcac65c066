// The pictures of a note: a tile each, and the place for more.
import { h } from "../dom.js";
import { failureText, putFile } from "../upload/files.js";
import { sizeOfPicture } from "../upload/sizes.js";
import { t } from "../words/words.js";
import { process } from "./process.js";
import { makeInput } from "./upload_area.js";

const MOST = 18;

export function makePictures(form) {
  const pictures = (form.start?.media ?? []).map((done) => {
    const picture = { file: null, tile: null, done };
    picture.tile = makeTile(picture, () => take(picture));
    markDone(picture.tile);
    return picture;
  });
  const list = h("div.img-list");
  const status = h("div.status");
  const element = h("div.img-upload-area", {}, h("div.img-preview-area", {}, list), status);

  const show = () => {
    status.textContent = `${pictures.length}/${MOST}`;
    list.replaceChildren(
      ...pictures.map((one) => one.tile),
      ...(pictures.length < MOST ? [h("div.entry", {}, makeInput("upload-input", "image", true, add), h("span", {}, t("upload.more")))] : []),
    );
  };

  const add = (files) => {
    const room = MOST - pictures.length;
    if (files.length > room) form.toast(t("upload.too-many"));
    for (const file of files.slice(0, room)) {
      const picture = { file, tile: null, done: null };
      picture.tile = makeTile(picture, () => take(picture));
      pictures.push(picture);
      send(picture);
    }
    show();
    form.changed?.();
  };

  const take = (picture) => {
    if (pictures.length === 1) return form.toast(t("upload.last"));
    pictures.splice(pictures.indexOf(picture), 1);
    show();
    return form.changed();
  };

  let sending = Promise.resolve();
  const send = async (picture) => {
    try {
      const size = await sizeOfPicture(picture.file);
      // One is sent after the other; the site works on several at a time.
      const sent = sending.then(() => putFile(picture.file, "image"));
      sending = sent.catch(() => {});
      const { fileId } = await sent;
      await process(form.signal);
      picture.done = asImage({ fileId, mime: picture.file.type, ...size });
      markDone(picture.tile);
    } catch (error) {
      markFailed(picture.tile, failureText(error));
    }
    show();
    form.changed();
  };

  show();
  return {
    element,
    add,
    isUploaded: () => true,
    isReady: () => pictures.length > 0 && pictures.every((one) => one.done),
    save: () => pictures.map((one) => one.done),
    payload: () => ({ image_info: { images: pictures.map((one) => one.done) }, video_info: null }),
  };
}

function makeTile(picture, take) {
  const image = h("img", { alt: "", src: picture.file && URL.createObjectURL(picture.file) });
  return h("div.img-container", {}, image,
    h("div.mask.hover-mask.prerender", {}, h("span.close-btn", { onclick: take }, "×")));
}

function markDone(tile) {
  tile.classList.add("pr");
  tile.querySelector(".mask").classList.remove("prerender");
}

function markFailed(tile, text) {
  tile.append(h("div.upload-failed", {}, text));
}

function asImage({ fileId, width, height, mime }) {
  return {
    file_id: fileId,
    width,
    height,
    metadata: { source: -1 },
    stickers: { version: 2, floating: [] },
    extra_info_json: JSON.stringify({ mimeType: mime }),
  };
}
