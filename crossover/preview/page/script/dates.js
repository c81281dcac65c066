// Days and lengths as the reader's language writes them. Days of posts are the reader's own.
import { language } from "./words/words.js";

const styles = {
  day: { day: "numeric", month: "short", year: "numeric" },
  weekday: { weekday: "short", day: "numeric", month: "short" },
  moment: { day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
  exact: { day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" },
  clock: { hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
  month: { month: "long", year: "numeric" },
};
const made = new Map();
const ENGLISH = new Intl.NumberFormat("en-GB");
const CHINESE = new Intl.NumberFormat("zh-CN");

export function formatDate(text, style) {
  const key = `${language()}/${style}`;
  if (!made.has(key)) made.set(key, new Intl.DateTimeFormat(language() === "zh" ? "zh-CN" : "en-GB", styles[style]));
  return made.get(key).format(new Date(text));
}

export function formatLength(seconds) {
  const whole = Math.round(seconds ?? 0);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

export function formatNumber(number) {
  return (language() === "zh" ? CHINESE : ENGLISH).format(number);
}
