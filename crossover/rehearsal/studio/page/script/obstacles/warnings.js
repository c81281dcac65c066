// What the page does when an answer says that something is wrong with the session or the account.

/** Look at an answer: a session that has ended leads to the sign-in. */
export function onAnswer({ status, code }) {
  if (status !== 401 && code !== -100) return;
  const last = encodeURIComponent(location.pathname + location.search);
  location.assign(`/login?source=official&redirectReason=401&lastUrl=${last}`);
}
