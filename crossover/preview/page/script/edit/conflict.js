// What is said where a decision on disk is another one than this tab knew.
import { t } from "../words/words.js";

const QUOTED = 60;
const CHOSEN_FIELDS = ["visibility", "declaration", "action"];

/** Name the field, and what stands there now where that is words. */
export function describeConflict(changes, rows, label) {
  const [{ number, field }] = changes;
  const there = rows?.find((row) => row.number === number)?.decided?.[field];
  if (changes.some((change) => change.number !== number) || !label || typeof there !== "string" || !there) return t("error-conflict");
  const known = CHOSEN_FIELDS.includes(field) ? t(`${field}-${there}`) : there;
  return t("error-conflict-field", { field: label, there: known.length > QUOTED ? `${known.slice(0, QUOTED)}…` : known });
}
