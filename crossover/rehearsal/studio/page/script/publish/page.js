// The publish page: the tabs, the place to put files, and the form that their first file opens.
import { h } from "../dom.js";
import { makeDraftBox } from "../drafts/draft_box.js";
import { makeFrame } from "../frame.js";
import { showAtOpening } from "../obstacles/obstacles.js";
import { startForm } from "./form.js";
import { makeTabs } from "./tabs.js";
import { makeUploadArea } from "./upload_area.js";

export function showPublish(app, signal) {
  const place = h("div.publish-page-content");
  const container = h("div.publish-page", { id: "publish-container" });
  const open = (kind) => place.replaceChildren(makeUploadArea(kind, (files) => begin(kind, files)));
  const begin = async (kind, files) => {
    const form = await startForm({ kind, container, place, signal });
    form.addFiles(files);
  };
  const resume = (draft) => {
    tabs.show(draft.kind);
    return startForm({ kind: draft.kind, container, place, signal, draft });
  };
  const wanted = new URLSearchParams(location.search).get("target");
  const tabs = makeTabs(wanted === "image" ? "image" : "video", open);
  tabs.element.append(makeDraftBox(resume));
  container.append(tabs.element, place);
  app.append(makeFrame(), h("main.publish", {}, container));
  open(tabs.chosen());
  showAtOpening(container);
}
