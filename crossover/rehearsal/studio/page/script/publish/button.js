// The publish button: an element of its own, whose two buttons lie in a closed shadow root.
import { tellLog } from "../calls.js";
import { h } from "../dom.js";
import { settings } from "../settings.js";
import { t } from "../words/words.js";

const STYLE = `
  :host { display: block; }
  .box { display: flex; gap: 16px; justify-content: center; }
  .ce-btn { min-width: 200px; height: 40px; border: 0; border-radius: 20px; background: #f0f0f0; color: #333; font: inherit; cursor: pointer; }
  .bg-red { background: #ff2442; color: #fff; font-weight: 600; }
  .ce-btn:disabled { opacity: .4; cursor: default; }
`;

/** Presses that the browser vouches for: a hand made them. */
const byHand = new WeakSet();

class PublishButton extends HTMLElement {
  static observedAttributes = ["is-save-draft", "submit-text", "save-text", "submit-disabled", "submit-loading"];

  constructor() {
    super();
    const root = this.attachShadow({ mode: settings.shadow === "open" ? "open" : "closed" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    root.adoptedStyleSheets = [sheet];
    this.save = h("button.ce-btn", { type: "button", onclick: () => this.dispatchEvent(new CustomEvent("save")) });
    this.submit = h("button.ce-btn.bg-red", { type: "button", onclick: (event) => this.press(event) });
    root.append(h("div.box", {}, this.save, this.submit));
  }

  press(click) {
    const event = new CustomEvent("publish");
    if (click.isTrusted) byHand.add(event);
    this.dispatchEvent(event);
  }

  attributeChangedCallback() {
    const is = (name) => this.getAttribute(name) === "true";
    this.save.hidden = !is("is-save-draft");
    this.save.textContent = this.getAttribute("save-text");
    this.submit.textContent = this.getAttribute("submit-text");
    this.submit.disabled = is("submit-disabled");
    this.submit.classList.toggle("loading", is("submit-loading"));
  }
}

/** The button of a form; `press` and `save` are called when a person uses its halves. */
export function makeButton(form, { press, save }) {
  if (!customElements.get("xhs-publish-btn")) customElements.define("xhs-publish-btn", PublishButton);
  const widget = h("xhs-publish-btn", {
    "is-publish": "true",
    "is-save-draft": form.note ? "false" : "true",
    "submit-text": t("submit"),
    "save-text": t("save-draft"),
    "submit-disabled": "true",
    "submit-loading": "false",
  });
  widget.addEventListener("publish", (event) => {
    tellLog("publish-pressed", byHand.has(event));
    if (widget.getAttribute("submit-loading") !== "true") press();
  });
  widget.addEventListener("save", save);
  return {
    element: h("div.publish-page-publish-btn", {}, widget),
    setText: (text) => widget.setAttribute("submit-text", text),
    setEnabled: (enabled) => widget.setAttribute("submit-disabled", String(!enabled)),
    setLoading: (loading) => widget.setAttribute("submit-loading", String(loading)),
  };
}
