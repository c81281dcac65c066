// Sends the note, once for each press, and leads to the page that says so.
import { call } from "../calls.js";
import { goTo } from "../router.js";
import { settings } from "../settings.js";
import { toast } from "../toast.js";
import { t } from "../words/words.js";

const MILLISECONDS = 600;
const SUCCESS = "/publish/success?source=official&bind_status=not_bind&__debugger__=&proxy=";
const PUBLISHED = "/publish/publish?source=official&published=true";

/** Send the payload of a form. While the answer is awaited the button takes no other press. Gives
 *  whether the note is there. */
export async function publish(form, payload) {
  form.button.setLoading(true);
  try {
    if (form.note) await call("PUT", "/web_api/sns/capa/postgw/note/update", payload);
    else await call("POST", "/web_api/sns/v2/note", payload);
  } catch (error) {
    form.button.setLoading(false);
    toast(error.message || t("submit.failed"));
    return false;
  }
  setTimeout(() => {
    if (!form.signal.aborted) goTo(settings.publishedQuery ? PUBLISHED : SUCCESS);
  }, MILLISECONDS);
  return true;
}
