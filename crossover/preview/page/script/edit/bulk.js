// Several notes at once: select them in the grid, then decide of all.
import { h } from "../dom.js";
import { t } from "../words/words.js";

const FIELDS = ["title", "title_candidate", "body", "topics", "visibility", "declaration", "original", "cover", "action"];

export class BulkBar {
  constructor(app, profile) {
    this.app = app;
    this.profile = profile;
    this.selecting = false;
    this.toggle = h("button.small", { type: "button", "aria-pressed": "false", onclick: () => this.setSelecting(!this.selecting) }, t("select"));
    this.told = h("b", { role: "status" });
    const actions = ["move", "hold", "skip"].map((value) => h("button.small", { type: "button", onclick: () => this.decide("action", value) }, t(`action-${value}`)));
    this.element = h("div.bulk", { hidden: true },
      this.told,
      h("button.small", { type: "button", onclick: () => this.selectAll() }, t("select-all")),
      h("button.small", { type: "button", onclick: () => this.clear() }, t("select-none")),
      h("span.fill"),
      actions,
      this.makeList("visibility", ["public", "friends", "only-me"]),
      this.makeList("declaration", ["none", "self-shot", "fiction", "ai", "ad", "repost"]),
      this.makeTopic(),
      h("button.small", { type: "button", onclick: () => this.takeBack() }, t("bulk-take-back")));
  }

  makeList(name, values) {
    const list = h("select", { "aria-label": t(`bulk-${name}`), onchange: () => {
      if (list.value) this.decide(name, list.value);
      list.value = "";
    } }, h("option", { value: "" }, t(`bulk-${name}`)), values.map((value) => h("option", { value }, t(`${name}-${value}`))));
    return list;
  }

  makeTopic() {
    const input = h("input", { type: "text", placeholder: t("bulk-topic"), "aria-label": t("bulk-topic"), onkeydown: async (event) => {
      const name = input.value.trim().replace(/^[#＃]/, "");
      if (event.key !== "Enter" || !name || /[\s#＃[\]]/.test(name)) return;
      input.value = "";
      await this.app.saving; // so that a topic added just before is there
      const changes = this.notes().filter((note) => !note.topics.includes(name)).map((note) => ({ number: note.number, field: "topics", value: [...note.topics, name] }));
      this.app.decide(changes, t("field-topics"));
    } });
    return input;
  }

  notes() {
    return [...this.profile.selected].map((number) => this.app.note(number)).filter(Boolean);
  }

  decide(field, value) {
    this.app.decide(this.notes().map(({ number }) => ({ number, field, value })), t(`field-${field}`));
  }

  takeBack() {
    const changes = this.notes().flatMap(({ number, decided }) => FIELDS.filter((field) => field in decided).map((field) => ({ number, field, value: null })));
    this.app.decide(changes, t("bulk-take-back"));
  }

  setSelecting(selecting) {
    this.selecting = selecting;
    this.toggle.setAttribute("aria-pressed", String(selecting));
    this.element.hidden = !selecting;
    if (!selecting) this.profile.selected.clear();
    this.profile.grid.show(this.profile.notes.length);
    this.update();
  }

  selectAll() {
    for (const note of this.profile.notes) this.profile.selected.add(note.number);
    this.profile.grid.show(this.profile.notes.length);
    this.update();
  }

  clear() {
    this.profile.selected.clear();
    this.profile.grid.show(this.profile.notes.length);
    this.update();
  }

  update() {
    const number = this.profile.selected.size;
    const shown = new Set(this.profile.notes.map((note) => note.number));
    const hidden = [...this.profile.selected].filter((one) => !shown.has(one)).length;
    this.told.textContent = t("selected", { number }) + (hidden ? ` ${t("selected-hidden", { number: hidden })}` : "");
    for (const one of this.element.querySelectorAll("button, select, input")) {
      if (one.textContent !== t("select-all")) one.disabled = !number;
    }
  }
}
