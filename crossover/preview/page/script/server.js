// Speaks with the local server that serves this page for editing. The key comes in the address that
// the terminal shows, behind the #, so that no server and no log ever sees it; it stays in this tab.

const KEY = "crossover-key";
const TABS_ANSWER = 400; // milliseconds
let key = "";

/** Whether this page came from the local server, and not from disk. */
export const isServed = location.protocol === "http:";

/** Take the key out of the address, and keep it for this tab; a new tab asks those that have it. */
export async function takeKey() {
  if (!isServed) return;
  const said = new URLSearchParams(location.hash.slice(1));
  if (said.has("key")) {
    sessionStorage.setItem(KEY, said.get("key"));
    said.delete("key");
    history.replaceState(null, "", said.size ? `#${said}` : location.pathname);
  }
  key = sessionStorage.getItem(KEY) || (await askOtherTabs());
  if (key) sessionStorage.setItem(KEY, key);
  const tabs = new BroadcastChannel(KEY);
  tabs.onmessage = ({ data }) => data.asks && key && tabs.postMessage({ key });
}

/** The key that another tab of this server has: a channel reaches pages of the same origin alone. */
function askOtherTabs() {
  const tabs = new BroadcastChannel(KEY);
  return new Promise((resolve) => {
    tabs.onmessage = ({ data }) => data.key && resolve(data.key);
    setTimeout(() => resolve(""), TABS_ANSWER);
    tabs.postMessage({ asks: true });
  }).finally(() => tabs.close());
}

/** A wrong key is no use to this tab, and would be told to others that ask. */
function forgetKey() {
  key = "";
  sessionStorage.removeItem(KEY);
}

/** What went wrong with a request: `code` is the server's own, or "gone" where nobody answers. */
export class RequestError extends Error {
  constructor(code, answer = {}) {
    super(answer.message ?? code);
    this.code = code;
    this.answer = answer;
  }
}

/** Ask the server; with a `body`, to do something. Raises RequestError. */
export async function ask(path, body) {
  const options = { headers: { "X-Crossover-Key": key } };
  if (body !== undefined) {
    options.method = "POST";
    const isFile = body instanceof Blob;
    options.body = isFile ? body : JSON.stringify(body);
    options.headers["Content-Type"] = isFile ? body.type : "application/json";
  }
  let answer;
  try {
    answer = await fetch(path, options);
  } catch {
    throw new RequestError("gone");
  }
  if (answer.status === 403) {
    forgetKey();
    throw new RequestError("key");
  }
  const said = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new RequestError(said.error ?? "gone", said);
  return said;
}
