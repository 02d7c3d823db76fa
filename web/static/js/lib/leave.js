/** "Se déconnecter", on every page of a seat: asked once more before the form is sent. */
import { confirmed } from "./dialog.js";
import { t } from "./i18n.js";

for (const form of document.querySelectorAll("form[data-leave]")) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void leave(/** @type {HTMLFormElement} */ (form));
  });
}

/** @param {HTMLFormElement} form */
async function leave(form) {
  const sure = await confirmed({
    title: t("Se déconnecter ?"), yes: t("Se déconnecter"), no: t("Rester"),
    words: t("Ce navigateur n’ouvrira plus votre place ; votre image et votre son s’arrêtent. Ce que vous avez écrit sans l’envoyer est effacé. Pour revenir, rouvrez le lien reçu par courriel."),
  });
  if (sure) form.submit();
}
