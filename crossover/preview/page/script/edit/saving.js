// Saves what is typed: a moment after the last letter, and when the field is left.

const PAUSE = 700;

/**
 * Watch a field for the text `name` of a note. `decide(text, how)` saves. What the creator wrote stands in
 * it as it was written, else what the note has. While somebody types, what comes from elsewhere does not
 * touch the field; the creator is asked then which of both counts.
 */
export function watchTyping(field, { app, number, name, decide }) {
  let timer = null;
  let typed = false;
  let crossed = false;
  let begun = null;
  let saving = 0;
  const decided = () => app.note(number)?.decided[name];
  const current = () => app.unsaved.find(number, name) ?? decided() ?? app.note(number)?.[name] ?? "";

  const flush = async () => {
    clearTimeout(timer);
    timer = null;
    if (!typed) return;
    typed = false;
    const how = { crossed };
    crossed = false;
    if (field.value.trim() === current().trim()) return;
    saving += 1;
    try {
      await decide(field.value, how);
    } finally {
      saving -= 1;
    }
  };
  field.addEventListener("input", () => {
    if (!typed) begun = decided();
    typed = true;
    clearTimeout(timer);
    timer = setTimeout(flush, PAUSE);
  });
  field.addEventListener("blur", flush);
  return {
    flush,
    refresh() {
      if (typed) {
        if (saving) begun = decided();
        else if (decided() !== begun) crossed = true;
        return;
      }
      const text = current();
      // Blanks around the text are not kept; while somebody goes on typing they stay in the field.
      const isSame = document.activeElement === field ? field.value.trim() === text.trim() : field.value === text;
      if (!isSame) field.value = text;
    },
  };
}
