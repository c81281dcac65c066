// The account as it will look: filters with their numbers, and the cards.
import { makeCard, sayState } from "./card.js";
import { formatNumber } from "./dates.js";
import { h } from "./dom.js";
import { BulkBar } from "./edit/bulk.js";
import { select } from "./filters.js";
import { Grid } from "./grid.js";
import { EVERYTHING, show, view } from "./view.js";
import { t } from "./words/words.js";

const SHOWN_FIRST = ["", "needs-you", "look", "changed", "move", "hold", "skip"];

export class Profile {
  constructor(app) {
    this.app = app;
    this.notes = [];
    this.selected = new Set();
    this.grid = new Grid(t("profile"), (place) => this.makeCard(place));
    this.filters = h("div.filters", { role: "group", "aria-label": t("filters") });
    this.lists = h("span.lists", {});
    this.told = h("p.told", { role: "status" });
    this.empty = h("p.empty", { hidden: true }, t("nothing-found"), " ", h("button.small", { type: "button", onclick: () => show(EVERYTHING) }, t("clear-filters")));
    this.search = h("input.search", { type: "search", placeholder: t("search"), "aria-label": t("search"), title: t("search-key"), value: view.q, oninput: () => show({ q: this.search.value }, { replace: true }) });
    this.bulk = app.editable ? new BulkBar(app, this) : null;
    this.head = this.makeHead();
    this.element = h("section.profile", { id: "notes", tabindex: "-1", "aria-label": t("profile") },
      this.head,
      h("div.tools", {}, this.search, this.lists, this.bulk?.toggle ?? null, this.told),
      this.filters,
      this.bulk?.element ?? null,
      this.empty,
      this.grid.element);
    app.onChange((numbers) => this.takeChanges(numbers));
  }

  makeHead() {
    const { notes } = this.app;
    const moving = notes.filter((note) => note.action === "move");
    const videos = moving.filter((note) => note.kind === "video").length;
    const pictures = moving.filter((note) => note.kind === "photos").reduce((sum, note) => sum + note.files.length, 0);
    return h("div.account", {},
      h("span.avatar", { "aria-hidden": "true" }, this.app.initial),
      h("div", {}, h("h2", { dir: "auto" }, this.app.author), h("p.soft", {}, [t("profile-notes", { number: moving.length }), t("profile-videos", { number: videos }), t("profile-pictures", { number: pictures })].join(" · "))));
  }

  makeCard(place) {
    const note = this.notes[place];
    const selecting = Boolean(this.bulk?.selecting);
    return makeCard(this.app, note, {
      place,
      of: this.notes.length,
      selecting,
      selected: this.selected.has(note.number),
      onOpen: (event) => {
        if (event.metaKey || event.ctrlKey) return;
        event.preventDefault();
        if (selecting) this.toggle(place, event.shiftKey);
        else show({ note: note.number });
      },
      onSelect: () => this.toggle(place, false),
    });
  }

  /** Select or not; with shift all from the last one on. */
  toggle(place, range) {
    const wanted = !this.selected.has(this.notes[place].number);
    const from = range && this.last !== undefined ? this.last : place;
    for (let at = Math.min(from, place); at <= Math.max(from, place); at += 1) {
      const { number } = this.notes[at];
      if (wanted) this.selected.add(number);
      else this.selected.delete(number);
      this.grid.refresh(at);
    }
    this.last = place;
    this.bulk.update();
  }

  /** Show what the view asks for. */
  update() {
    const { notes, counts } = select(this.app.notes, view);
    this.notes = notes;
    this.grid.show(notes.length);
    this.paintCounts(counts);
    if (this.search.value !== view.q) this.search.value = view.q;
    this.bulk?.update();
  }

  paintCounts(counts) {
    this.told.textContent = t("shown", { number: this.notes.length, of: this.app.notes.length });
    this.empty.hidden = this.notes.length > 0;
    const shown = SHOWN_FIRST.concat(["out", "yours"].filter((key) => counts.show[key] || view.show === key));
    const focused = this.element.contains(document.activeElement) ? document.activeElement.dataset?.filter : null;
    this.filters.replaceChildren(
      this.makeChips("show", shown, counts.show, (key) => t(`show-${key}`)),
      this.makeChips("kind", ["", "video", "photos", ...(counts.kind.none || view.kind === "none" ? ["none"] : [])], counts.kind, (key) => t(`kind-${key}`)));
    this.lists.replaceChildren(
      this.makeList("stage", counts.stage, (state) => sayState(state, this.app.data.site)),
      this.makeList("year", counts.year, (year) => year));
    if (focused) this.element.querySelector(`[data-filter="${CSS.escape(focused)}"]`)?.focus();
  }

  makeChips(name, keys, counts, say) {
    return h("div.chips", {}, keys.map((key) =>
      h("button.filter", { type: "button", "aria-pressed": String(view[name] === key), data: { filter: `${name}=${key}` }, onclick: () => show({ [name]: view[name] === key ? "" : key }) }, say(key), " ", h("b", {}, formatNumber(counts[key] ?? 0)))));
  }

  /** A list to choose from, of what there is. */
  makeList(name, counts, say) {
    const there = Object.keys(counts).filter(Boolean).sort();
    const choose = h("select", { "aria-label": t(`${name}-`), data: { filter: name }, onchange: (event) => show({ [name]: event.target.value }) },
      h("option", { value: "" }, `${t(`${name}-`)} ${formatNumber(counts[""])}`),
      there.map((one) => h("option", { value: one }, `${say(one)} (${formatNumber(counts[one])})`)));
    choose.value = view[name];
    return choose;
  }

  takeChanges(numbers) {
    const head = this.makeHead();
    this.head.replaceWith(head);
    this.head = head;
    if (!this.element.isConnected) return;
    const changed = new Set(numbers);
    const { notes, counts } = select(this.app.notes, view);
    const same = notes.length === this.notes.length && notes.every((note, place) => note.number === this.notes[place].number);
    this.notes = notes;
    if (same) notes.forEach((note, place) => changed.has(note.number) && this.grid.refresh(place));
    else this.grid.show(notes.length);
    this.paintCounts(counts);
    this.bulk?.update();
  }

  /** The number of the note before or behind one, among those shown. */
  beside(number, by) {
    const shown = this.notes.findIndex((note) => note.number === number);
    if (shown >= 0) return this.notes[shown + by]?.number ?? null;
    // An edit may have taken it out of what the filter shows: its neighbours are those of the plan.
    const place = (note) => this.app.places.get(note.number);
    const here = this.app.places.get(number);
    const found = by > 0 ? this.notes.find((note) => place(note) > here) : this.notes.findLast((note) => place(note) < here);
    return found?.number ?? null;
  }

  focus(number) {
    const place = this.notes.findIndex((note) => note.number === number);
    if (place >= 0) this.grid.focus(place);
  }
}
