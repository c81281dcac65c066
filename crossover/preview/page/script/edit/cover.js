// The cover of a video: a frame from its film strip, or a picture of the creator's own, cut to shape.
import { h } from "../dom.js";
import { t } from "../words/words.js";
import { cropPicture } from "./crop.js";

export function makeCoverField({ app, number, decide, note }) {
  const told = h("p.soft.hint", { role: "status" });
  const strip = h("div.film", { role: "group", "aria-label": t("cover-label") });
  const file = h("input", { type: "file", accept: "image/*", hidden: true, tabindex: "-1", onchange: () => take(file.files[0]) });
  const choose = h("button.small", { type: "button", onclick: () => file.click() }, t("cover-file"));
  const open = h("details.film-strip", { ontoggle: () => open.open && load() }, h("summary", {}, h("span", {})), strip, choose, file, told);
  let frames = null;

  async function load() {
    if (frames) return;
    told.textContent = t("cover-wait");
    try {
      ({ frames } = await app.ask(`/frames/${number}`));
      told.textContent = "";
      paint();
    } catch (error) {
      told.textContent = error.message;
    }
  }

  function paint() {
    const chosen = note().decided.cover;
    strip.replaceChildren(...frames.map(({ seconds, src }) =>
      h("button.frame", { type: "button", "aria-pressed": String(chosen?.seconds === seconds), "aria-label": t("cover-frame", { seconds }), title: t("cover-frame", { seconds }), onclick: () => decide({ seconds }) }, h("img", { src, alt: "", draggable: "false" }))));
  }

  async function take(picture) {
    file.value = "";
    if (!picture) return;
    let blob;
    try {
      blob = await cropPicture(picture);
    } catch {
      told.textContent = t("cover-unreadable");
      return;
    }
    if (!blob) return;
    try {
      const { file: path } = await app.ask("/covers", blob);
      await decide({ file: path });
    } catch (error) {
      told.textContent = error.message;
    }
  }

  return {
    element: open,
    refresh(shown) {
      const chosen = shown.decided.cover;
      const said = !chosen ? t("cover-auto") : chosen.file ? chosen.file.split("/").at(-1) : t("cover-frame", chosen);
      open.querySelector("summary span").textContent = said;
      if (frames) paint();
    },
  };
}
