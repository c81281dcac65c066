// What is practice's own and not RedNote's: in both languages at once, whatever the page speaks.
import { h } from "../dom.js";

const WORDS = {
  "practice": ["Practice", "练习"],
  "note": [
    "This is crossover’s practice page, not RedNote. All of it stays on this computer.",
    "这是 crossover 的练习页面，不是小红书，一切只留在这台电脑上。",
  ],
  "sign-in": [
    "To sign in here: press the code in the corner, then the button below the large one.",
    "在这里登录：点击右上角的二维码，再点大二维码下方的按钮。",
  ],
  "no-sms": ["No text messages in practice: use the QR code.", "练习中不发送短信，请使用二维码。"],
  "pretend": ["Pretend that your phone scanned it", "假装手机已扫码"],
  "no-tab": ["Not part of practice.", "练习中没有这一项。"],
  "warning": [
    "Practice ends here: the real site would ask for a check.",
    "练习到此为止：真实网站会在这里要求验证。",
  ],
};

/** The two texts of a key, for one line. */
export function practiceText(key) {
  return WORDS[key].join(" · ");
}

/** The two texts of a key, one below the other. */
export function practiceLines(key) {
  return h("span.practice-note", {}, ...WORDS[key].map((text) => h("span.practice-line", {}, text)));
}
