/**
 * Sends a file to a hearing's documents, with its progress.
 * @typedef {import("./commands.js").Answer} Answer
 * @typedef {import("../view").CopyQuality} CopyQuality
 */
import { answerOf } from "./commands.js";
import { t } from "./i18n.js";
import { seatPath } from "./page.js";

/**
 * @param {File} file
 * @param {{hearing: string, kind: string, identity?: string}} about `identity`: which document it is a copy of
 * @param {(share: number) => void} onProgress 0 to 1
 * @returns {Promise<Answer & {document?: string, quality?: CopyQuality | null}>} `quality` of an identity copy
 */
export function upload(file, about, onProgress) {
  return new Promise((resolve) => {
    const body = new FormData();
    body.append("file", file, file.name);
    // fetch tells nothing of what has been sent so far.
    const request = new XMLHttpRequest();
    request.open("POST", `${seatPath}documents?${new URLSearchParams(about)}`);
    request.setRequestHeader("Accept", "application/json");
    request.responseType = "json";
    request.upload.onprogress = ({ loaded, total }) => onProgress(total ? loaded / total : 0);
    request.onload = () => resolve({ ...answerOf(request.status, request.response ?? {}), document: request.response?.document, quality: request.response?.quality });
    request.onerror = () => resolve({ ok: false, status: 0, refusal: t("La connexion a manqué : le fichier n’est pas arrivé. Choisissez-le de nouveau.") });
    request.send(body);
  });
}
