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
    if (field.value.trim() !== current().trim()) decide(field.value);
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
      // Blanks around the text are not kept; while somebody goes on typing they stay in the field.
      const isSame = document.activeElement === field ? field.value.trim() === text.trim() : field.value === text;
      if (!typed && !isSame) field.value = text;
    },
  };
}
