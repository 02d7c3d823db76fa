/**
 * Why a camera or a microphone does not open (W3C Media Capture §10.2), told apart as far as browsers tell, and in
 * words what stands against it and what to do.
 *
 * @typedef {import("./closed.js").Kind} Kind
 * @typedef {"browser" | "dismissed" | "system" | "policy"} Denied
 * @typedef {Denied | "none" | "busy" | "insecure" | "unsupported" | "lost" | "muted" | "other"} Cause
 * @typedef {{cause: Cause, title: string, todo: string}} Trouble
 * @typedef {object} Signs
 * @property {string} name of the error
 * @property {string} message of the error
 * @property {boolean} secure the page's address is safe
 * @property {boolean} able the browser has an interface to cameras
 * @property {boolean} policy the page may use one, as far as the document says
 * @property {string} permission this site's in the browser, "" where unknown
 * @property {boolean} present the system lists such a device
 */
import { t } from "./i18n.js";

/** What browsers write of the system's own refusal: they have no name for it. */
const BY_SYSTEM = /by system|system permission/i;
const DISMISSED = /dismissed/i;

/**
 * @param {Signs} signs
 * @returns {Cause}
 */
export function causeOf({ name, message, secure, able, policy, permission, present }) {
  if (!able) return secure ? "unsupported" : "insecure";
  if (!policy) return "policy";
  if (name === "NotAllowedError") {
    if (BY_SYSTEM.test(message)) return "system";
    if (DISMISSED.test(message) || permission === "prompt") return "dismissed";
    // The site may, and still may not: who stands in between is the system.
    return permission === "granted" ? "system" : "browser";
  }
  // Firefox says that it finds none where macOS keeps it from a device that is there.
  if (name === "NotFoundError") return present ? "system" : "none";
  if (name === "OverconstrainedError") return "none";
  if (name === "NotReadableError" || name === "AbortError") return "busy";
  return name === "SecurityError" ? (secure ? "policy" : "insecure") : "other";
}

/**
 * @param {unknown} error of getUserMedia
 * @param {Kind} kind
 * @returns {Promise<Trouble>}
 */
export async function troubleOf(error, kind) {
  const { name, message } = error instanceof Error ? error : { name: "", message: "" };
  const able = Boolean(navigator.mediaDevices);
  const all = able ? await navigator.mediaDevices.enumerateDevices().catch(() => []) : [];
  return wordsOf(causeOf({
    name, message, able, secure: globalThis.isSecureContext !== false, policy: allowedHere(kind),
    permission: await permissionOf(kind),
    present: all.some((one) => one.kind === kind),
  }), kind);
}

/** @param {Kind} kind @returns {Promise<string>} */
async function permissionOf(kind) {
  return (await statusOf(kind))?.state ?? "";
}

/**
 * What the browser knows of this site's permission, which also tells when it changes; null where it does not say.
 * @param {Kind} kind
 */
export async function statusOf(kind) {
  try {
    return await navigator.permissions.query({
      name: /** @type {PermissionName} */ (kind === "videoinput" ? "camera" : "microphone"),
    });
  } catch {
    return null;
  }
}

/** Does the page's own policy, or that of the page it stands in, allow it? @param {Kind} kind */
function allowedHere(kind) {
  const policy = /** @type {{featurePolicy?: {allowsFeature: (name: string) => boolean}}} */
    (/** @type {unknown} */ (document)).featurePolicy;
  return policy?.allowsFeature(kind === "videoinput" ? "camera" : "microphone") ?? true;
}

/**
 * @param {Cause} cause
 * @param {Kind} kind
 * @returns {Trouble}
 */
export function wordsOf(cause, kind) {
  const [title, todo] = kind === "videoinput" ? ofCamera(cause) : ofMicrophone(cause);
  return { cause, title, todo };
}

/** @param {Cause} cause @returns {[string, string]} */
function ofCamera(cause) {
  switch (cause) {
    case "browser": return [t("Le navigateur n’a pas le droit d’ouvrir la caméra."), inBrowser()];
    case "dismissed": return [
      t("Le navigateur attend votre accord pour ouvrir la caméra."),
      t("Choisissez « Réessayer », puis « Autoriser » quand le navigateur pose la question."),
    ];
    case "system": return [
      t("Le système de cet appareil ne laisse pas le navigateur ouvrir la caméra."), inSystem("videoinput"),
    ];
    case "policy": return [t("La caméra ne peut pas s’ouvrir là où cette page est affichée."), alone()];
    case "none": return [
      t("Aucune caméra n’est branchée."),
      t("Branchez-en une, ou ouvrez votre lien sur un téléphone : tout marche aussi là."),
    ];
    case "busy": return [
      t("Votre caméra ne répond pas."),
      closeOthers("videoinput"),
    ];
    case "lost": return [
      t("Votre caméra n’est plus là."),
      t("Elle a été débranchée, ou le système l’a reprise. Rebranchez-la, ou choisissez-en une autre."),
    ];
    case "muted": return [
      t("Votre caméra n’envoie plus d’image."),
      t("Un volet, un bouton ou le système la coupe. Rouvrez-la là, ou choisissez-en une autre."),
    ];
    default: return common(cause) ?? [t("La caméra ne s’ouvre pas."), reopen()];
  }
}

/** @param {Cause} cause @returns {[string, string]} */
function ofMicrophone(cause) {
  switch (cause) {
    case "browser": return [t("Le navigateur n’a pas le droit d’ouvrir le micro."), inBrowser()];
    case "dismissed": return [
      t("Le navigateur attend votre accord pour ouvrir le micro."),
      t("Choisissez « Réessayer », puis « Autoriser » quand le navigateur pose la question."),
    ];
    case "system": return [
      t("Le système de cet appareil ne laisse pas le navigateur ouvrir le micro."), inSystem("audioinput"),
    ];
    case "policy": return [t("Le micro ne peut pas s’ouvrir là où cette page est affichée."), alone()];
    case "none": return [
      t("Aucun micro n’est branché."),
      t("Branchez-en un, ou ouvrez votre lien sur un téléphone : tout marche aussi là."),
    ];
    case "busy": return [
      t("Votre micro ne répond pas."),
      closeOthers("audioinput"),
    ];
    case "lost": return [
      t("Votre micro n’est plus là."),
      t("Il a été débranché, ou le système l’a repris. Rebranchez-le, ou choisissez-en un autre."),
    ];
    case "muted": return [
      t("Votre micro n’envoie plus de son."),
      t("Un bouton du casque ou le système le coupe. Rouvrez-le là, ou choisissez-en un autre."),
    ];
    default: return common(cause) ?? [t("Le micro ne s’ouvre pas."), reopen()];
  }
}

/** @param {Cause} cause @returns {[string, string] | null} */
function common(cause) {
  if (cause === "insecure") {
    return [
      t("Cette page n’est pas ouverte par une adresse sûre."),
      t("Ouvrez le lien de votre courriel tel quel : son adresse commence par https."),
    ];
  }
  if (cause === "unsupported") {
    return [
      t("La caméra et le micro ne s’ouvrent pas ici."),
      t("Cette page est sans doute ouverte à l’intérieur d’une application. "
        + "Ouvrez votre lien dans le navigateur de votre appareil : Safari, Chrome, Firefox."),
    ];
  }
  return null;
}

/** @param {Kind} kind */
function closeOthers(kind) {
  const first = t("Fermez les autres logiciels qui s’en servent (Teams, Zoom…), puis « Réessayer ».");
  return `${first} ${t("Sinon :")} ${inSystem(kind)}`;
}

function inBrowser() {
  return t("Cliquez sur le cadenas à gauche de l’adresse, choisissez « Autoriser », puis « Réessayer ». "
    + "Si le choix est grisé, votre organisation le bloque : prenez un autre appareil.");
}

function alone() {
  return t("Ouvrez le lien de votre courriel dans un onglet à lui, pas à l’intérieur d’une autre page.");
}

function reopen() {
  return t("Fermez et rouvrez le navigateur, puis revenez par le même lien. "
    + "Sinon, signalez-le : l’organisateur vous aide.");
}

/** @param {Kind} kind */
function inSystem(kind) {
  const camera = kind === "videoinput";
  switch (systemOf(navigator.userAgent, navigator.maxTouchPoints)) {
    case "mac": return camera
      ? t("Réglages Système › Confidentialité et sécurité › Caméra : activez votre navigateur, "
        + "puis fermez-le et rouvrez-le.")
      : t("Réglages Système › Confidentialité et sécurité › Microphone : activez votre navigateur, "
        + "puis fermez-le et rouvrez-le.");
    case "windows": return camera
      ? t("Paramètres › Confidentialité et sécurité › Caméra : activez l’accès, aussi pour les applications de bureau, "
        + "puis « Réessayer ».")
      : t("Paramètres › Confidentialité et sécurité › Microphone : activez l’accès, "
        + "aussi pour les applications de bureau, puis « Réessayer ».");
    case "ios": return camera
      ? t("Réglages › Apps › votre navigateur › Appareil photo : autorisez, puis « Réessayer ».")
      : t("Réglages › Apps › votre navigateur › Micro : autorisez, puis « Réessayer ».");
    case "android": return camera
      ? t("Paramètres › Applications › votre navigateur › Autorisations › Appareil photo : autorisez, "
        + "puis « Réessayer ».")
      : t("Paramètres › Applications › votre navigateur › Autorisations › Micro : autorisez, puis « Réessayer ».");
    default: return camera
      ? t("Autorisez la caméra pour votre navigateur dans les réglages du système, puis « Réessayer ».")
      : t("Autorisez le micro pour votre navigateur dans les réglages du système, puis « Réessayer ».");
  }
}

/**
 * @param {string} agent
 * @param {number} touch points; an iPad says that it is a Mac
 * @returns {"mac" | "windows" | "ios" | "android" | ""}
 */
export function systemOf(agent, touch) {
  if (/iPhone|iPad|iPod/.test(agent) || (/Macintosh/.test(agent) && touch > 1)) return "ios";
  if (/Android/.test(agent)) return "android";
  if (/Windows/.test(agent)) return "windows";
  return /Macintosh/.test(agent) ? "mac" : "";
}
