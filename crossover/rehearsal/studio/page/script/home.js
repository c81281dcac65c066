// The home page: asks who is signed in, and leads on.
import { call } from "./calls.js";
import { h } from "./dom.js";
import { makeFrame } from "./frame.js";
import { goTo } from "./router.js";
import { practiceLines } from "./words/practice.js";
import { t } from "./words/words.js";

export async function showHome(app, signal) {
  const person = h("section.person");
  app.append(makeFrame(), h("main.home", {}, person, practiceLines("note")));
  const [info, user] = await Promise.all([
    call("GET", "/api/galaxy/creator/home/personal_info"),
    call("GET", "/api/galaxy/user/info"),
    call("GET", "/api/galaxy/user/my-info"),
  ]).catch(() => []);
  if (!info || signal.aborted) return;
  person.append(
    h("h1.name", {}, info.name),
    h("p.number", {}, user.redId),
    h("button.sign-out", { type: "button", onclick: signOut }, t("sign-out")),
  );
}

async function signOut() {
  await call("POST", "/@sandbox/sign-out");
  await goTo("/login");
}
