// What the page says, in the reader's language. Words of posts are never translated.
import { EN } from "./en.js";
import { sayProblemInChinese } from "./problems_zh.js";
import { sayReasonInChinese } from "./reasons_zh.js";
import { ZH } from "./zh.js";

const LANGUAGES = { en: EN, zh: ZH };
let chosen = "en";

export function language() {
  return chosen;
}

export function chooseLanguage(name) {
  chosen = name in LANGUAGES ? name : "en";
  document.documentElement.lang = chosen === "zh" ? "zh-CN" : "en";
}

/** The sentence for a key; a function makes it of the values. */
export function t(key, values = {}) {
  const said = LANGUAGES[chosen][key] ?? EN[key] ?? key;
  if (typeof said === "function") return said(values);
  return said.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
}

/** Whether a key is known, as those made of codes of the plan may not be. */
export function isSaid(key) {
  return key in LANGUAGES[chosen];
}

/** A problem in the reader's language, by its code; empty where crossover's own sentence is all there is. */
export function sayProblem(code) {
  return chosen === "zh" ? sayProblemInChinese(code) : "";
}

/** Why something was changed, in the reader's language where that is known. */
export function sayReason(why) {
  return (chosen === "zh" && sayReasonInChinese(why)) || why;
}
