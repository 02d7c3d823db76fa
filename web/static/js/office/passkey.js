/**
 * Passkeys (Web Authentication Level 3) on the pages where somebody signs in with one, or makes one. Everything else of
 * these pages works without a script.
 */
import { $ } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import { answerOf, post } from "../lib/sending/post.js";

offerPasskeys();

/** The forms that use one; again once a part of the page was drawn anew, whose forms are others. */
export function offerPasskeys() {
  for (const form of document.querySelectorAll("form[data-passkey]:not([data-begun])")) {
    begin(/** @type {HTMLFormElement} */ (form));
  }
}

/** @param {HTMLFormElement} form */
function begin(form) {
  const button = /** @type {HTMLButtonElement} */ ($("button", form));
  form.dataset.begun = "";
  if (!globalThis.PublicKeyCredential) {
    $("[data-passkey-none]", form).hidden = false;
    return;
  }
  button.disabled = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    button.disabled = true;
    form.ariaBusy = "true";
    const wrong = await run(form);
    form.ariaBusy = null;
    button.disabled = false;
    show(form, wrong);
  });
}

/**
 * What went wrong, in words; "" where the page leaves for the next.
 * @param {HTMLFormElement} form
 */
async function run(form) {
  const path = form.dataset.path ?? "";
  const options = await asked(`${path}/options`, {});
  if ("refusal" in options) return options.refusal;
  try {
    const credential = form.dataset.passkey === "create" ? await made(options.said) : await signed(options.said);
    const name = form.querySelector("input")?.value ?? "";
    const answer = await asked(path, { credential, name, then: form.dataset.then ?? "" });
    if ("refusal" in answer) return answer.refusal;
    location.assign(answer.said.to);
    return "";
  } catch (error) {
    return words(error);
  }
}

/** @param {HTMLFormElement} form @param {string} wrong */
function show(form, wrong) {
  const place = $("[data-passkey-wrong]", form);
  place.hidden = !wrong;
  $("span", place).textContent = wrong;
}

/** @param {unknown} error of the browser's (Web Authentication Level 3, 5.1.3 and 5.1.4) */
function words(error) {
  const name = error instanceof DOMException ? error.name : "";
  if (name === "InvalidStateError") return t("Cet appareil a déjà une clé d’accès pour vous. Prenez-en un autre.");
  if (name === "NotAllowedError" || name === "AbortError") {
    return t("Rien n’a été fait : la demande a été annulée, ou le temps est passé. Recommencez.");
  }
  return t("La clé d’accès n’a pas pu servir. Recommencez, ou prenez un mot de passe avec un code.");
}

/**
 * @param {string} path
 * @param {Record<string, unknown>} body
 * @returns {Promise<{said: any} | {refusal: string}>}
 */
async function asked(path, body) {
  const { status, body: said } = await post(path, body);
  const { ok, refusal } = answerOf(status, said,
    t("Le serveur ne répond pas. Vérifiez votre connexion, puis recommencez."));
  return ok ? { said } : { refusal };
}

/** @param {any} options `PublicKeyCredentialCreationOptionsJSON` */
async function made(options) {
  const publicKey = {
    ...options,
    challenge: bytes(options.challenge),
    user: { ...options.user, id: bytes(options.user.id) },
    excludeCredentials: options.excludeCredentials.map(named),
  };
  const made = /** @type {PublicKeyCredential} */ (await navigator.credentials.create({ publicKey }));
  const response = /** @type {AuthenticatorAttestationResponse} */ (made.response);
  return {
    id: made.id, rawId: text(made.rawId), type: made.type,
    response: { clientDataJSON: text(response.clientDataJSON), attestationObject: text(response.attestationObject) },
  };
}

/** @param {any} options `PublicKeyCredentialRequestOptionsJSON` */
async function signed(options) {
  const publicKey = {
    ...options, challenge: bytes(options.challenge), allowCredentials: options.allowCredentials.map(named),
  };
  const found = /** @type {PublicKeyCredential} */ (await navigator.credentials.get({ publicKey }));
  const response = /** @type {AuthenticatorAssertionResponse} */ (found.response);
  return {
    id: found.id, rawId: text(found.rawId), type: found.type,
    response: {
      clientDataJSON: text(response.clientDataJSON), authenticatorData: text(response.authenticatorData),
      signature: text(response.signature), userHandle: response.userHandle ? text(response.userHandle) : null,
    },
  };
}

/** @param {{id: string}} credential */
function named(credential) {
  return { ...credential, id: bytes(credential.id) };
}

/** @param {string} base64url RFC 4648, 5 */
function bytes(base64url) {
  const raw = atob(base64url.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(raw, (one) => one.charCodeAt(0));
}

/** @param {ArrayBuffer} data */
function text(data) {
  const raw = String.fromCharCode(...new Uint8Array(data));
  return btoa(raw).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}
