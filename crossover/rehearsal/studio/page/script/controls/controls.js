// The controls below the text.
import { h } from "../dom.js";

export function makeControls(_form) {
  return {
    cover: h("div.cover-plugin-preview"),
    element: h("div.publish-page-content-setting"),
    apply() {},
    check: () => null,
    draft: () => ({}),
    restore() {},
    saveDraft() {},
  };
}
