// Whether a text is in another language than the support team reads.
import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./load.mjs";

const { isInOtherLanguage } = load("lib/language.js");

test("a text in another language is recognized, whatever its script", () => {
  for (const text of [
    "Ich habe mein Handy verloren und kann mich nicht mehr mit meinem Konto anmelden.",
    "J'ai perdu mon téléphone et je ne peux plus me connecter à mon compte avec les codes.",
    "He perdido mi teléfono y no puedo entrar en mi cuenta porque no tengo los códigos.",
    "Perdi o meu telefone e não consigo entrar na minha conta com os códigos que tenho.",
    "Ho perso il mio telefono e non ho più i codici per il mio account.",
    "Ik heb mijn telefoon niet meer en kan niet inloggen op mijn account met de codes.",
    "Я потерял телефон и не могу войти в аккаунт.",
    "手机丢了，我无法登录我的账户，也找不到恢复代码。",
    "携帯電話をなくしてログインできません。",
  ]) {
    assert.equal(isInOtherLanguage(text, "en"), true, text);
  }
  const english = "I lost my phone and I have no recovery codes, but the mailbox is still mine.";
  assert.equal(isInOtherLanguage(english, "de-AT"), true);
});

test("the right language, short texts, code, names and doubtful cases are not reported", () => {
  for (const text of [
    "",
    "I lost my phone and I have no recovery codes, but the mailbox is still mine.",
    "Mein Handy ist weg",
    "pip install sample-project==1.0 && twine upload dist/* --repository pypi",
    "My old team in São Paulo, the Société des Essais and Müller GmbH used this account with me until March.",
    "sample-project, other-sample, third-sample, fourth, fifth, sixth, seventh, eighth, ninth",
    "2FA app reset, phone wiped, no backup, codes lost, mailbox ok, password ok, GitHub ok, key none",
  ]) {
    assert.equal(isInOtherLanguage(text, "en"), false, text);
  }
  assert.equal(isInOtherLanguage("Ich habe mein Handy verloren und kann mich nicht anmelden.", "fi"), false);
});
