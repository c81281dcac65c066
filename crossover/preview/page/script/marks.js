// Which words of a caption went where: into the title, the text, the topics, or nowhere.
import { findCommon, restOf, splitPieces } from "./diff.js";

const tagsIn = (text) => text.toLowerCase().split(/\s+/).filter((word) => word.startsWith("#"));

/** Hashtags that became topics, also those that have another name there. */
function findTags(note) {
  const tags = new Set(note.topics.map((topic) => `#${topic.toLowerCase()}`));
  for (const [field, before, after] of [...note.changes].reverse()) {
    if (field === "topics" && tagsIn(after).some((tag) => tags.has(tag))) tagsIn(before).forEach((tag) => tags.add(tag));
  }
  return tags;
}

/**
 * The caption in runs: `[{ text, went }]`, `went` one of "title", "body", "topic", "gone", "".
 * White space has "" and belongs to neither, and so has the end of a very long caption.
 */
export function markCaption(note) {
  const caption = note.tiktok.text ?? "";
  const parts = splitPieces(caption);
  const seen = parts.map((piece) => piece.toLowerCase());
  const topics = findTags(note);
  const placesIn = (text) => new Set(findCommon(seen, splitPieces(text.toLowerCase())).map(([place]) => place));
  const [inTitle, inBody] = [placesIn(note.title), placesIn(note.body)];
  const runs = [];
  let gap = "";
  parts.forEach((text, place) => {
    if (!text.trim()) {
      gap += text;
      return;
    }
    let went = "gone";
    if (text.length > 1 && text[0] === "#") went = topics.has(seen[place]) ? "topic" : inBody.has(place) ? "body" : "gone";
    else if (inBody.has(place)) went = "body";
    else if (inTitle.has(place)) went = "title";
    const last = runs.at(-1);
    if (last && last.went === went && went !== "topic") last.text += gap + text;
    else {
      if (gap) runs.push({ text: gap, went: "" });
      runs.push({ text, went });
    }
    gap = "";
  });
  const end = gap + restOf(caption, parts);
  if (end) runs.push({ text: end, went: "" });
  return runs;
}
