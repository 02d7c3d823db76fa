"""Why a file is refused, in words that tell the sender what to do next."""
from __future__ import annotations

from evaluation.rules import N_, Value

REFUSALS: dict[str, str] = {
    "empty": N_("Ce fichier est vide. Rien n’a été enregistré : choisissez le fichier de nouveau."),
    "too_heavy": N_(
        "Ce fichier pèse {size} Mo et la limite est de {limit} Mo. Il n’a pas été enregistré : réduisez la taille "
        "des images qu’il contient, puis envoyez-le de nouveau."
    ),
    "receipt": N_(
        "Ce fichier n’est pas un accusé de réception du dépôt. Rien n’a été enregistré : un fichier XML est attendu, "
        "tel que la Caisse des Dépôts le donne."
    ),
    "receipt_of_another": N_(
        "Cet accusé de réception répond à un autre fichier, {flux}. Rien n’a été enregistré : donnez-le sur la page de "
        "celui-là."
    ),
    "receipt_says_nothing": N_(
        "Cet accusé de réception ne nomme aucun passage. Rien n’a été enregistré : vérifiez que c’est le bon fichier."
    ),
    "kind": N_(
        "Ce fichier n’est ni un PDF ni une image JPEG, PNG ou WebP. Il n’a pas été enregistré : enregistrez votre "
        "document en PDF, ou prenez-le en photo, puis envoyez ce nouveau fichier."
    ),
    "name_of_pdf": N_(
        "Le nom du fichier finit par « .{extension} », mais c’est un PDF. Il n’a pas été enregistré : vérifiez que "
        "c’est le bon fichier, enregistrez-le de nouveau en PDF ou en image, puis envoyez-le."
    ),
    "name_of_image": N_(
        "Le nom du fichier finit par « .{extension} », mais c’est une image. Il n’a pas été enregistré : vérifiez que "
        "c’est le bon fichier, enregistrez-le de nouveau en PDF ou en image, puis envoyez-le."
    ),
    "office": N_(
        "Ce fichier vient d’un traitement de texte (« .{extension} »), et cette installation ne les convertit pas. Il "
        "n’a pas été enregistré : ouvrez-le, choisissez « Fichier », « Enregistrer sous » ou « Exporter », puis le "
        "format PDF, et envoyez ce PDF."
    ),
    "not_converted": N_(
        "Ce fichier de traitement de texte n’a pas pu être converti en PDF. Il n’a pas été enregistré : ouvrez-le, "
        "choisissez « Fichier », « Enregistrer sous » ou « Exporter », puis le format PDF, et envoyez ce PDF."
    ),
    "heic": N_(
        "Cette photo est au format HEIC, que le jury ne peut pas ouvrir. Elle n’a pas été enregistrée : faites-en "
        "une capture d’écran et envoyez la capture. Sur iPhone, vous pouvez aussi choisir Réglages, Appareil photo, "
        "Formats, « Le plus compatible », puis reprendre la photo."
    ),
    "mixed": N_(
        "Ce fichier contient autre chose que le document lui-même. Il n’a pas été enregistré : ouvrez-le, "
        "enregistrez-en une copie en PDF ou en image, puis envoyez cette copie."
    ),
    "damaged": N_(
        "Ce fichier est incomplet ou abîmé. Il n’a pas été enregistré : ouvrez l’original pour vérifier qu’il "
        "s’affiche, enregistrez-en une copie, puis envoyez cette copie."
    ),
    "encrypted": N_(
        "Ce PDF est protégé par un mot de passe ou par des restrictions. Il n’a pas été enregistré : "
        "enregistrez-en une copie sans protection (« Imprimer », puis « Enregistrer en PDF ») et envoyez cette copie."
    ),
    "xfa": N_(
        "Ce PDF est un formulaire que seul Adobe Acrobat sait montrer (format XFA) : le jury n’en verrait qu’une page "
        "d’attente. Il n’a pas été enregistré : ouvrez-le dans Adobe Acrobat Reader, choisissez « Imprimer », puis "
        "« Microsoft Print to PDF » ou « Enregistrer en PDF », et envoyez ce nouveau fichier."
    ),
    "collection": N_(
        "Ce PDF est un porte-documents : il ne montre qu’une couverture, et vos documents y sont joints. Il n’a pas "
        "été enregistré : réunissez ces documents en un seul PDF, page après page, et envoyez ce nouveau fichier."
    ),
    "attached": N_(
        "La page {page} de ce PDF porte un fichier joint, un son ou une vidéo, que le jury ne verrait pas. Le PDF n’a "
        "pas été enregistré : mettez dans les pages ce qui doit être lu, retirez le reste, puis envoyez-le de nouveau."
    ),
    "unshown_note": N_(
        "La page {page} de ce PDF porte une annotation que le jury ne verrait pas. Le PDF n’a pas été enregistré : "
        "ouvrez-le, choisissez « Imprimer », puis « Enregistrer en PDF », vérifiez que tout s’y voit, et envoyez ce "
        "nouveau fichier."
    ),
    "folded_note": N_(
        "La page {page} de ce PDF porte une note repliée, dont le jury ne verrait pas les mots. Le PDF n’a pas été "
        "enregistré : écrivez ces mots dans la page, ou supprimez la note, puis envoyez-le de nouveau."
    ),
    "unshown_words": N_(
        "Des mots écrits dans un champ de la page {page} ne peuvent pas être montrés en entier au jury. Le PDF n’a "
        "pas été enregistré : ouvrez-le, choisissez « Imprimer », puis « Enregistrer en PDF », vérifiez que tous les "
        "mots s’y lisent, et envoyez ce nouveau fichier."
    ),
    "table_kind": N_(
        "Ce fichier n’est ni un classeur (Excel, LibreOffice) ni un fichier CSV. Rien n’a été enregistré : enregistrez "
        "votre liste dans l’un de ces formats, puis choisissez-la de nouveau."
    ),
    "table_locked": N_(
        "Ce classeur est protégé par un mot de passe. Rien n’a été enregistré : enregistrez-en une copie sans mot de "
        "passe, puis choisissez-la."
    ),
    "table_damaged": N_(
        "Ce fichier est incomplet ou abîmé, ou n’est pas un classeur. Rien n’a été enregistré : ouvrez-le pour "
        "vérifier qu’il s’affiche, enregistrez-en une copie, puis choisissez cette copie."
    ),
    "table_empty": N_("Ce fichier ne contient aucune ligne. Rien n’a été enregistré : vérifiez que c’est le bon."),
    "table_long": N_(
        "Cette liste a plus de {limit} lignes. Rien n’a été enregistré : partagez-la en plusieurs fichiers."
    ),
    "table_heavy": N_(
        "Ce fichier est trop lourd à ouvrir. Rien n’a été enregistré : gardez la seule feuille des candidats, sans "
        "images ni mise en forme, ou enregistrez-la en CSV, puis choisissez ce nouveau fichier."
    ),
    "no_pages": N_("Ce PDF n’a aucune page. Il n’a pas été enregistré : vérifiez que c’est le bon fichier."),
    "too_many_pages": N_(
        "Ce document a {pages} pages et la limite est de {limit}. Il n’a pas été enregistré : retirez des pages, "
        "puis envoyez-le de nouveau."
    ),
    "too_many_pixels": N_(
        "Cette image a {size} millions de pixels et la limite est de {limit}. Elle n’a pas été enregistrée : "
        "réduisez ses dimensions, ou faites-en une capture d’écran, puis envoyez-la de nouveau."
    ),
    "animated": N_("Cette image est animée. Elle n’a pas été enregistrée : envoyez une image fixe."),
    "too_complex": N_(
        "Ce fichier est trop lourd à ouvrir pour être montré au jury. Il n’a pas été enregistré : imprimez-le en PDF "
        "(« Imprimer », puis « Enregistrer en PDF ») et envoyez ce nouveau fichier."
    ),
}


class DocumentRefusal(Exception):
    """A file that cannot be taken. `code` is a key of REFUSALS, `text` its French msgid, `values` fill its places."""

    def __init__(self, code: str, **values: Value) -> None:
        self.code, self.text, self.values = code, REFUSALS[code], values
        super().__init__(self.in_french())

    def in_french(self) -> str:
        return self.text.format(**self.values)
