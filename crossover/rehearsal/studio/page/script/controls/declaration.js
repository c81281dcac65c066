// What the creator declares about the content. The list must stay inside the form: public drivers
// look for it there.
import { h } from "../dom.js";
import { t } from "../words/words.js";
import { makeButton, openDialog } from "./dialog.js";
import { makePopover } from "./popover.js";

// RedNote's numbers; 3 is likely, 6 the stand-in's choice for one whose number is not known.
const FIRST = [
  ["declaration.fiction", 1],
  ["declaration.ai", 2],
  ["declaration.ad", 3],
];
const SOURCES = [
  ["declaration.in-text", 6],
  ["declaration.self-shot", 4],
  ["declaration.repost", 5],
];
const KEYS = new Map([...FIRST, ...SOURCES].map(([key, origin]) => [origin, key]));

export function makeDeclaration(form) {
  let chosen = null;
  const content = h("div.d-select-content");
  const wrapper = h("div.d-select-wrapper.declaration-select", {}, h("div.d-select", {}, content));

  function set(bind) {
    chosen = bind;
    draw();
    form.changed();
  }
  function draw() {
    content.replaceChildren(
      chosen ? h("div.d-select-description", {}, t(KEYS.get(chosen.origin))) : h("div.d-select-placeholder", {}, t("declaration.none")),
    );
  }
  function choose(origin, close) {
    close();
    if (origin === 4) askWhereAndWhen((photoInfo) => set({ origin, photoInfo }));
    else if (origin === 5) askMedium((repostInfo) => set({ origin, repostInfo }));
    else set(chosen?.origin === origin ? null : { origin });
  }
  function makeOption([key, origin], close) {
    return h("div.d-option.d-grid-item", { onclick: () => choose(origin, close) }, h("span.d-option-name.name", {}, t(key)));
  }
  makePopover(
    content,
    (close) => {
      const sources = h("div.d-options.declaration-sources", {}, SOURCES.map((one) => makeOption(one, close)));
      sources.hidden = true;
      const more = h("div.d-option.d-grid-item", {}, h("span.d-option-name.name", {}, t("declaration.source")));
      more.addEventListener("click", () => (sources.hidden = false));
      more.addEventListener("mouseenter", () => (sources.hidden = false));
      return h("div.d-popover.d-dropdown", {}, h("div.d-options", {}, FIRST.map((one) => makeOption(one, close)), more), sources);
    },
    { owner: wrapper },
  );
  draw();
  return {
    element: h("div.declaration-wrapper", {}, wrapper),
    apply: (payload) => {
      if (chosen) payload.common.business_binds.userDeclarationBind = chosen;
    },
    save: () => chosen,
    restore: set,
  };
}

function askMedium(done) {
  const medium = h("input.d-text", { placeholder: t("repost.medium"), maxlength: "30" });
  askFields(t("declaration.repost"), [medium], () => done({ source: medium.value.trim() }));
}

function askWhereAndWhen(done) {
  const place = h("input.d-text", { placeholder: t("self-shot.place") });
  const date = h("input.d-text", { placeholder: t("self-shot.date") });
  askFields(t("declaration.self-shot"), [place, date], () => done({ place: place.value.trim(), date: date.value.trim() }));
}

/** A dialog with fields that must all be filled in. */
function askFields(title, fields, done) {
  const confirm = makeButton(t("dialog.confirm"), finish, { strong: true });
  const check = () => (confirm.disabled = fields.some((field) => !field.value.trim()));
  const dialog = openDialog({
    title,
    classes: "source-dialog",
    body: fields.map((field) => h("div.d-input", { oninput: check }, field)),
    footer: h("div.d-modal-footer", {}, makeButton(t("dialog.cancel"), () => dialog.close()), confirm),
  });
  check();

  function finish() {
    dialog.close();
    done();
  }
}
