/** "Quitter", on every page of a seat: asked once more before the form is sent, with what has not reached the server yet. */
import { confirmed } from "./dialog.js";
import { t } from "./i18n.js";
import { unsent } from "./unsent.js";

for (const form of document.querySelectorAll("form[data-leave]")) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void leave(/** @type {HTMLFormElement} */ (form));
  });
}

/** @param {HTMLFormElement} form */
async function leave(form) {
  const waiting = unsent();
  const words = t("Ce navigateur n’ouvrira plus votre place ; votre image et votre son s’arrêtent. Ce que vous avez écrit sans l’envoyer est effacé. Pour revenir, rouvrez le lien reçu par courriel.");
  const sure = await confirmed(waiting ? {
    title: waiting === 1 ? t("Une note attend encore d’être enregistrée") : t("{count} notes attendent encore d’être enregistrées", { count: waiting }),
    words: `${t("Restez jusqu’à ce que la page dise « enregistré ». Si vous vous déconnectez avant, le serveur ne les a pas : elles ne partiront que si vous rouvrez votre lien dans ce même navigateur.")} ${words}`,
    yes: t("Se déconnecter quand même"), no: t("Rester"), bad: true,
  } : { title: t("Se déconnecter ?"), yes: t("Se déconnecter"), no: t("Rester"), words });
  if (sure) form.submit();
}
