/**
 * "Quitter", on every page of a seat: asked once more, with what the server does not have yet. Until this script is
 * there, and without it, the form leads to a page that asks (`GET leave`).
 */
import { confirmed } from "./dialog.js";
import { el } from "./dom.js";
import { t } from "./i18n.js";
import { unsent } from "./sending/unsent.js";

for (const form of document.querySelectorAll("form[data-leave]")) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void leave(/** @type {HTMLFormElement} */ (form));
  });
}

/** @param {HTMLFormElement} form */
async function leave(form) {
  const waiting = unsent();
  const words =
    t("Ce navigateur n’ouvrira plus votre place ni votre espace ; votre image et votre son s’arrêtent. "
      + "Ce que vous avez écrit sans l’envoyer est effacé. "
      + "Pour revenir, rouvrez le lien reçu par courriel : un code vous sera envoyé.");
  const stay = t("Restez jusqu’à ce que la page dise « enregistré ». Si vous vous déconnectez avant, le serveur ne "
    + "les a pas : elles ne partiront que si vous rouvrez votre lien dans ce même navigateur.");
  const space = document.body.dataset.spacePath;
  const more = space ? [el("p", null, el("a", { href: space }, t("Retourner à mon espace sans se déconnecter")))] : [];
  const sure = await confirmed(waiting ? {
    title: waiting === 1 ? t("Une note attend encore d’être enregistrée")
      : t("{count} notes attendent encore d’être enregistrées", { count: waiting }),
    words: [stay, words].join(" "),
    yes: t("Se déconnecter quand même"), no: t("Rester"), bad: true, more,
  } : { title: t("Se déconnecter ?"), yes: t("Se déconnecter"), no: t("Rester"), words, more });
  if (!sure) return;
  form.method = "post";
  form.submit();
}
