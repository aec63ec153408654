//! What a search looks for. Words are cut here, for both databases and for the screen, so that all of them find the
//! same.

/// Longer words are cut off: a database's index has a limit, and nobody types that much.
const LONGEST: usize = 64;
/// More words than these narrow nothing.
const MOST: usize = 12;
/// The beginning of a word is looked for from this many letters on; a single letter begins everything.
const BEGINNING: usize = 2;
/// So many digits may be a piece of Meta's id of a customer.
const ID_PIECE: usize = 6;

/// The words of a text, without case and punctuation, in their order.
pub fn words(text: &str) -> impl Iterator<Item = String> {
    let words = text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(|word| word.chars().take(LONGEST).flat_map(char::to_lowercase).collect())
}

/// What somebody typed into the search: all its words have to be there, in any order, the last one perhaps only begun.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Search {
    words: Vec<String>,
    open_end: bool,
}

impl Search {
    /// Reads what was typed; nothing when it is blank.
    pub fn of(typed: &str) -> Option<Self> {
        if typed.trim().is_empty() {
            return None;
        }
        let words: Vec<String> = words(typed).take(MOST).collect();
        let last = words.last().map_or(0, |word| word.chars().count());
        Some(Self { words, open_end: last >= BEGINNING && typed.ends_with(char::is_alphanumeric) })
    }

    /// The words that have to be there as they are, and the one that may go on.
    pub fn parts(&self) -> (&[String], Option<&str>) {
        match self.words.split_last() {
            Some((last, whole)) if self.open_end => (whole, Some(last)),
            _ => (&self.words, None),
        }
    }

    /// Whether there is anything to look for; nothing is found by punctuation alone.
    pub fn has_words(&self) -> bool {
        !self.words.is_empty()
    }

    /// Digits that may be a piece of Meta's id of a customer.
    pub fn piece_of_id(&self) -> Option<&str> {
        let [only] = self.words.as_slice() else { return None };
        let digits = only.len() >= ID_PIECE && only.bytes().all(|byte| byte.is_ascii_digit());
        digits.then_some(only)
    }

    /// Whether a text says what is looked for.
    pub fn finds(&self, text: &str) -> bool {
        let said: Vec<String> = words(text).collect();
        let (whole, begun) = self.parts();
        !self.words.is_empty()
            && whole.iter().all(|word| said.contains(word))
            && begun.is_none_or(|begun| said.iter().any(|word| word.starts_with(begun)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finds(typed: &str, text: &str) -> bool {
        Search::of(typed).is_some_and(|search| search.finds(text))
    }

    #[test]
    fn every_word_has_to_be_there_and_the_last_may_be_begun() {
        let text = "Where is my ORDER no. 48190, please?";
        for typed in ["order", "where ord", "48190 is", "plea", "48190"] {
            assert!(finds(typed, text), "{typed}");
        }
        for typed in ["rder", "wher order", "order where is it", "plea ", "o", "!!!"] {
            assert!(!finds(typed, text), "{typed}");
        }
    }

    #[test]
    fn nothing_that_is_typed_has_a_meaning_of_its_own() {
        for typed in ["\"order\"*", "order OR 1=1", "name:order", "%", "'--"] {
            let parts = Search::of(typed).map(|search| search.words).unwrap_or_default();
            assert!(parts.iter().all(|word| word.chars().all(char::is_alphanumeric)), "{typed}");
        }
        assert_eq!(Search::of("  "), None);
    }

    #[test]
    fn letters_of_every_language_are_words() {
        assert!(finds("über", "Überweisung"));
        assert!(finds("привет", "Привет, мир"));
        assert!(finds("أين", "أين طلبي؟"));
    }

    #[test]
    fn only_a_few_digits_may_be_a_piece_of_an_id() {
        let piece = |typed| Search::of(typed).and_then(|search| search.piece_of_id().map(str::to_owned));
        assert_eq!(piece("204159"), Some("204159".into()));
        assert_eq!(piece("48190"), None);
        assert_eq!(piece("720441 559231"), None);
    }
}
