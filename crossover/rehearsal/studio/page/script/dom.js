// Makes elements. Text goes in as text alone, so that no word of a note is ever markup.

/** `h("div.a.b", { onclick, title: "…" }, child, "text")`; empty children are left out. */
export function h(tag, attributes = {}, ...children) {
  const [name, ...classes] = tag.split(".");
  const element = document.createElement(name || "div");
  if (classes.length) element.className = classes.join(" ");
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child || child === 0));
  return element;
}

/** Take an element out, wherever it is. */
export function remove(element) {
  element?.remove();
}
