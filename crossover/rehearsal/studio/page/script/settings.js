// How practice is set: which site, which language, what goes wrong. The server tells it.

/** The settings; read them after `loadSettings`. Keys are as in a script of faults, `processingSeconds`
 *  for `processing-seconds`. */
export let settings = {};

export async function loadSettings() {
  const answer = await fetch("/@sandbox/studio");
  const values = Object.entries(await answer.json());
  settings = Object.freeze(Object.fromEntries(values.map(([key, value]) => [inCamelCase(key), value])));
  return settings;
}

function inCamelCase(key) {
  return key.replace(/-(\w)/g, (_, letter) => letter.toUpperCase());
}
