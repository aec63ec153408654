//! In which language the screens speak. Their words stand in the code in English; every other language is a catalogue
//! that only its readers load, so that nobody else carries it.

use std::borrow::Cow;
use std::fmt::Display;
#[cfg(feature = "hydrate")]
use std::sync::OnceLock;

/// Words that are said as they stand: one function for each, which says it in the reader's language.
macro_rules! words {
    ($($(#[$meta:meta])* $name:ident: $english:literal $(as $context:literal)?,)+) => {
        $($(#[$meta])* pub fn $name() -> &'static str {
            say!($english $(as $context)?)
        })+
    };
}

/// A sentence in the reader's language: `say!("Saved")`, or with holes, `say!("Send to {customer}", customer)`. A hole
/// is filled with the variable of its name, or with what stands behind `=`. English words that mean two things have a
/// context for the one that is rarer: `say!("Open" as "deed")`.
macro_rules! say {
    ($english:literal) => { $crate::language::said($english) };
    ($english:literal as $context:literal) => {
        $crate::language::said_in(concat!($context, "\u{4}", $english), $english)
    };
    ($english:literal, $($hole:ident $(= $value:expr)?),+ $(,)?) => {
        $crate::language::filled($english, &[$((stringify!($hole), say!(@ $hole $(= $value)?))),+])
    };
    (@ $hole:ident) => { &$hole as &dyn std::fmt::Display };
    (@ $hole:ident = $value:expr) => { &$value as &dyn std::fmt::Display };
}

/// So many bytes of a sentence have to be its own for it to be known again once its holes are filled.
const TELLING: usize = 9;

/// English sentences with what they are in another language.
#[derive(Debug)]
pub struct Catalogue {
    /// In the order of the English ones' bytes.
    all: Vec<(&'static str, &'static str)>,
    /// Those with holes that others tell.
    told: Vec<(&'static str, &'static str)>,
}

impl Catalogue {
    /// Reads lines of an English sentence, a tab, and the other one, in the order of the English ones' bytes. A tab at
    /// the end marks a sentence with holes that arrives with them filled. What is no such line says nothing.
    pub fn read(lines: &'static str) -> Self {
        let lines = lines.split('\n').filter_map(|line| line.split_once('\t'));
        let (mut all, mut told) = (Vec::new(), Vec::new());
        for (english, other) in lines {
            let heard = other.strip_suffix('\t');
            all.push((english, heard.unwrap_or(other)));
            told.extend(heard.map(|other| (english, other)));
        }
        Self { all, told }
    }

    /// A sentence that arrived whole: as it stands, or as the one with holes that says most of it.
    fn tell(&self, english: &str) -> Option<Cow<'static, str>> {
        if let Some(other) = self.find(english) {
            return Some(Cow::Borrowed(other));
        }
        let fits = |(template, other): &(&'static str, &'static str)| {
            let holes = heard(template, english)?;
            let filled: usize = holes.iter().map(|(_, value)| value.len()).sum();
            Some((english.len() - filled, *other, holes))
        };
        let (said, other, holes) = self.told.iter().filter_map(fits).max_by_key(|(said, ..)| *said)?;
        let holes: Vec<(&str, &dyn Display)> =
            holes.iter().map(|(hole, value)| (*hole, value as &dyn Display)).collect();
        (said >= TELLING).then(|| Cow::Owned(fill(other, &holes)))
    }

    fn find(&self, english: &str) -> Option<&'static str> {
        let at = self.all.binary_search_by(|(one, _)| (*one).cmp(english)).ok()?;
        Some(self.all[at].1)
    }
}

/// What fills the holes of a sentence, if these words are that sentence.
fn heard<'a>(template: &'static str, words: &'a str) -> Option<Vec<(&'static str, &'a str)>> {
    let (before, mut left) = template.split_once('{')?;
    let mut words = words.strip_prefix(before)?;
    let mut holes = Vec::new();
    loop {
        let (hole, after) = left.split_once('}')?;
        let (next, further) =
            after.split_once('{').map_or((after, None), |(next, further)| (next, Some(further)));
        let end = match further {
            None => words.len().checked_sub(next.len()).filter(|_| words.ends_with(next))?,
            Some(_) => words.find(next)?,
        };
        holes.push((hole, &words[..end]));
        words = &words[end + next.len()..];
        match further {
            Some(further) => left = further,
            None => return Some(holes),
        }
    }
}

/// What the browser speaks; nothing means English.
#[cfg(feature = "hydrate")]
static SPOKEN: OnceLock<Catalogue> = OnceLock::new();

#[cfg(all(feature = "ssr", not(feature = "hydrate")))]
tokio::task_local! {
    static SPOKEN: &'static Catalogue;
}

/// From now on this page speaks the language of these lines (see [`Catalogue::read`]).
#[cfg(feature = "hydrate")]
pub fn speak(lines: String) {
    let _spoken_already = SPOKEN.set(Catalogue::read(lines.leak()));
}

/// Does some work, such as drawing a page, for a reader of this language.
#[cfg(all(feature = "ssr", not(feature = "hydrate")))]
pub async fn speaking<F: Future>(catalogue: Option<&'static Catalogue>, work: F) -> F::Output {
    match catalogue {
        Some(catalogue) => SPOKEN.scope(catalogue, work).await,
        None => work.await,
    }
}

/// The catalogue of the reader; none speaks English.
fn spoken() -> Option<&'static Catalogue> {
    #[cfg(feature = "hydrate")]
    return SPOKEN.get();
    #[cfg(all(feature = "ssr", not(feature = "hydrate")))]
    return SPOKEN.try_with(|spoken| *spoken).ok();
    #[cfg(not(any(feature = "hydrate", feature = "ssr")))]
    None
}

/// A sentence without holes, in the reader's language; in English where the catalogue does not have it.
pub fn said(english: &'static str) -> &'static str {
    spoken().and_then(|spoken| spoken.find(english)).unwrap_or(english)
}

/// The same for words that mean something else in another context. `key`: the context and the words.
pub fn said_in(key: &'static str, english: &'static str) -> &'static str {
    spoken().and_then(|spoken| spoken.find(key)).unwrap_or(english)
}

/// The same for a sentence that somebody else told, such as the server. Its holes are filled already.
pub fn told(english: &str) -> Cow<'_, str> {
    spoken().and_then(|spoken| spoken.tell(english)).unwrap_or(Cow::Borrowed(english))
}

/// Words in the middle of a sentence. English begins them small; other languages say them as they stand.
pub fn in_sentence(words: &str) -> String {
    let mut letters = words.chars();
    match letters.next().filter(|_| spoken().is_none()) {
        Some(first) => first.to_lowercase().chain(letters).collect(),
        None => words.to_owned(),
    }
}

/// A sentence with holes in the reader's language. The other language may put them in another order.
pub fn filled(english: &'static str, holes: &[(&str, &dyn Display)]) -> String {
    fill(said(english), holes)
}

fn fill(sentence: &str, holes: &[(&str, &dyn Display)]) -> String {
    let mut whole = String::with_capacity(sentence.len() * 2);
    let mut rest = sentence;
    while let Some((before, (name, after))) =
        rest.split_once('{').and_then(|(before, after)| Some((before, after.split_once('}')?)))
    {
        whole.push_str(before);
        match holes.iter().find(|(hole, _)| *hole == name) {
            Some((_, value)) => whole.push_str(&value.to_string()),
            // A catalogue with a hole the code does not know is refused when it is built.
            None => whole.push_str(name),
        }
        rest = after;
    }
    whole.push_str(rest);
    whole
}

#[cfg(test)]
mod tests {
    use super::*;

    const GERMAN: &str = "Open\tOffen\nSend\tSenden\nSend to {customer}\t{customer} schreiben\ndeed\u{4}Open\tÖffnen\n{a} to {b}\tZu {b} von {a}\n";

    #[test]
    fn a_sentence_is_found_and_what_is_missing_stays_english() {
        let catalogue = Catalogue::read(GERMAN);
        assert_eq!(catalogue.find("Send"), Some("Senden"));
        assert_eq!(catalogue.find("Sent"), None);
        assert_eq!(catalogue.find("deed\u{4}Open"), Some("Öffnen"), "as a deed");
        assert_eq!(said("Sent"), "Sent");
    }

    #[test]
    fn holes_are_filled_by_name_in_any_order() {
        let holes: [(&str, &dyn Display); 2] = [("a", &"Ann"), ("b", &7)];
        assert_eq!(fill("{a} to {b}", &holes), "Ann to 7");
        assert_eq!(fill("Zu {b} von {a}.", &holes), "Zu 7 von Ann.");
    }

    #[test]
    fn a_sentence_of_the_server_is_known_again_by_what_stands_around_its_holes() {
        let catalogue = Catalogue::read(
            "It is gone.\tEs ist weg.\n{name} has {steps} steps; at most 100 fit.\t{name}: {steps} von 100.\t\n{name} has {what}\t?\t\n{who} changed {what}\t{who} hat {what} geändert\n",
        );
        let tell = |english: &str| catalogue.tell(english).map(Cow::into_owned);
        assert_eq!(tell("It is gone.").as_deref(), Some("Es ist weg."));
        assert_eq!(tell("“A” has 120 steps; at most 100 fit.").as_deref(), Some("“A”: 120 von 100."));
        assert_eq!(tell("Ann has a dog"), None, "too little of it is the sentence's own");
        assert_eq!(tell("Somebody changed the password"), None, "only screens say that");
    }

    #[test]
    fn what_fills_a_hole_is_not_read_for_holes() {
        let holes: [(&str, &dyn Display); 2] = [("name", &"{other}"), ("other", &"secret")];
        assert_eq!(fill("Hello {name}", &holes), "Hello {other}");
    }

    #[cfg(feature = "ssr")]
    #[tokio::test]
    async fn each_reader_hears_their_own_language_at_the_same_time() {
        let german: &'static Catalogue = Box::leak(Box::new(Catalogue::read(GERMAN)));
        let here = speaking(Some(german), async {
            (say!("Send"), filled("Send to {customer}", &[("customer", &"Maya")]))
        });
        let there = speaking(None, async { say!("Send") });
        let (here, there) = tokio::join!(here, there);
        assert_eq!(here, ("Senden", "Maya schreiben".to_owned()));
        assert_eq!(there, "Send");
    }
}
