/** The page of a case in a person's space: what is typed is kept in this tab (lib/form-drafts.js). */
import { keepForms } from "../lib/form-drafts.js";

const sent = document.querySelector("[data-sent]")?.getAttribute("data-sent");
keepForms(document.querySelectorAll("form[data-draft]"), location.pathname, sent);
// Read again, the page does not forget what is typed from now on.
if (sent) history.replaceState(null, "", location.pathname);
