// The cover of a video: its first frame, unless a picture is given in the dialog.
import { h } from "../dom.js";
import { settings } from "../settings.js";
import { t } from "../words/words.js";
import { makeButton, openDialog } from "./dialog.js";

export function makeCover(form) {
  let cover = null;
  const old = settings.layout === "old";
  const title = h("div.cover-plugin-title", {}, t("cover.title"));
  const preview = h("div.cover-plugin-preview");

  function set(chosen) {
    cover = chosen;
    draw();
    form.changed();
  }
  function draw() {
    const image = cover?.url
      ? h("img.cover-image", { src: cover.url, alt: "" })
      : h("div.cover-first-frame", {}, t(cover ? "cover.given" : "cover.default"));
    const open = () => openCoverDialog(form, set);
    if (old) preview.replaceChildren(title, h("div.cover", {}, h("div.default.row", { onclick: open }, image)));
    else preview.replaceChildren(h("div.upload-cover", { onclick: open }, image, h("div.upload-cover-edit", {}, t("cover.edit"))));
  }
  draw();
  return {
    element: h("div.cover-plugin", {}, old ? null : title, preview),
    apply: (payload) => {
      if (!cover || !payload.video_info) return;
      payload.video_info.cover = {
        fileid: cover.fileId,
        file_id: cover.fileId,
        width: cover.width,
        height: cover.height,
        frame: { ts: 0, is_user_select: false, is_upload: true },
      };
    },
    save: () => cover && { fileId: cover.fileId, width: cover.width, height: cover.height },
    restore: set,
  };
}

function openCoverDialog(form, done) {
  const old = settings.layout === "old";
  const input = h("input", { type: "file", accept: "image/png,image/jpeg,image/*" });
  const state = h("div.cover-state", {}, t("cover.choose"));
  const frame = h("div.cover-frame", {}, t("cover.default"));
  const upload = h("div.cover-upload", {}, h("div.upload-wrapper", {}, input, state));
  const tabs = [
    [t("cover.frame"), frame],
    [t("cover.upload"), upload],
  ];
  let chosen = null;

  const confirm = makeButton(t("dialog.ok"), finish, { strong: true, classes: old ? "mojito-button" : "" });
  const cancel = makeButton(t("dialog.cancel"), () => dialog.close(), { classes: old ? "mojito-button" : "" });
  const headers = tabs.map(([text, body]) => h("div.d-tabs-header", { onclick: () => show(body) }, text));
  function show(body) {
    tabs.forEach(([, other], place) => {
      other.hidden = other !== body;
      headers[place].classList.toggle("d-tabs-header-active", other === body);
    });
  }
  async function take() {
    const [file] = input.files;
    if (!file) return;
    confirm.disabled = true;
    state.replaceChildren(t("cover.uploading"));
    try {
      chosen = { ...(await form.upload(file, "image")), url: URL.createObjectURL(file) };
      state.replaceChildren(h("img.cover-image", { src: chosen.url, alt: "" }));
    } catch {
      state.replaceChildren(t("cover.choose"));
    }
    confirm.disabled = false;
  }
  input.addEventListener("change", take);
  const dialog = openDialog({
    title: t("cover.title"),
    classes: old ? "cover-modal" : "",
    body: [h("div.d-tabs-headers", {}, headers), frame, upload],
    footer: h("div.d-modal-footer", {}, cancel, confirm),
  });
  show(frame);

  function finish() {
    dialog.close();
    if (chosen) done(chosen);
  }
}
