// The line that the site shows at the top for some seconds.
import { h } from "./dom.js";

const MILLISECONDS = 8000;

export function toast(text) {
  const line = h("div.d-new-toast", { role: "alert" }, h("span.d-toast-description", {}, text));
  document.body.append(line);
  setTimeout(() => line.remove(), MILLISECONDS);
}
