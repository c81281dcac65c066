"use strict";
const pack = JSON.parse(document.getElementById("pack").textContent);
const key = `crossover-pack:${pack.id}`;
const shown = new Set([...document.querySelectorAll("[data-number]")].map((one) => one.dataset.number));
pack.notes = pack.notes.filter((note) => shown.has(note.number)); // without those that were taken out
document.querySelector(".bar progress").max = pack.notes.length;
const byNumber = new Map(pack.notes.map((note) => [note.number, note]));
let state = {};
let keeps = true;

function load() {
  try {
    state = JSON.parse(localStorage.getItem(key)) || {};
  } catch {
    keeps = false;
  }
}

function keep() {
  try {
    localStorage.setItem(key, JSON.stringify(state));
  } catch {
    keeps = false;
  }
  const notice = document.getElementById("keeps-nothing");
  if (notice) notice.hidden = keeps;
}

function of(number) {
  return (state[number] ??= { posted: false, link: "", time: "", ticks: [] });
}

function moment() {
  const now = new Date();
  const two = (value) => String(Math.floor(Math.abs(value))).padStart(2, "0");
  const ahead = -now.getTimezoneOffset();
  const day = `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
  const clock = `${two(now.getHours())}:${two(now.getMinutes())}:${two(now.getSeconds())}`;
  return `${day}T${clock}${ahead < 0 ? "-" : "+"}${two(ahead / 60)}:${two(Math.abs(ahead) % 60)}`;
}

function copyBySelecting(text) {
  const area = document.createElement("textarea");
  area.value = text;
  area.setAttribute("readonly", "");
  area.style.position = "fixed";
  area.style.opacity = "0";
  document.body.append(area);
  area.select();
  area.setSelectionRange(0, text.length);
  let copied = false;
  try {
    copied = document.execCommand("copy");
  } catch {
    copied = false;
  }
  area.remove();
  return copied;
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyBySelecting(text);
  }
}

function offer(text) {
  const dialog = document.getElementById("by-hand");
  const area = dialog.querySelector("textarea");
  area.value = text;
  dialog.showModal();
  area.focus();
  area.select();
}

async function pressCopy(button) {
  const text = button.dataset.links === undefined ? textOf(button) : linkLines();
  const was = (button.dataset.label ??= button.textContent);
  if (await copy(text)) {
    button.textContent = button.classList.contains("tag") ? `${was} ✓` : "Copied ✓";
    button.classList.add("done");
    if (!button.classList.contains("tag")) {
      setTimeout(() => {
        button.textContent = was;
      }, 2500);
    }
  } else {
    offer(text);
  }
}

function textOf(button) {
  const note = byNumber.get(button.dataset.note);
  const field = button.dataset.copy;
  return field === "topic" ? note.topics[Number(button.dataset.topic)] : note[field];
}

function readLink(text) {
  const typed = text.trim();
  if (!typed) return { said: "", kind: "" };
  if (/^[0-9a-f]{24}$/i.test(typed)) return { said: "That is the note's number: good.", kind: "right" };
  const found = typed.match(/(?:https?:\/\/)?((?:[a-z0-9-]+\.)*(?:rednote|xiaohongshu|xhslink)\.com)(\/[^\s，。]*)?/i);
  if (!found) return { said: `That is no link to a note on ${pack.site}.`, kind: "wrong" };
  const host = found[1].toLowerCase();
  if (host.endsWith("xhslink.com")) {
    return { said: "A short link does not tell which note it is. Open it in a browser, and copy the address there.", kind: "wrong" };
  }
  if (host !== pack.site && !host.endsWith(`.${pack.site}`)) {
    return { said: `That is a note on another site; this account is on ${pack.site}.`, kind: "wrong" };
  }
  if (!/[/=][0-9a-f]{24}(?![0-9a-f])/i.test(found[2] || "")) {
    return { said: "That address leads to no note.", kind: "wrong" };
  }
  return { said: "That is a link to a note: good.", kind: "right" };
}

function twice(number) {
  const id = (text) => (text.match(/[0-9a-f]{24}/gi) || []).pop()?.toLowerCase();
  const mine = id(of(number).link);
  return mine && pack.notes.some((other) => other.number !== number && id(of(other.number).link) === mine);
}

function showNote(number) {
  const article = document.querySelector(`[data-number="${number}"]`);
  const known = of(number);
  article.classList.toggle("posted", known.posted);
  article.querySelector("[data-posted]").checked = known.posted;
  const field = article.querySelector("[data-link]");
  if (document.activeElement !== field) field.value = known.link;
  const said = article.querySelector(".said");
  const { said: text, kind } = twice(number)
    ? { said: "Another note of this pack has the same link.", kind: "wrong" }
    : readLink(known.link);
  said.textContent = text;
  said.className = `said ${kind}`;
  article.querySelectorAll("[data-tick]").forEach((box) => {
    box.checked = known.ticks.includes(box.dataset.tick);
  });
}

function showAll() {
  pack.notes.forEach((note) => showNote(note.number));
  const posted = pack.notes.filter((note) => of(note.number).posted).length;
  const output = document.querySelector(".bar output");
  output.textContent = `${posted} of ${pack.notes.length} posted`;
  document.querySelector(".bar progress").value = posted;
}

function exported() {
  return {
    pack: pack.id,
    site: pack.site,
    account: pack.account,
    notes: pack.notes.map((note) => {
      const known = of(note.number);
      return { number: note.number, id: note.id, link: known.link.trim(), posted: known.posted, time: known.time };
    }),
  };
}

function linkLines() {
  return exported().notes.filter((note) => note.link).map((note) => `${note.number} ${note.link}`).join("\n");
}

function save() {
  const file = new Blob([JSON.stringify(exported(), null, 1) + "\n"], { type: "application/json" });
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = `links-${pack.id}.json`;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  if (button.dataset.copy || button.dataset.links !== undefined) pressCopy(button);
  if (button.id === "save") save();
});

document.addEventListener("input", (event) => {
  const number = event.target.closest("[data-number]")?.dataset.number;
  if (!number) return;
  const known = of(number);
  if (event.target.matches("[data-link]")) {
    known.link = event.target.value;
    if (readLink(known.link).kind === "right" && !known.posted) {
      known.posted = true;
      known.time = moment();
    }
  }
  if (event.target.matches("[data-posted]")) {
    known.posted = event.target.checked;
    known.time = known.posted ? moment() : "";
  }
  if (event.target.matches("[data-tick]")) {
    known.ticks = known.ticks.filter((tick) => tick !== event.target.dataset.tick);
    if (event.target.checked) known.ticks.push(event.target.dataset.tick);
  }
  keep();
  showAll();
});

load();
keep();
showAll();
