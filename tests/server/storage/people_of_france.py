"""Names for tests: of people who differ, and the same names as they get written elsewhere."""
from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from server.storage.name_variants import Called
from server.storage.names import normal

FAMILIES = """Martin Bernard Thomas Petit Robert Richard Durand Dubois Moreau Laurent Simon Michel Lefebvre Leroy Roux
David Bertrand Morel Fournier Girard Bonnet Dupont Lambert Fontaine Rousseau Vincent Muller Lefèvre Faure André Mercier
Blanc Guérin Boyer Garnier Chevalier François Legrand Gauthier Garcia Perrin Robin Clément Morin Nicolas Henry Roussel
Mathieu Gautier Masson Marchand Duval Denis Dumont Marie Lemaire Noël Meyer Dufour Meunier Brun Blanchard Giraud Joly
Rivière Lucas Brunet Gaillard Barbier Arnaud Martinez Gérard Roche Renard Schmitt Roy Leroux Colin Vidal Caron Picard
Roger Fabre Aubert Lemoine Renaud Dumas Lacroix Olivier Philippe Bourgeois Pierre Benoît Rey Leclerc Payet Rolland
Leclercq Guillaume Lecomte Lopez Jean Dupuy Guillot Hubert Berger Carpentier Sanchez Dupuis Moulin Louis Deschamps Huet
Vasseur Perez Boucher Fleury Royer Klein Jacquet Adam Paris Poirier Marty Aubry Guyot Carré Charles Renault Charpentier
Ménard Maillard Baron Bertin Bailly Hervé Schneider Fernandez Collet Léger Bouvier Julien Prévost Millet Perrot Daniel
Cousin Germain Breton Besson Langlois Rémy Pelletier Lévêque Perrier Leblanc Barré Lebrun Marchal Weber Mallet Hamon
Boulanger Jacob Monnier Michaud Rodriguez Guichard Gillet Étienne Grondin Poulain Tessier Chevallier Collin Chauvin
Bouchet Gay Lemaître Bénard Maréchal Humbert Reynaud Antoine Hoarau Perret Barthélemy Cordier Pichon Lejeune Gilbert
Lamy Delaunay Pasquier Carlier Laporte Nguyễn Trần Diallo Traoré Bâ Ndiaye Keïta Coulibaly Benali Haddad Bouzid Ferreira
Gonçalves Yılmaz Kaya Şahin Kowalski Nowak Öztürk Müller Björk Łukasz Œuvrard N’Da D’Angelo Le&Goff Le&Roux De&La&Tour
El&Amrani Ben&Youssef Van&Damme Da&Silva Dos&Santos Dupont-Aignan Martin-Lefort Saint-Pierre Иванов
Παπαδόπουλος""".split()
GIVEN = """Marie Jean Nathalie Philippe Isabelle Michel Sylvie Alain Catherine Patrick Christine Nicolas Stéphanie
Christophe Céline Frédéric Julie Laurent Aurélie Sébastien Émilie Julien Camille Thomas Léa Alexandre Manon Kévin Chloé
Maxime Sarah Antoine Laura Quentin Pauline Lucas Mathilde Hugo Anaïs Romain Élodie Clément Marine Valentin Inès Nathan
Clara Enzo Louise Théo Jade Gabriel Emma Raphaël Zoé Arthur Léna Adam Nina Gaëtan Maëlle Loïc Solène Yann Gwenaëlle
Thibault Noémie Benoît Hélène Étienne Agnès Régis Odile Hervé Yvonne Amadou Fatoumata Mamadou Aminata Ousmane Aïcha
Mohamed Fatima Karim Samira Youssef Nadia Mehmet Ayşe Thị&Hương Văn&Minh João Conceição Piotr Agnieszka Søren
Jean-Pierre Jean-Luc Marie-Claire Anne-Sophie Marie-Thérèse Jean-Baptiste Pierre-Yves Paul-Émile Anne Luc Ève
Владимир""".split()
LETTERS = "abcdefghijklmnopqrstuvwxyz"


def pool(of: Sequence[str]) -> list[str]:
    return [one.replace("&", " ") for one in of]


def people(random: Random) -> Iterator[Called]:
    """No two of one name."""
    families, given, seen = pool(FAMILIES), pool(GIVEN), set[tuple[str, str]]()
    while True:
        family, names = random.choice(families), tuple(random.sample(given, random.choice((1, 1, 2, 3))))
        if (normal(family), normal(names[0])) in seen:
            continue
        seen.add((normal(family), normal(names[0])))
        used = (random.choice(families),) if random.random() < 0.3 else ()
        yield Called((family, *used), names, date(1955, 1, 1) + timedelta(days=random.randrange(18_000)))


# As names get written elsewhere


def _plain(random: Random, one: Called) -> Called:
    return _each(one, normal)


def _each(one: Called, write: Callable[[str], str]) -> Called:
    return replace(one, families=tuple(map(write, one.families)), given=tuple(map(write, one.given)))


def _hyphens(random: Random, one: Called) -> Called:
    return _each(one, lambda text: text.replace("-", "_").replace(" ", "-").replace("_", " ").replace("’", ""))


def _joined(random: Random, one: Called) -> Called:
    return _each(one, lambda text: text.replace("-", "").replace(" ", "").replace("’", " "))


def _round(random: Random, one: Called) -> Called:
    """Family and given names in each other's fields."""
    return replace(one, families=(" ".join(one.given),), given=(one.families[0],))


def _further(random: Random, one: Called) -> Called:
    """The given names in another order, or the first alone."""
    return replace(one, given=random.choice((one.given[:1], one.given[::-1])))


def _married(random: Random, one: Called) -> Called:
    """A married name of now, the birth name beside it; or the two joined."""
    new = random.choice([text for text in pool(FAMILIES) if text not in one.families])
    return replace(one, families=random.choice(((one.families[0], new), (f"{new}-{one.families[0]}", one.families[0]))))


def _birth_alone(random: Random, one: Called) -> Called:
    return replace(one, families=one.families[:1])


def _slip(random: Random, one: Called) -> Called:
    """One letter of the family name or of the first given name."""
    if random.random() < 0.5:
        return replace(one, families=(_slipped(random, one.families[0]), *one.families[1:]))
    return replace(one, given=(_slipped(random, one.given[0]), *one.given[1:]))


def _slipped(random: Random, text: str) -> str:
    at, letter = random.randrange(len(text)), random.choice(LETTERS)
    others = [text[:at] + text[at + 1:], text[:at] + letter + text[at + 1:], text[:at] + letter + text[at:]]
    if at + 1 < len(text):
        others.append(text[:at] + text[at + 1] + text[at] + text[at + 2:])
    return random.choice(others)


def _capitals_and_slip(random: Random, one: Called) -> Called:
    return _each(_slip(random, _plain(random, one)), str.upper)


ALTERED: dict[str, Callable[[Random, Called], Called]] = {
    "without accents": _plain, "hyphens and spaces changed": _hyphens, "in one word": _joined, "round": _round,
    "given names in another order": _further, "a married name": _married, "the birth name alone": _birth_alone,
    "one slip": _slip, "capitals and one slip": _capitals_and_slip,
}
