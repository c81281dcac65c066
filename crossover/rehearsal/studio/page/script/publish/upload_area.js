// Where the first file is put: by a click, or dropped.
import { h } from "../dom.js";
import { placeInput } from "../obstacles/inputs.js";
import { t } from "../words/words.js";

const VIDEO_TYPES = ".mp4,.mov,.flv,.f4v,.mkv,.rm,.rmvb,.m4v,.mpg,.mpeg,.ts";
const IMAGE_TYPES = ".jpg,.jpeg,.png,.webp";

/** The area for one kind of note; `take(files)` gets what was chosen. */
export function makeUploadArea(kind, take) {
  const spot = h("div.drag-over");
  const give = placeInput(spot, () => makeInput("upload-input", kind, kind === "image", take));
  const area = h("div.upload-content", {},
    h("div.upload-wrapper", {}, spot),
  );
  spot.append(
    h("p.upload-text", {}, t(`upload.${kind}`)),
    h("button.upload-button", { type: "button", onclick: () => give().click() }, t(`upload.${kind}-button`)),
  );
  area.addEventListener("dragover", (event) => event.preventDefault());
  area.addEventListener("drop", (event) => {
    event.preventDefault();
    if (event.dataTransfer.files.length) take([...event.dataTransfer.files]);
  });
  return area;
}

/** An input for files, laid out and transparent; `take(files)` gets what was chosen. */
export function makeInput(name, kind, multiple, take) {
  const accept = kind === "image" ? IMAGE_TYPES : VIDEO_TYPES;
  const input = h("input", { type: "file", class: name, accept, multiple, "aria-label": t(`upload.${kind}-button`) });
  input.addEventListener("change", () => {
    if (input.files.length) take([...input.files]);
  });
  return input;
}
