// Where the page goes when an answer says that something is wrong with the session or the account.

const CAPTCHA = [461, 471];
const BLOCKED = [300011, 300012, 300015];
const SIGNED_OUT = [-100, -10001];

/** Look at an answer of the site, whatever call it was for. */
export function onAnswer({ status, code }) {
  const here = encodeURIComponent(location.pathname + location.search);
  if (CAPTCHA.includes(status)) {
    location.assign(`/web-login/captcha?redirectPath=${here}&verifyUuid=practice&verifyType=124&verifyBiz=${status}`);
  } else if (BLOCKED.includes(code)) {
    location.assign(`/website-login/error?redirectPath=${here}&error_code=${code}`);
  } else if (status === 401 || SIGNED_OUT.includes(code)) {
    location.assign(`/login?source=official&redirectReason=401&lastUrl=${here}`);
  }
}
