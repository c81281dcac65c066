// A window onto the cards: only those on the screen, and a row around it, are in the document.
import { h } from "./dom.js";

const GAP = 16;
const NARROW_GAP = 10;
const WIDEST = 216;
const FOOT = 92;
const NARROW_FOOT = 84;

export class Grid {
  /** `make(place)` makes the card of a place. */
  constructor(label, make) {
    this.make = make;
    this.count = 0;
    this.current = 0;
    this.shown = new Map();
    this.element = h("div.grid", { role: "list", "aria-label": label });
    this.isWhole = false;
    this.waits = false;
    const later = () => {
      if (this.waits) return;
      this.waits = true;
      requestAnimationFrame(() => {
        this.waits = false;
        this.paint();
      });
    };
    addEventListener("scroll", later, { passive: true });
    addEventListener("beforeprint", () => this.showAll());
    addEventListener("afterprint", () => this.show(this.count));
    new ResizeObserver(() => {
      this.measure();
      later();
    }).observe(this.element);
    this.element.addEventListener("focusin", (event) => {
      const place = this.placeOf(event.target);
      if (place !== null) this.setCurrent(place);
    });
  }

  /** Show so many cards, all made anew. */
  show(count) {
    this.count = count;
    this.current = Math.min(this.current, Math.max(count - 1, 0));
    this.isWhole = false;
    this.element.classList.remove("whole");
    this.clear();
    this.measure();
    this.paint();
  }

  /** Show every card, one behind the other: paper has no window. */
  showAll() {
    if (!this.element.isConnected) return;
    this.clear();
    this.isWhole = true;
    this.element.classList.add("whole");
    this.element.append(...Array.from({ length: this.count }, (_, place) => this.make(place)));
  }

  /** Make the card of a place anew, where it is on the screen. */
  refresh(place) {
    const former = this.shown.get(place);
    if (!former) return;
    const hadFocus = former.contains(document.activeElement);
    const card = this.place(place);
    former.replaceWith(card);
    this.shown.set(place, card);
    if (hadFocus) card.querySelector("a").focus({ preventScroll: true });
  }

  clear() {
    this.element.replaceChildren();
    this.shown.clear();
  }

  measure() {
    if (this.isWhole) return;
    const width = this.element.clientWidth;
    const narrow = width < 560;
    this.gap = narrow ? NARROW_GAP : GAP;
    const columns = narrow ? 2 : Math.max(3, Math.floor((width + this.gap) / (WIDEST + this.gap)));
    const wide = (width - this.gap * (columns - 1)) / columns;
    const high = (wide * 4) / 3 + (narrow ? NARROW_FOOT : FOOT);
    if (columns !== this.columns || wide !== this.wide) this.clear();
    Object.assign(this, { columns, wide, high });
    this.element.style.height = `${Math.max(0, Math.ceil(this.count / columns) * (high + this.gap) - this.gap)}px`;
  }

  paint() {
    if (!this.element.isConnected || !this.columns || this.isWhole) return;
    const top = -this.element.getBoundingClientRect().top;
    const step = this.high + this.gap;
    const first = Math.max(0, Math.floor(top / step) - 1) * this.columns;
    const last = Math.min(this.count, (Math.ceil((top + innerHeight) / step) + 1) * this.columns);
    for (const [place, card] of this.shown) {
      if ((place < first || place >= last) && !card.contains(document.activeElement)) {
        card.remove();
        this.shown.delete(place);
      }
    }
    const fresh = document.createDocumentFragment();
    for (let place = first; place < last; place += 1) {
      if (this.shown.has(place)) continue;
      const card = this.place(place);
      this.shown.set(place, card);
      fresh.append(card);
    }
    this.element.append(fresh);
  }

  place(place) {
    const card = this.make(place);
    const row = Math.floor(place / this.columns);
    const column = place % this.columns;
    card.style.width = `${this.wide}px`;
    card.style.height = `${this.high}px`;
    card.style.transform = `translate(${column * (this.wide + this.gap)}px, ${row * (this.high + this.gap)}px)`;
    card.querySelector("a").tabIndex = place === this.current ? 0 : -1;
    return card;
  }

  placeOf(element) {
    for (const [place, card] of this.shown) if (card.contains(element)) return place;
    return null;
  }

  setCurrent(place) {
    this.shown.get(this.current)?.querySelector("a").setAttribute("tabindex", "-1");
    this.current = place;
    this.shown.get(place)?.querySelector("a").setAttribute("tabindex", "0");
  }

  /** Give a card the focus, and bring it onto the screen. */
  focus(place) {
    if (!this.count) return;
    const wanted = Math.max(0, Math.min(place, this.count - 1));
    const step = this.high + this.gap;
    const top = this.element.getBoundingClientRect().top + Math.floor(wanted / this.columns) * step;
    const bar = parseFloat(getComputedStyle(document.documentElement).scrollPaddingTop) || 0;
    if (top < bar) scrollBy(0, top - bar - this.gap);
    else if (top + this.high > innerHeight) scrollBy(0, top + this.high - innerHeight + this.gap);
    this.paint();
    this.setCurrent(wanted);
    this.shown.get(wanted)?.querySelector("a").focus({ preventScroll: true });
  }

  /** Where an arrow leads from the current card; null for another key. */
  neighbour(key) {
    const steps = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: this.columns, ArrowUp: -this.columns, Home: -this.count, End: this.count };
    return key in steps ? Math.max(0, Math.min(this.current + steps[key], this.count - 1)) : null;
  }
}
