// What two texts have in common, word by word.

const PIECES = /#[^\s#]+|[\p{L}\p{N}\p{M}_'’]+|\s+|[^\p{L}\p{N}\p{M}\s]/gu;
/** What comes behind so many pieces is shown, and not compared: it would take too long. */
const MOST = 3000;

/** Words, blanks and signs of a text. Chinese is written without blanks: each sign is a piece. */
export function splitPieces(text) {
  return (text.match(PIECES) ?? []).flatMap((piece) => (/^\p{Script=Han}/u.test(piece) ? [...piece] : [piece])).slice(0, MOST);
}

/** What stands behind the pieces that a text was split into. */
export function restOf(text, pieces) {
  return pieces.length < MOST ? "" : text.slice(pieces.join("").length);
}

/** The longest run of pieces that both have in order, as pairs of places. */
export function findCommon(one, other) {
  const width = other.length + 1;
  const lengths = new Uint16Array((one.length + 1) * width);
  for (let i = one.length - 1; i >= 0; i -= 1) {
    for (let j = other.length - 1; j >= 0; j -= 1) {
      lengths[i * width + j] =
        one[i] === other[j]
          ? lengths[(i + 1) * width + j + 1] + 1
          : Math.max(lengths[(i + 1) * width + j], lengths[i * width + j + 1]);
    }
  }
  const pairs = [];
  for (let i = 0, j = 0; i < one.length && j < other.length; ) {
    if (one[i] === other[j]) {
      pairs.push([i, j]);
      i += 1;
      j += 1;
    } else if (lengths[(i + 1) * width + j] >= lengths[i * width + j + 1]) i += 1;
    else j += 1;
  }
  return pairs;
}

/** Runs of two texts, each `{ text, kind }` with kind "same", "gone" or "new". */
export function compareTexts(before, after) {
  const [one, other] = [splitPieces(before), splitPieces(after)];
  const runs = [];
  const add = (pieces, kind) => {
    if (!pieces.length) return;
    if (runs.at(-1)?.kind === kind) runs.at(-1).text += pieces.join("");
    else runs.push({ text: pieces.join(""), kind });
  };
  let [i, j] = [0, 0];
  for (const [here, there] of [...findCommon(one, other), [one.length, other.length]]) {
    add(one.slice(i, here), "gone");
    add(other.slice(j, there), "new");
    add(one.slice(here, here + 1), "same");
    [i, j] = [here + 1, there + 1];
  }
  const [left, right] = [restOf(before, one), restOf(after, other)];
  if (left === right) add([left].filter(Boolean), "same");
  else {
    add([left].filter(Boolean), "gone");
    add([right].filter(Boolean), "new");
  }
  return runs;
}
