"""What each finding means and what to do about it, for the jury (rows) and for the candidate (the copy).

Neutral, for everybody's sake: a measure says what two pictures have in common, never who somebody is or what they
meant.
"""
from __future__ import annotations

from collections.abc import Mapping

from evaluation.rules import N_

AGAIN = N_("Faites reprendre l’image.")
FLAT = N_("Demandez de montrer le document bien à plat, plus près de la caméra, puis reprenez.")
NEARER = N_("Demandez d’approcher le document de la caméra, puis reprenez.")
TILT = N_("Demandez d’incliner la carte pour chasser le reflet, puis reprenez.")
EDGES = N_("Demandez de tenir le document par les bords, sans rien couvrir, puis reprenez.")
WHOLE = N_("Demandez de placer tout le document dans le cadre, puis reprenez.")
YOURSELVES = N_("Comparez vous-mêmes les deux images.")
LOOK = N_("Demandez de regarder la caméra de face, bien éclairé, puis reprenez.")
READ = N_("Lisez vous-mêmes les lignes sur l’image.")

# (row, code) → (meaning, what to do)
ROWS: Mapping[tuple[str, str], tuple[str, str]] = {
    ("document", "found"): (N_("Le document montré est de la même sorte que la copie et se place dessus."), ""),
    ("document", "found_mirrored"): (
        N_("Le document montré est de la même sorte que la copie et se place dessus. L’image de la caméra est inversée "
           "comme dans un miroir ; la comparaison en tient compte."), ""),
    ("document", "not_found"): (
        N_("Le document de la copie n’a pas été reconnu dans l’image."),
        N_("Demandez de le montrer de face, près de la caméra, dans le cadre. S’il est d’une autre sorte que la copie, "
           "comparez vous-mêmes.")),
    ("document", "wrong_side"): (
        N_("C’est le verso du document qui a été montré."), N_("Demandez de montrer le recto, côté portrait.")),
    ("portrait", "close"): (N_("Le portrait du document montré se superpose à celui de la copie."), ""),
    ("portrait", "unsure"): (
        N_("Les deux portraits se superposent en partie seulement : la qualité de l’image peut en être la cause."),
        FLAT),
    ("portrait", "far"): (
        N_("Les deux portraits ne se superposent pas : les documents diffèrent à cet endroit."), YOURSELVES),
    ("portrait", "glare"): (N_("Un reflet cache le portrait."), TILT),
    ("portrait", "covered"): (N_("Quelque chose couvre le portrait, peut-être une main."), EDGES),
    ("portrait", "out_of_frame"): (N_("Le portrait sort de l’image."), WHOLE),
    ("portrait", "small"): (N_("Le document est trop loin de la caméra pour comparer les portraits."), NEARER),
    ("portrait", "no_document"): (N_("Le portrait sera comparé quand le document sera reconnu."), ""),
    ("portrait", "no_print"): (N_("Aucun portrait n’a été trouvé sur la copie."), YOURSELVES),
    ("portrait", "no_detector"): (N_("Sur ce serveur, rien ne permet de trouver le portrait."), YOURSELVES),
    ("text", "close"): (N_("Les textes imprimés se superposent à ceux de la copie."), ""),
    ("text", "unsure"): (
        N_("Les textes imprimés se superposent en partie seulement : la qualité de l’image peut en être la cause."),
        FLAT),
    ("text", "far"): (
        N_("Une partie des textes imprimés diffère de ceux de la copie."), YOURSELVES),
    ("text", "glare"): (N_("Un reflet cache une partie des textes."), TILT),
    ("text", "covered"): (N_("Une partie des textes est couverte, peut-être par une main."), EDGES),
    ("text", "out_of_frame"): (N_("Une partie des textes sort de l’image."), WHOLE),
    ("text", "small"): (N_("Le document est trop loin de la caméra pour comparer les textes."), NEARER),
    ("text", "no_document"): (N_("Les textes seront comparés quand le document sera reconnu."), ""),
    ("text", "no_print"): (N_("La copie montre trop peu de texte net à comparer."), YOURSELVES),
    ("face", "close"): (N_("Le visage à la caméra ressemble à celui du portrait de la copie."), ""),
    ("face", "unsure"): (
        N_("La ressemblance du visage et du portrait ne suffit pas à se prononcer : lumière, angle ou ancienneté de la "
           "photographie comptent beaucoup."), LOOK),
    ("face", "far"): (
        N_("Le visage à la caméra ressemble peu à celui du portrait de la copie. La mesure se trompe parfois."),
        YOURSELVES),
    ("face", "no_portrait"): (N_("Aucun portrait n’a été trouvé sur la copie."), YOURSELVES),
    ("face", "portrait_small"): (N_("Le portrait de la copie est trop petit pour être comparé."), YOURSELVES),
    ("face", "no_face"): (N_("Aucun visage n’a été trouvé à côté du document."), LOOK),
    ("face", "face_small"): (
        N_("Le visage est trop loin de la caméra pour être comparé."),
        N_("Demandez de s’approcher de la caméra, puis reprenez.")),
    ("mrz", "close"): (
        N_("Les lignes pour la lecture automatique ont été lues deux fois à l’identique, et leurs clés de contrôle "
           "tombent juste."), ""),
    ("mrz", "once"): (
        N_("Les lignes ont été lues une seule fois, clés de contrôle justes : une seconde lecture la confirmerait."),
        FLAT),
    ("mrz", "check_digits"): (
        N_("Les lignes ont été lues, mais une clé de contrôle ne tombe pas juste : le plus souvent une erreur de "
           "lecture."), READ),
    ("mrz", "differs"): (
        N_("Les lignes ont été lues à l’identique, clés de contrôle justes, mais elles diffèrent de celles de la "
           "copie."),
        READ),
    ("mrz", "not_read"): (
        N_("Les lignes pour la lecture automatique n’ont pas été lues."),
        N_("Demandez de montrer le côté où elles sont imprimées, à plat et près de la caméra, puis reprenez.")),
    ("mrz", "not_installed"): (N_("Sur ce serveur, rien ne permet de lire ces lignes."), READ),
    ("expiry", "valid"): (N_("Le document est valable jusqu’au {date}."), ""),
    ("expiry", "expired"): (
        N_("La date de validité, {date}, est passée."), N_("Le président dit si le document est accepté.")),
    ("expiry", "none_printed"): (
        N_("Ce modèle de carte ne porte pas sa date de validité dans ces lignes."),
        N_("Lisez-la au verso de la carte.")),
    ("expiry", "not_read"): (N_("La date de validité n’a pas été lue."), N_("Lisez-la sur le document.")),
    ("names", "close"): (N_("Les noms lus sur le document sont ceux de l’inscription."), ""),
    ("names", "unsure"): (
        N_("Une partie des noms lus est celle de l’inscription : nom d’usage, second prénom ou erreur de lecture "
           "l’expliquent souvent."), READ),
    ("names", "far"): (N_("Les noms lus sur le document ne sont pas ceux de l’inscription."), READ),
    ("names", "not_read"): (N_("Les noms n’ont pas été lus sur le document."), N_("Lisez-les sur le document.")),
    ("names", "other_script"): (
        N_("L’inscription est dans une autre écriture que le document : la machine ne peut pas comparer les noms."),
        READ),
    ("names", "not_registered"): (N_("Aucun nom d’inscription n’a été donné à comparer."), ""),
}  # fmt: skip

# code → (what is wrong, what to do): said to whoever supplies the copy
COPY: Mapping[str, tuple[str, str]] = {
    "not_a_picture": (
        N_("Cette image n’a pas pu être lue : le fichier est peut-être incomplet."),
        N_("Reprenez la photo, ou envoyez une image JPEG ou PNG.")),
    "too_small": (
        N_("Le document est petit sur l’image."),
        N_("Approchez-vous, ou cadrez de plus près, puis reprenez la photo.")),
    "blurred": (
        N_("L’image est floue."), N_("Posez le document à plat, tenez l’appareil immobile, puis reprenez la photo.")),
    "glare": (
        N_("Un reflet cache une partie du document."),
        N_("Éloignez-vous de la lampe ou de la fenêtre, sans flash, puis reprenez la photo.")),
    "cut_off": (
        N_("Le document semble coupé par le bord de l’image."), N_("Cadrez-le tout entier, puis reprenez la photo.")),
    "portrait_not_found": (
        N_("Aucun portrait n’a été trouvé sur cette image."),
        N_("Vérifiez que c’est bien le côté du portrait, et qu’il est net et droit.")),
    "mrz_not_read": (
        N_("Les lignes de lettres et de chevrons n’ont pas pu être lues."),
        N_("Vérifiez que c’est bien le côté où elles sont imprimées, et qu’elles sont nettes.")),
    "expired": (
        N_("La date de validité du document semble passée."),
        N_("Si vous avez un document valable, envoyez-le. Sinon gardez celui-ci : c’est le jury qui décide.")),
    "back_missing": (N_("Il manque le verso du document."), N_("Ajoutez une image du verso.")),
    "front_missing": (N_("Il manque le recto du document."), N_("Ajoutez une image du recto.")),
}  # fmt: skip

# Why a check or an examination gave nothing at all: (what happened, what was kept, what to do now).
TROUBLE: Mapping[str, str] = {
    "copy_unreadable": N_("La copie n’a pas pu être ouverte comme une image. Elle est conservée telle quelle : "
                          "comparez à l’œil, ou demandez une nouvelle copie."),
    "frames_unreadable": N_("Aucune image de la caméra n’a pu être lue. Rien n’est perdu : recommencez."),
    "died": N_("Le calcul s’est arrêté en route. La session continue et rien n’est perdu : recommencez, ou comparez "
               "à l’œil."),
    "too_slow": N_("Le calcul a pris trop de temps et a été arrêté. La session continue : recommencez, ou comparez à "
                   "l’œil."),
    "not_started": N_("Le calcul n’est pas disponible sur ce serveur. Comparez à l’œil : la décision reste la même."),
}  # fmt: skip
