// Cuts a picture to 3:4, as covers are: dragged into place, larger by a slider, arrows move it too.
import { h } from "../dom.js";
import { t } from "../words/words.js";

const SHOWN = { width: 270, height: 360 };
const MADE = { width: 1080, height: 1440 };
const ARROW = { ArrowLeft: [8, 0], ArrowRight: [-8, 0], ArrowUp: [0, 8], ArrowDown: [0, -8] };

/** Ask how to cut it. A JPEG, or null where the creator closes it. Raises for what is no picture. */
export async function cropPicture(file) {
  const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  const least = Math.max(SHOWN.width / picture.width, SHOWN.height / picture.height);
  let [zoom, left, top] = [1, 0, 0];
  const canvas = h("canvas", { width: SHOWN.width, height: SHOWN.height, tabindex: "0", role: "img", "aria-label": t("cover-crop-hint") });

  function draw(onto, size) {
    const scale = least * zoom;
    const [wide, high] = [picture.width * scale, picture.height * scale];
    left = Math.min(0, Math.max(left, SHOWN.width - wide));
    top = Math.min(0, Math.max(top, SHOWN.height - high));
    const by = size.width / SHOWN.width;
    const context = onto.getContext("2d");
    context.imageSmoothingQuality = "high";
    context.drawImage(picture, left * by, top * by, wide * by, high * by);
  }
  const paint = () => draw(canvas, SHOWN);
  const move = (x, y) => {
    left += x;
    top += y;
    paint();
  };
  left = (SHOWN.width - picture.width * least) / 2;
  top = (SHOWN.height - picture.height * least) / 2;
  canvas.addEventListener("pointermove", (event) => event.buttons && move(event.movementX, event.movementY));
  canvas.addEventListener("pointerdown", (event) => canvas.setPointerCapture(event.pointerId));
  canvas.addEventListener("keydown", (event) => {
    if (event.key in ARROW) {
      event.preventDefault();
      move(...ARROW[event.key]);
    }
  });
  const slider = h("input", { type: "range", min: "1", max: "4", step: "0.02", value: "1", "aria-label": t("cover-zoom"), oninput: () => {
    const before = zoom;
    zoom = Number(slider.value);
    left = SHOWN.width / 2 - ((SHOWN.width / 2 - left) * zoom) / before;
    top = SHOWN.height / 2 - ((SHOWN.height / 2 - top) * zoom) / before;
    paint();
  } });
  const dialog = h("dialog.crop", { "aria-label": t("cover-crop") },
    h("h3", {}, t("cover-crop")), canvas, slider, h("p.soft", {}, t("cover-crop-hint")),
    h("div.row", {},
      h("button.small", { type: "button", onclick: () => dialog.close() }, t("close")),
      h("button.main", { type: "button", onclick: () => dialog.close("take") }, t("cover-take"))));
  document.body.append(dialog);
  paint();
  dialog.showModal();
  const said = await new Promise((resolve) => dialog.addEventListener("close", () => resolve(dialog.returnValue), { once: true }));
  dialog.remove();
  if (said !== "take") return null;
  const made = h("canvas", MADE);
  draw(made, MADE);
  return new Promise((resolve) => made.toBlob(resolve, "image/jpeg", 0.92));
}
