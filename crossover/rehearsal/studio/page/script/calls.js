// Calls of the site, from its own page: with the headers that its script adds, and one place that
// sees every answer.
import { onAnswer } from "./obstacles/warnings.js";
import { settings } from "./settings.js";

/** A call that was not carried out, or whose answer did not come (`status` 0). */
export class CallFailed extends Error {
  constructor(status, code, message) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** Ask the site, and give the `data` of its answer. Throws `CallFailed`. */
export async function call(method, address, body) {
  const headers = { "x-s": "practice", "x-t": String(Date.now()) };
  if (body !== undefined) headers["content-type"] = "application/json;charset=UTF-8";
  let response, answer;
  let url = address;
  if (settings.apiOrigin === "other" && !address.startsWith("/@sandbox/")) {
    url = `http://${otherName(location.host)}${address}`;
    headers["x-sandbox-cookie"] = document.cookie;
  }
  try {
    response = await fetch(url, { method, headers, body: body && JSON.stringify(body), credentials: "include" });
    answer = await response.json().catch(() => ({}));
  } catch (error) {
    throw new CallFailed(0, null, String(error));
  }
  onAnswer({ address, status: response.status, code: answer.code ?? null, message: answer.msg ?? "" });
  if (!response.ok || !answer.success) throw new CallFailed(response.status, answer.code ?? null, answer.msg ?? "");
  return answer.data ?? {};
}

/** This computer's other name in an address: what lies there is of another origin for a browser. */
export function otherName(address) {
  return address.startsWith("localhost") ? address.replace("localhost", "127.0.0.1") : address.replace("127.0.0.1", "localhost");
}

/** Tell the log of practice what was done here. */
export function tellLog(event, trusted = true) {
  const body = JSON.stringify({ event, trusted });
  fetch("/_log", { method: "POST", body, keepalive: true }).catch(() => {});
}
