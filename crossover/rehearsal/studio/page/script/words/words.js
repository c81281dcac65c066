// The words of the pages, in the language of practice.
import { settings } from "../settings.js";
import { en } from "./en.js";
import { zh } from "./zh.js";

const WORDS = { zh, en };

/** The text of a key. Parts in braces stand for `values`. */
export function t(key, values = {}) {
  const text = WORDS[settings.language][key];
  if (text === undefined) throw new Error(`no words for ${key}`);
  return text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}
