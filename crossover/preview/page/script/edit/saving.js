// Saves what is typed: a moment after the last letter, and when the field is left.

const PAUSE = 700;

/**
 * Watch a field. `decide(text)` saves; `current()` is the text that the plan has. While somebody types,
 * what comes from elsewhere does not touch the field.
 */
export function watchTyping(field, decide, current) {
  let timer = null;
  let typed = false;
  const flush = () => {
    clearTimeout(timer);
    timer = null;
    if (!typed) return;
    typed = false;
    if (field.value !== current()) decide(field.value);
  };
  field.addEventListener("input", () => {
    typed = true;
    clearTimeout(timer);
    timer = setTimeout(flush, PAUSE);
  });
  field.addEventListener("blur", flush);
  return {
    flush,
    refresh(text) {
      if (!typed && field.value !== text) field.value = text;
    },
  };
}
