// The form of one note: every field that can be decided, saved as it is changed.
import { h } from "../dom.js";
import { t } from "../words/words.js";
import { makeBodyField } from "./body.js";
import { makeChoices } from "./choices.js";
import { makeCoverField } from "./cover.js";
import { makeTitleField } from "./title.js";
import { makeTopicsField } from "./topics.js";

/**
 * A field is `{ name, element, refresh(note), flush() }`: it decides through `decide(value)`, is told
 * of what became of the note, and may be asked to save what is still being typed.
 */
export function makeForm(app, number) {
  const make = (name, fill, decides = [name]) => {
    let [saving, isLate] = [0, false];
    const decide = (value, how) => {
      saving += 1;
      return app.decide([{ number, field: name, value }], t(`field-${name}`), how).finally(() => {
        saving -= 1;
        if (!saving && isLate) refresh(app.note(number));
      });
    };
    const back = h("button.small.back", { type: "button", hidden: true, onclick: () => app.decide(decides.map((field) => ({ number, field, value: null })), t(`field-${name}`)) }, t("take-back"));
    const field = fill({ app, number, decide, note: () => app.note(number) });
    const element = h(`div.field.field-${name}`, { role: "group", "aria-label": t(`field-${name}`) },
      h("div.field-head", {}, h("span.label", { "aria-hidden": "true" }, t(`field-${name}`)), h("span.yours", { hidden: true }, t("by-you")), back, field.counter ?? null),
      field.element);
    const refresh = (note) => {
      const yours = decides.some((one) => one in note.decided);
      back.hidden = !yours;
      element.querySelector(".yours").hidden = !yours;
      // What was chosen a moment ago stays chosen while it is being saved.
      isLate = saving > 0 && Boolean(field.isChoice);
      if (!isLate) field.refresh(note);
    };
    refresh(app.note(number));
    return { element, refresh, flush: field.flush ?? (() => {}) };
  };
  const fields = [
    make("action", makeChoices("action", ["move", "hold", "skip"])),
    make("title", makeTitleField, ["title", "title_candidate"]),
    make("body", makeBodyField),
    make("topics", makeTopicsField),
    ...(app.note(number).kind === "video" ? [make("cover", makeCoverField)] : []),
    make("visibility", makeChoices("visibility", ["public", "friends", "only-me"])),
    make("declaration", makeChoices("declaration", ["none", "self-shot", "fiction", "ai", "ad", "repost"], { asList: true })),
    make("original", makeSwitch),
  ];
  const element = h("form.form", { "aria-label": t("edit-label"), onsubmit: (event) => event.preventDefault() }, h("h3", {}, t("edit-label")), app.note(number).went_out && h("p.soft", {}, t("edit-went-out")), fields.map((field) => field.element));
  return {
    element,
    refresh: () => fields.forEach((field) => field.refresh(app.note(number))),
    flush: () => fields.forEach((field) => field.flush()),
  };
}

function makeSwitch({ decide, note }) {
  const box = h("input", { type: "checkbox", onchange: () => decide(box.checked) });
  return { isChoice: true, element: h("label.switch", {}, box, " ", t("original-label")), refresh: () => { box.checked = note().original; } };
}
