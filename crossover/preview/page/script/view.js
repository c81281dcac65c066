// What is shown: mode, filters, search, the opened note. It stands in the address, so that every
// view has a link and the browser's own back button works.

/** No filter and no search. */
export const EVERYTHING = { show: "", kind: "", stage: "", year: "", q: "" };
const EMPTY = { mode: "notes", ...EVERYTHING, note: "" };
const listeners = [];
export const view = { ...EMPTY };

export function onView(listener) {
  listeners.push(listener);
}

function addressOf(state) {
  const parts = Object.entries(state).filter(([key, value]) => value !== EMPTY[key]);
  return `#${new URLSearchParams(parts)}`;
}

/** The address of this view with other choices: for links that can be copied. */
export function linkTo(choices) {
  return addressOf({ ...view, ...choices });
}

/** Show something else. What is typed replaces the last entry of the history, a step is a new one. */
export function show(choices, { replace = false } = {}) {
  const before = { ...view };
  Object.assign(view, choices);
  const address = addressOf(view);
  if (address !== location.hash && !(address === "#" && !location.hash)) {
    history[replace ? "replaceState" : "pushState"](null, "", address);
  }
  for (const listener of listeners) listener(before);
}

export function readAddress() {
  const before = { ...view };
  const said = new URLSearchParams(location.hash.slice(1));
  for (const key of Object.keys(EMPTY)) view[key] = said.get(key) ?? EMPTY[key];
  for (const listener of listeners) listener(before);
}
