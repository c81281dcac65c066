// What can be wrong with the inputs for files.
import { h } from "../dom.js";
import { settings } from "../settings.js";

const MILLISECONDS = 300;

/** An input that nobody sees and that does nothing, where its switch asks for one. */
export function makeHiddenInput() {
  return settings.hiddenReupload ? h("input.upload-input.hidden-reupload", { type: "file", hidden: true }) : null;
}

/** Put the input that `make` gives into `place`; its switch has it replaced a moment after it was drawn.
 *  Gives what tells which one is there. */
export function placeInput(place, make) {
  let input = make();
  const hidden = makeHiddenInput();
  place.append(...(hidden ? [hidden, input] : [input]));
  if (settings.inputReplaced) {
    setTimeout(() => {
      const next = make();
      input.replaceWith(next);
      input = next;
    }, MILLISECONDS);
  }
  return () => input;
}
