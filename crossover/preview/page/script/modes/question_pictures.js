// Pictures of what is asked about. The server makes each when it is first wanted.
import { h } from "../dom.js";
import { t } from "../words/words.js";

export class QuestionPictures {
  constructor(app) {
    this.app = app;
    this.wanted = new Map();
  }

  /** The addresses of the picture of this name: several for a video, whose moments they are. */
  find(name) {
    if (!this.wanted.has(name)) {
      this.wanted.set(name, this.app.ask(`/questions/pictures/${name}`).then((answer) => answer.pictures));
    }
    return this.wanted.get(name);
  }

  /** Have the pictures of a question made while somebody looks at another one. */
  prepare(question) {
    const names = question.about === "caption" ? question.post.pictures ?? [] : [...question.pictures, ...question.posts.flatMap((one) => one.post.pictures ?? [])];
    for (const name of names) this.find(name).catch(() => {});
  }

  /** A place for pictures, which come as they are made; `what` says of whom they are. */
  makePlace(names, what) {
    const place = h("div.pictures", { "aria-label": t("questions-pictures", { what }), role: "group" });
    if (!names?.length) {
      place.append(h("span.no-picture", {}, t("questions-no-picture")));
      return place;
    }
    place.classList.add("wait");
    this.fill(place, names, what);
    return place;
  }

  async fill(place, names, what) {
    let shown = 0;
    for (const name of names) {
      try {
        for (const path of await this.find(name)) {
          shown += 1;
          place.append(h("img", { src: path, alt: t("questions-picture-of", { what, number: shown }), decoding: "async" }));
        }
      } catch (error) {
        place.append(h("span.no-picture", {}, error.answer?.message || t("questions-no-picture")));
      }
    }
    place.classList.toggle("several", shown > 1);
    place.classList.remove("wait");
  }
}
