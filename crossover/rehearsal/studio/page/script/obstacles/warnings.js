// Where the page goes when an answer says that something is wrong with the session or the account.

const CAPTCHA = [461, 471];
const BLOCKED = [300011, 300012, 300015];
const SIGNED_OUT = [-100, -10001];

let leaving = false;

/** Look at an answer of the site, whatever call it was for. The first that leads away decides: one
 *  more would break off the way there. */
export function onAnswer({ status, code }) {
  if (leaving) return;
  const here = encodeURIComponent(location.pathname + location.search);
  if (CAPTCHA.includes(status)) {
    leave(`/web-login/captcha?redirectPath=${here}&verifyUuid=practice&verifyType=124&verifyBiz=${status}`);
  } else if (BLOCKED.includes(code)) {
    leave(`/website-login/error?redirectPath=${here}&error_code=${code}`);
  } else if (status === 401 || SIGNED_OUT.includes(code)) {
    leave(`/login?source=official&redirectReason=401&lastUrl=${here}`);
  }
}

function leave(address) {
  leaving = true;
  location.assign(address);
}
