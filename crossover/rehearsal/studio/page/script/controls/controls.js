// The controls of a note beside its text. Each of them writes its part of the note that is sent.
import { h } from "../dom.js";
import { settings } from "../settings.js";
import { t } from "../words/words.js";
import { makeCollection } from "./collection.js";
import { makeCover } from "./cover.js";
import { makeDeclaration } from "./declaration.js";
import { dropOptions } from "./drops.js";
import { makeOriginal } from "./original.js";
import { makeSchedule } from "./schedule.js";
import { makeVisibility } from "./visibility.js";

/** `cover` is null for pictures. `save` and `restore` are for drafts. */
export function makeControls(form) {
  const parts = {
    ...(form.kind === "video" ? { cover: makeCover(form) } : {}),
    original: makeOriginal(form),
    declaration: makeDeclaration(form),
    ...(settings.noCollections ? {} : { collection: makeCollection() }),
    visibility: makeVisibility(form),
    schedule: makeSchedule(form),
  };
  const below = Object.entries(parts).filter(([name]) => name !== "cover");
  return {
    cover: parts.cover?.element ?? null,
    element: h(
      "div.note-settings",
      {},
      h("div.settings-title", {}, t("settings.more")),
      below.map(([, part]) => part.element),
    ),
    apply(payload) {
      for (const part of Object.values(parts)) part.apply(payload);
      dropOptions(payload);
    },
    save: () => Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, part.save()])),
    restore(saved) {
      for (const [name, part] of Object.entries(parts)) if (name in saved) part.restore(saved[name]);
    },
  };
}
