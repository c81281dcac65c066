// Makes elements. Text always goes in as text, so that no caption is ever read as markup.

/** `h("button.small", { onclick, "aria-label": "…" }, child, "text")`; null children are left out. */
export function h(tag, attributes = {}, ...children) {
  const [name, ...classes] = tag.split(".");
  const element = document.createElement(name || "div");
  if (classes.length) element.className = classes.join(" ");
  for (const [key, value] of Object.entries(attributes)) setAttribute(element, key, value);
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

function setAttribute(element, key, value) {
  if (value === null || value === undefined || value === false) return;
  if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
  else if (key === "class") element.className = [element.className, value].filter(Boolean).join(" ");
  else if (key === "value" || key === "checked" || key === "muted") element[key] = value;
  else if (key === "data") Object.assign(element.dataset, value);
  else element.setAttribute(key, value === true ? "" : value);
}

export function $(selector, root = document) {
  return root.querySelector(selector);
}

/** A sentence of crossover, in which commands stand between backticks. */
export function sentence(text) {
  return text.split("`").map((piece, place) => (place % 2 ? h("code", {}, piece) : piece));
}

/** Whether a key belongs to the field that has the focus. */
export function isTyping(event) {
  return Boolean(event.target.closest?.("input:not([type=checkbox]):not([type=radio]), textarea, select"));
}

/** Only addresses of the web lead away from the page, whatever stands in a plan. */
export function outward(url, text, className = "out") {
  if (!/^https:\/\//.test(url)) return null;
  return h("a", { href: url, class: className, target: "_blank", rel: "noreferrer noopener" }, text);
}
