// Letters as RedNote counts them, the same as crossover does.

const segmenter = new Intl.Segmenter(undefined, { granularity: "grapheme" });

/** Halves of a title: one for each UTF-16 unit up to 127, two for every other. */
export function titleHalves(text) {
  let halves = 0;
  for (let place = 0; place < text.length; place += 1) halves += text.charCodeAt(place) < 128 ? 1 : 2;
  return halves;
}

export function countLetters(text) {
  return [...segmenter.segment(text)].length;
}

/** What a description counts: its text and ` #name` with the marker for each topic, in UTF-16 units. */
export function descriptionLength(body, topics) {
  const names = topics.reduce((length, topic) => length + topic.length + MARKER, 0);
  return body.length + names + (topics.length && body ? 1 : 0);
}
const MARKER = " #[话题]#".length;
