//! Whether a text is plainly not in the language that the support team reads.
//!
//! Takes what someone wrote and a language tag. Looks at the script and counts very common words, and says no when in
//! doubt: of short texts, of names, and of languages it does not know. `js/lib/language.js` does the same on the page.

use std::collections::BTreeMap;

const FEWEST_WORDS: usize = 8;
const FEWEST_HITS: usize = 3;

/// The commonest words of languages that people write requests in.
pub(super) fn common_words() -> BTreeMap<&'static str, &'static str> {
    BTreeMap::from([
        (
            "en",
            "the and is of to was my that it have with this not for i you are been can but on no from when lost",
        ),
        (
            "de",
            "der die das und ist ich nicht ein eine mein meine habe mit auf von wurde kann aber auch zu mich wenn noch mehr",
        ),
        (
            "fr",
            "le la les et est je ne pas un une mon ma avec sur pour dans mais que qui ai des du au plus mes",
        ),
        (
            "es",
            "el la los las y es no un una mi con para por pero que he del mis en lo como cuando ya mucho",
        ),
        (
            "pt",
            "o os as e é não um uma meu minha com para por mas que eu do da no na mais quando já tenho",
        ),
        (
            "it",
            "il lo gli e è non un una mio mia con per ma che ho del della nel sono quando più anche miei",
        ),
        (
            "nl",
            "de het en is ik niet een mijn met op van voor maar dat heb ook kan naar nog geen wordt als meer",
        ),
        (
            "pl",
            "i jest nie to na że się z do mój moje moja jak ale mam w po przez już był została",
        ),
        (
            "tr",
            "ve bir bu için ben değil ile benim ama çok var yok gibi daha artık kadar hesabım",
        ),
        (
            "id",
            "dan yang tidak saya ini itu dengan untuk dari di ke akun bisa sudah telah karena ada",
        ),
    ])
}

/// Whether it is.
pub(super) fn is_in_other_language(text: &str, tag: &str) -> bool {
    let tag = tag.to_lowercase();
    let primary = tag.split('-').next().unwrap_or_default();
    let common = common_words();
    if !common.contains_key(primary) {
        return false;
    }
    let letters = text.chars().filter(|one| one.is_alphabetic());
    let (latin, foreign): (Vec<char>, Vec<char>) = letters.partition(|one| is_latin(*one));
    if foreign.len() >= FEWEST_WORDS && foreign.len() > latin.len() {
        return true;
    }
    let lower = text.to_lowercase();
    let words = lower.split(|one: char| !one.is_alphabetic());
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    if words.len() < FEWEST_WORDS {
        return false;
    }
    let hits = |language: &str| {
        let is_common = |word: &&&str| common[language].split(' ').any(|common| common == **word);
        words.iter().filter(is_common).count()
    };
    let others = common.keys().filter(|language| **language != primary);
    let most = others
        .map(|language| hits(language))
        .max()
        .unwrap_or_default();
    most >= FEWEST_HITS && most > 2 * hits(primary)
}

fn is_latin(letter: char) -> bool {
    letter.is_ascii() || matches!(letter, 'ª' | 'º' | 'À'..='ɏ' | 'Ḁ'..='ỿ')
}
