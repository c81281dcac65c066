// The opened note: as on the phone, beside its original, with all that was changed; and its form.
import { badgeOf } from "../card.js";
import { h } from "../dom.js";
import { makeForm } from "../edit/form.js";
import { linkTo, show, view } from "../view.js";
import { t } from "../words/words.js";
import { makeKnown } from "./changes.js";
import { makeOriginal } from "./original.js";
import { makePhone } from "./phone.js";

export class NoteDialog {
  /** `beside(number, by)` names the note before or behind one among those shown. */
  constructor(app, beside) {
    this.app = app;
    this.beside = beside;
    this.form = null;
    this.content = h("div");
    this.element = h("dialog.note", { "aria-labelledby": "note-title" }, this.content);
    this.element.addEventListener("cancel", (event) => {
      event.preventDefault();
      this.leave();
    });
    this.element.addEventListener("click", (event) => {
      if (event.target === this.element) this.leave();
    });
    app.onChange((numbers) => {
      if (view.note && numbers.includes(view.note)) this.refresh();
    });
  }

  leave() {
    this.form?.flush();
    show({ note: "" });
  }

  step(by) {
    const number = this.beside(view.note, by);
    if (!number) return;
    this.form?.flush();
    show({ note: number }, { replace: true });
  }

  /** Show the note that the view names; close where it names none. */
  update() {
    const note = view.note && this.app.note(view.note);
    if (!note) {
      if (this.element.open) this.element.close();
      this.content.replaceChildren();
      this.app.placeStatus();
      this.form = null;
      return;
    }
    this.phone = makePhone(this.app, note);
    this.known = h("div.known", {}, this.makeRest(note));
    this.form = this.app.editable ? makeForm(this.app, note.number) : null;
    this.content.replaceChildren(this.makeBar(note), h("div.columns", { class: this.form ? "editing" : null }, [this.phone, this.form?.element ?? null, this.known]));
    if (!this.element.open) this.element.showModal();
    else this.content.querySelector("#note-title").focus({ preventScroll: true });
    this.app.placeStatus();
    this.element.scrollTop = 0;
  }

  /** Show what became of the note; what is being typed stays. */
  refresh() {
    const note = this.app.note(view.note);
    const phone = makePhone(this.app, note);
    const playing = this.phone.querySelector("video");
    if (playing && !playing.paused) phone.querySelector(".stage")?.replaceWith(this.phone.querySelector(".stage"));
    this.phone.replaceWith(phone);
    this.phone = phone;
    this.known.replaceChildren(...this.makeRest(note));
    this.element.querySelector(".bar .state").replaceWith(this.makeState(note));
    this.form?.refresh();
  }

  makeRest(note) {
    return [makeOriginal(note), ...makeKnown(this.app, note)].filter(Boolean);
  }

  makeState(note) {
    const badge = badgeOf(note, this.app.data.site);
    return h("span.state", {}, badge && h(`span.badge.${badge[1]}`, {}, badge[0]));
  }

  makeBar(note) {
    const [part, parts] = note.part;
    const copy = async () => {
      const address = location.href.split("#")[0] + linkTo({ note: note.number });
      await navigator.clipboard.writeText(address).then(() => this.app.tell(t("copied")), () => this.app.tell(address));
    };
    return h("div.bar", {},
      h("h2", { id: "note-title", tabindex: "-1", autofocus: true }, t("note", { number: note.number }), parts > 1 && h("small", {}, " ", t("note-part", { part, parts }))),
      this.makeState(note),
      h("span.fill"),
      this.form && h("button.small.to-form", { type: "button", onclick: () => this.form.element.scrollIntoView() }, t("edit-label")),
      h("button.small.copy-link", { type: "button", title: t("copy-link"), onclick: copy }, t("link")),
      h("button.icon", { type: "button", "aria-label": t("previous"), title: t("previous"), disabled: !this.beside(note.number, -1), onclick: () => this.step(-1) }, "‹"),
      h("button.icon", { type: "button", "aria-label": t("next"), title: t("next"), disabled: !this.beside(note.number, 1), onclick: () => this.step(1) }, "›"),
      h("button.icon", { type: "button", "aria-label": t("close"), title: t("close"), onclick: () => this.leave() }, "✕"));
  }
}
