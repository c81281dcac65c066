// The text of a note as a value: paragraphs, each a list of pieces. Nothing here changes a value.
//
// A piece is { text }, { topic } or { hardBreak: true }. A place is { paragraph, offset }; a letter (a
// UTF-16 unit), a topic and a break count one each.

export const EMPTY = [[]];

export function sizeOf(piece) {
  return piece.text === undefined ? 1 : piece.text.length;
}

export function lengthOf(paragraph) {
  return paragraph.reduce((sum, piece) => sum + sizeOf(piece), 0);
}

export function endOf(paragraphs) {
  const last = paragraphs.length - 1;
  return { paragraph: last, offset: lengthOf(paragraphs[last]) };
}

/** The description: what the site stores and counts. */
export function describe(paragraphs) {
  return paragraphs.map((paragraph) => paragraph.map(asText).join("")).join("\n");
}

function asText(piece) {
  if (piece.topic) return `#${piece.topic.name}[话题]#`;
  return piece.hardBreak ? "\n" : piece.text;
}

/** A paragraph of a line of the description. */
export function readLine(line, topics) {
  const pieces = line.split(/#([^#]+?)\[话题\]#/).map((piece, place) => {
    const topic = place % 2 && topics.find((one) => one.name === piece);
    if (topic) return { topic };
    return { text: place % 2 ? `#${piece}[话题]#` : piece };
  });
  return join(pieces.filter((piece) => piece.text !== ""));
}

export function topicsOf(paragraphs) {
  return paragraphs.flat().filter((piece) => piece.topic).map((piece) => piece.topic);
}

/** What stands between two places of one paragraph or the whole rest of it. */
export function slice(paragraph, from, to = Infinity) {
  const found = [];
  let start = 0;
  for (const piece of paragraph) {
    const size = sizeOf(piece);
    const begin = Math.max(from - start, 0);
    const end = Math.min(to - start, size);
    if (begin < end) found.push(piece.text === undefined ? piece : { text: piece.text.slice(begin, end) });
    start += size;
  }
  return found;
}

/** Put `inserted`, one or more paragraphs open at both ends, in place of what stands between two
 *  places. Gives the new paragraphs, and the place behind what was put in. */
export function replace(paragraphs, from, to, inserted) {
  const before = slice(paragraphs[from.paragraph], 0, from.offset);
  const after = slice(paragraphs[to.paragraph], to.offset);
  const middle = [...inserted];
  middle[0] = [...before, ...middle[0]];
  const last = middle.length - 1;
  const place = { paragraph: from.paragraph + last, offset: lengthOf(middle[last]) };
  middle[last] = [...middle[last], ...after];
  return {
    paragraphs: [
      ...paragraphs.slice(0, from.paragraph),
      ...middle.map(join),
      ...paragraphs.slice(to.paragraph + 1),
    ],
    place,
  };
}

/** A paragraph with neighbouring texts made one. */
export function join(paragraph) {
  const joined = [];
  for (const piece of paragraph) {
    const last = joined.at(-1);
    if (piece.text !== undefined && last?.text !== undefined) joined[joined.length - 1] = { text: last.text + piece.text };
    else if (piece.text !== "") joined.push(piece);
  }
  return joined;
}

/** The place one letter, topic or paragraph before or after; the same one at the ends. */
export function step(paragraphs, { paragraph, offset }, forward) {
  const length = lengthOf(paragraphs[paragraph]);
  if (forward && offset === length) {
    return paragraph + 1 < paragraphs.length ? { paragraph: paragraph + 1, offset: 0 } : { paragraph, offset };
  }
  if (!forward && offset === 0) {
    return paragraph > 0 ? { paragraph: paragraph - 1, offset: lengthOf(paragraphs[paragraph - 1]) } : { paragraph, offset };
  }
  const [piece] = forward ? slice(paragraphs[paragraph], offset) : slice(paragraphs[paragraph], 0, offset).slice(-1);
  const width = piece.text === undefined ? 1 : letterWidth(piece.text, forward);
  return { paragraph, offset: offset + (forward ? width : -width) };
}

/** How many units the first or the last letter of a text has, as a person counts letters. */
function letterWidth(text, first) {
  const letters = [...new Intl.Segmenter().segment(text)];
  return letters.at(first ? 0 : -1).segment.length;
}

/** The topic that is being typed before a place: its name without `#`, and where it begins. */
export function typedTopic(paragraphs, { paragraph, offset }) {
  const last = slice(paragraphs[paragraph], 0, offset).at(-1);
  const found = /(?:^|\s)#([^\s#]+)$/.exec(last?.text ?? "");
  return found && { name: found[1], from: { paragraph, offset: offset - found[1].length - 1 } };
}
