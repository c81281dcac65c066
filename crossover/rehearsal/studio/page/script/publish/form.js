// The form of one note: its files, title, body, the controls, and the publish button.
import { makeControls } from "../controls/controls.js";
import { h } from "../dom.js";
import { removeDraft, saveDraft } from "../drafts/drafts.js";
import { makeBody } from "../editor/body.js";
import { mayPress, showObstacles } from "../obstacles/obstacles.js";
import { goTo } from "../router.js";
import { settings } from "../settings.js";
import { toast } from "../toast.js";
import { putFile } from "../upload/files.js";
import { sizeOfPicture } from "../upload/sizes.js";
import { makeButton } from "./button.js";
import { makeOldButton } from "./old_button.js";
import { makePayload } from "./payload.js";
import { makePictures } from "./pictures.js";
import { publish } from "./send.js";
import { makeTitle } from "./title.js";
import { makeVideo } from "./video.js";

/** Show the form in `place`, and give it. What other modules of the page use of it:
 *  `kind`, `container`, `toast`, `note` (one that is edited, or null), `button` {setText,
 *  setEnabled, setLoading}, `upload(file, scene)`, `media`, `editor`, `titleText()`, `controls`,
 *  `addFiles(files)`, `draft` (the one that it goes on with, or null), `start` (the note or the draft
 *  that it is filled with), `changed()`: looks anew whether the note may go out. */
export async function startForm({ kind, container, place, signal, note = null, draft = null }) {
  const form = { kind, container, toast, note, draft, start: note ?? draft, signal, upload };
  form.media = (kind === "image" ? makePictures : makeVideo)(form);
  form.addFiles = form.media.add;
  const title = makeTitle(form);
  form.titleText = title.text;
  const body = await makeBody(form);
  form.editor = body.editor;
  form.controls = makeControls(form);
  const make = settings.layout === "old" ? makeOldButton : makeButton;
  form.button = make(form, { press: () => press(form), save: () => leave(form) });
  form.changed = () => {
    title.setEnabled(form.media.isUploaded());
    form.button.setEnabled(form.media.isReady());
  };
  place.replaceChildren(
    h("div.publish-form", {},
      h("div.media-area", {}, form.media.element, kind === "video" ? form.controls.cover : null),
      title.element, body.element, form.controls.element,
    ),
    form.button.element,
  );
  if (form.start) form.controls.restore(form.start.choices);
  form.changed();
  showObstacles(form);
  return form;
}

async function upload(file, scene) {
  const size = scene === "image" ? await sizeOfPicture(file) : {};
  return { ...(await putFile(file, scene)), ...size };
}

async function press(form) {
  if (!form.media.isReady() || !mayPress(form)) return;
  if ((await publish(form, makePayload(form))) && form.draft) removeDraft(form.draft.id);
}

async function leave(form) {
  if (!form.media.isReady()) return;
  saveDraft(form);
  await goTo("/publish/publish?source=official");
}
