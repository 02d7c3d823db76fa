/**
 * Sends a file to a hearing's documents, with its progress.
 * @typedef {import("./post.js").Answer} Answer
 * @typedef {import("../../view").CopyQuality} CopyQuality
 */
import { t } from "../i18n.js";
import { seatPath } from "../page.js";
import { newKey } from "../within.js";
import { answerOf } from "./post.js";
import { sendBody } from "./upload-body.js";

/**
 * What was chosen once is one upload, however often it is sent: the server keeps it once.
 * @type {WeakMap<File, Map<string, string>>}
 */
const keys = new WeakMap();

/** @param {File} file @param {string} address */
function keyOf(file, address) {
  const known = keys.get(file) ?? new Map();
  keys.set(file, known);
  if (!known.has(address)) known.set(address, newKey());
  return known.get(address);
}

/**
 * @param {File} file
 * @param {{hearing: string, kind: string, identity?: string}} about `identity`: which document it is a copy of
 * @param {import("./upload-body.js").Told} told
 * @returns {Promise<Answer & {document?: string, quality?: CopyQuality | null}>} `quality` of an identity copy
 */
export async function upload(file, about, told) {
  const body = new FormData();
  body.append("file", file, file.name);
  const address = `${seatPath}documents?${new URLSearchParams(about)}`;
  const { status, body: answer, whole } = await sendBody(address, body, { ...told, key: keyOf(file, address) });
  if (status) return { ...answerOf(status, answer), document: answer.document, quality: answer.quality };
  return answerOf(status, {}, whole
    ? t("Le fichier est parti, et la réponse n’est pas revenue. "
      + "Envoyez-le de nouveau : s’il était arrivé, il n’est pas gardé deux fois.")
    : t("L’envoi n’avançait plus : le fichier n’est pas arrivé, et rien n’a été enregistré. "
      + "Vérifiez votre connexion, puis envoyez-le de nouveau."));
}
