// The time at which the note goes out, in the browser's own time zone: 1 hour to 14 days ahead.
import { h } from "../dom.js";
import { t } from "../words/words.js";
import { makeSwitch } from "./switch.js";

const MINUTE = 60_000;
const FROM = 60 * MINUTE;
const UNTIL = 14 * 24 * 60 * MINUTE;
const FORM = /^(\d{4})-(\d{2})-(\d{2}) (\d{2}):(\d{2})$/;

export function makeSchedule(form) {
  let time = null;
  const input = h("input.d-text", { placeholder: "YYYY-MM-DD HH:MM" });
  const picker = h("div.date-picker-container", {}, h("div.d-datepicker-input-filter", {}, input));

  function set(wanted) {
    time = wanted;
    control.set(time !== null);
    picker.hidden = time === null;
    input.value = time === null ? "" : format(time);
    form.button.setText(t(time === null ? "submit" : "schedule.title"));
    form.changed();
  }
  function take() {
    const wanted = parse(input.value.trim());
    const ahead = (wanted ?? 0) - Date.now();
    if (ahead < FROM || ahead > UNTIL) {
      if (input.value.trim() !== format(time)) form.toast(t("schedule.range"));
      set(time);
    } else if (wanted !== time) set(wanted);
  }
  input.addEventListener("change", take);
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter") take();
  });
  const control = makeSwitch(() => set(time === null ? firstTime() : null));
  const element = h(
    "div.post-time-wrapper",
    {},
    h(
      "div.custom-switch-card.custom-switch-wrapper",
      {},
      h("span.custom-switch-title", {}, t("schedule.title")),
      h("div.post-time-switch-container", {}, control.element),
    ),
    picker,
  );
  picker.hidden = true;
  return {
    element,
    apply: (payload) => {
      if (time === null) return;
      payload.common.business_binds.bizType = 13;
      payload.common.business_binds.notePostTiming = { postTime: String(time) };
    },
    save: () => time,
    restore: set,
  };
}

/** The first whole minute that is far enough away, with some minutes to fill in the rest. */
function firstTime() {
  return Math.ceil((Date.now() + FROM) / MINUTE) * MINUTE + 5 * MINUTE;
}

function parse(text) {
  const found = FORM.exec(text);
  if (!found) return null;
  const [year, month, day, hour, minute] = found.slice(1).map(Number);
  const date = new Date(year, month - 1, day, hour, minute);
  return date.getMonth() === month - 1 && date.getDate() === day && date.getHours() === hour ? date.getTime() : null;
}

function format(time) {
  const date = new Date(time);
  const two = (number) => String(number).padStart(2, "0");
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}`;
}
