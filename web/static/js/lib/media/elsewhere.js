/** Told where somebody's seat is open twice: only the newest tab is seen and heard. */
import { tell, untell } from "../banner.js";
import { t } from "../i18n.js";

/**
 * @param {boolean} elsewhere
 * @param {() => void} here takes the seat's picture and sound back to this tab
 */
export function tellElsewhere(elsewhere, here) {
  if (!elsewhere) return untell("elsewhere");
  tell({
    id: "elsewhere", kind: "warn", icon: "info", title: t("Votre place est ouverte dans un autre onglet."),
    words: t("C’est là qu’on vous voit et vous entend. Si vous le fermez, ce sera de nouveau ici."),
    action: { words: t("Continuer ici"), run: here },
  });
}
