/**
 * The forms of a case: what is typed and not sent stays in this tab until it is sent, also when the browser has been put
 * out of the space meanwhile. Without a script the forms work as well.
 */
import { Draft } from "../lib/drafts.js";

const [, , , , , candidacy] = location.pathname.split("/");
const space = location.pathname.slice(0, location.pathname.indexOf("/cases/") + 1);
const sent = document.querySelector("[data-sent]")?.getAttribute("data-sent");

for (const form of document.querySelectorAll("form[data-draft]")) {
  const name = form.getAttribute("data-draft") ?? "";
  for (const area of form.querySelectorAll("textarea")) {
    const draft = new Draft(`${name} ${area.name}`, candidacy, space);
    if (name === sent) draft.clear();
    draft.keep(area);
  }
}
// Read again, the page does not forget what is typed from now on.
if (sent) history.replaceState(null, "", location.pathname);
