import assert from "node:assert/strict";
import { test } from "node:test";

const source = "../../../../web/static/js/texts.js";

/** The module as a page in `lang` with these translations would load it. */
async function load(lang, translations) {
  globalThis.document = {
    documentElement: { lang },
    getElementById: (id) => (id === "texts" ? { textContent: JSON.stringify(translations) } : null),
  };
  return import(`${source}?${lang}`);
}

test("without a page the text is its own translation", async () => {
  delete globalThis.document;
  const { t } = await import(source);
  assert.equal(t("Bonjour {name}, {name} !", { name: "Ana" }), "Bonjour Ana, Ana\u202f!");
  assert.equal(t("{absent} {constructor}"), "{absent} {constructor}");
});

test("the page's translations are used and filled in", async () => {
  const { t, tn } = await load("en", {
    "Micro {état}": "x", "Reste {n} minute": "{n} minute left", "Reste {n} minutes": "{n} minutes left",
  });
  assert.equal(t("Sans traduction"), "Sans traduction");
  assert.deepEqual([0, 1, 2].map((n) => tn("Reste {n} minute", "Reste {n} minutes", n)), [
    "0 minutes left", "1 minute left", "2 minutes left",
  ]);
});

test("in French nought is singular", async () => {
  const { tn } = await load("fr", {});
  assert.deepEqual([0, 1, 2].map((n) => tn("{n} minute", "{n} minutes", n)), ["0 minute", "1 minute", "2 minutes"]);
});

test("French is shown with its no-break spaces, what fills it in and other languages are left alone", async () => {
  const french = await load("fr", {});
  assert.equal(french.t("Qui ? Quoi ! Si ; « {a} » : {n} %, https://a : b", { a: "ici : là", n: 3 }),
    "Qui\u202f? Quoi\u202f! Si\u202f; «\u00a0ici : là\u00a0»\u00a0: 3\u202f%, https://a\u00a0: b");
  assert.equal(french.tn("Reste : {n}", "Restent : {n}", 2), "Restent\u00a0: 2");
  const english = await load("en-GB", { "Micro {état}": "x", "Quoi ?": "What ?" });
  assert.equal(english.t("Quoi ?"), "What ?");
});

test("a name that begins with a vowel elides the word before it, in French alone", async () => {
  const { t } = await load("fr-FR", {});
  assert.equal(t("La connexion de {name} est coupée.", { name: "Hélène" }), "La connexion d’Hélène est coupée.");
  assert.equal(t("La connexion de {name} est coupée.", { name: "Marc" }), "La connexion de Marc est coupée.");
  const english = await load("en-US", { "de {name}": "of de {name}" });
  assert.equal(english.t("de {name}", { name: "Anne" }), "of de Anne");
});
