/**
 * What is typed into the forms of a case in a person's space stays in this tab until it is sent, also when the browser
 * has been put out of the space meanwhile. Without a script the forms work as well.
 */
import { Draft } from "./drafts.js";

/** @typedef {Pick<Element, "getAttribute" | "querySelectorAll">} DraftForm */

/**
 * @param {Iterable<DraftForm>} forms those with `data-draft`, which names each
 * @param {string} path "/space/PERSON/cases/CASE/CANDIDACY", whatever comes after it
 * @param {string | null | undefined} sent the name of the form that has been sent by now
 */
export function keepForms(forms, path, sent) {
  const [, , person, , , candidacy] = path.split("/");
  for (const form of forms) {
    const name = form.getAttribute("data-draft") ?? "";
    for (const area of /** @type {NodeListOf<HTMLTextAreaElement>} */ (form.querySelectorAll("textarea"))) {
      const draft = new Draft(`${name} ${area.name}`, candidacy, `/space/${person}/`);
      if (name === sent) draft.clear();
      draft.keep(area);
    }
  }
}
