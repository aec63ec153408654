//! The words of the screens in other languages: one catalogue for each in `locales`, as translators' tools read and
//! write them (gettext's PO). The English words are keys; they stand in the sources and nowhere else.

use crate::web::files;
use anyhow::{Result, bail};
use polib::catalog::Catalog;
use polib::message::{Message, MessageView};
use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// Where the catalogues are.
pub const FOLDER: &str = "locales";
/// Where the screens are: they say what stands in `say!` and `words!`.
const SCREENS: &str = "app/src";
/// What tells sentences to the screens, as data.
const TELLERS: [&str; 6] = [
    "domain/src",
    "messenger/src/error",
    "server/src/desk",
    "server/src/http/join.rs",
    "server/src/http/uploads.rs",
    "server/src/password.rs",
];
/// Where the templates of workflows are.
const TEMPLATES: &str = "domain/src/workflow/gallery";
/// What a template tells of itself.
const CALLED: [&str; 3] = ["name", "purpose", "needs"];
/// What stands between a context and its sentence in a key, as in gettext's own files.
const CONTEXT: char = '\u{4}';
/// How many of what is wrong is listed.
const LISTED: usize = 20;
/// Macros and methods whose words no reader of a screen sees.
const UNSEEN: [&str; 12] = [
    "panic",
    "assert",
    "assert_eq",
    "assert_ne",
    "debug_assert",
    "expect",
    "unreachable",
    "info",
    "warn",
    "error",
    "debug",
    "Internal",
];

/// Each English sentence with the files it stands in.
type Sentences = BTreeMap<String, BTreeSet<String>>;

/// Refuses catalogues that do not say exactly what the sources say, hole for hole.
///
/// # Errors
/// Says which sentences are missing, are no longer said, or have other holes.
pub fn check() -> Result<()> {
    let sentences = sentences()?;
    let mut wrong = Vec::new();
    for path in catalogues() {
        let catalogue = read(&path)?;
        let known: BTreeMap<String, &str> = pairs(&catalogue).collect();
        let missing = sentences.keys().filter(|english| !known.contains_key(*english));
        wrong.extend(missing.map(|english| format!("missing: {english:?}")));
        let strange = known.keys().filter(|english| !sentences.contains_key(*english));
        wrong.extend(strange.map(|english| format!("no longer said: {english:?}")));
        let other = known.iter().filter(|(english, told)| holes(english) != holes(told));
        wrong.extend(other.map(|(english, told)| format!("other holes: {english:?} and {told:?}")));
    }
    if wrong.is_empty() {
        return Ok(());
    }
    let shown = wrong.iter().take(LISTED).cloned().collect::<Vec<_>>().join("\n");
    bail!("{} sentences; the chore `words` brings the catalogues up to date\n{shown}", wrong.len())
}

/// Brings every catalogue up to date: what is new is to be translated, what is no longer said goes.
///
/// # Errors
/// When a source or a catalogue cannot be read or written.
pub fn gather() -> Result<()> {
    let sentences = sentences()?;
    for path in catalogues() {
        let old = read(&path)?;
        let known: BTreeMap<String, &str> = pairs(&old).collect();
        // What translators noted in it stays.
        let mut new = Catalog::new(old.metadata.clone());
        for (english, places) in &sentences {
            let (context, alone) = match english.split_once(CONTEXT) {
                Some((context, alone)) => (Some(context), alone),
                None => (None, english.as_str()),
            };
            let before = old.find_message(context, alone, None);
            let mut message = Message::build_singular();
            message
                .with_msgctxt(context.unwrap_or_default().to_owned())
                .with_msgid(alone.to_owned())
                .with_source(places.iter().cloned().collect::<Vec<_>>().join("\n"));
            if let Some(before) = before {
                message
                    .with_msgstr(before.msgstr().unwrap_or_default().to_owned())
                    .with_translator_comments(before.translator_comments().to_owned())
                    .with_flags(before.flags().clone());
            }
            new.append_or_update(message.done());
        }
        polib::po_file::write_to_file(&new, &path)?;
        let open = sentences.keys().filter(|english| !known.contains_key(*english)).count();
        println!("{}: {} sentences, {open} to translate", path.display(), sentences.len());
    }
    Ok(())
}

/// The catalogues as browsers read them, by language: a line for each sentence, in the order of the English ones.
///
/// # Errors
/// When a catalogue cannot be read, or a sentence holds what parts the lines.
pub fn lines() -> Result<Vec<(String, String)>> {
    catalogues().iter().map(|path| Ok((language_of(path), lines_of(&read(path)?)?))).collect()
}

fn lines_of(catalogue: &Catalog) -> Result<String> {
    let told: BTreeSet<String> = catalogue.messages().filter(|message| is_told(*message)).map(key).collect();
    let pairs: BTreeMap<String, &str> = pairs(catalogue).collect();
    let mut lines = String::new();
    for (english, other) in pairs {
        if [english.as_str(), other].iter().any(|one| one.contains(['\t', '\n'])) {
            bail!("a sentence stands on one line and has no tab: {english:?}");
        }
        let mark = if told.contains(&english) { "\t" } else { "" };
        lines.push_str(&format!("{english}\t{other}{mark}\n"));
    }
    Ok(lines)
}

/// Whether a sentence arrives at the screens with its holes filled.
fn is_told(message: &dyn MessageView) -> bool {
    let teller = |place: &str| TELLERS.iter().any(|teller| place.starts_with(teller));
    message.msgid().contains('{') && message.source().split('\n').any(teller)
}

/// A message's key among the sentences.
fn key(message: &dyn MessageView) -> String {
    match message.msgctxt() {
        Some(context) if !context.is_empty() => format!("{context}{CONTEXT}{}", message.msgid()),
        _ => message.msgid().to_owned(),
    }
}

fn catalogues() -> Vec<PathBuf> {
    files(Path::new(FOLDER))
        .into_iter()
        .filter(|path| path.extension().is_some_and(|end| end == "po"))
        .collect()
}

fn language_of(path: &Path) -> String {
    path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

fn read(path: &Path) -> Result<Catalog> {
    polib::po_file::parse(path).map_err(|error| anyhow::anyhow!("{}: {error}", path.display()))
}

/// What is translated for good; a translator may mark a guess as fuzzy.
fn pairs(catalogue: &Catalog) -> impl Iterator<Item = (String, &str)> {
    let sure = catalogue.messages().filter(|message| !message.is_fuzzy());
    let all = sure.map(|message| (key(message), message.msgstr().unwrap_or_default()));
    all.filter(|(english, told)| !english.is_empty() && !told.is_empty())
}

fn holes(sentence: &str) -> Vec<&str> {
    let mut holes: Vec<&str> =
        sentence.split('{').skip(1).filter_map(|rest| Some(rest.split_once('}')?.0)).collect();
    holes.sort_unstable();
    holes
}

fn sentences() -> Result<Sentences> {
    let mut sentences = Sentences::new();
    let tellers = TELLERS.iter().flat_map(|folder| files(Path::new(folder)));
    let told = tellers.map(|path| {
        let seek = if path.starts_with(TEMPLATES) { Seeker::called } else { Seeker::told };
        (path, seek as fn(&mut Seeker, TokenStream))
    });
    let said = files(Path::new(SCREENS)).into_iter().map(|path| (path, Seeker::said as _));
    for (path, seek) in said.chain(told).filter(|(path, _)| is_shipped(path)) {
        let text = std::fs::read_to_string(&path)?;
        let tokens = text.parse().map_err(|error| anyhow::anyhow!("{}: {error}", path.display()))?;
        let mut seeker = Seeker::default();
        seek(&mut seeker, tokens);
        for english in seeker.found {
            sentences.entry(english).or_default().insert(path.display().to_string());
        }
    }
    if sentences.is_empty() {
        bail!("no sentence was found in {SCREENS}");
    }
    Ok(sentences)
}

fn is_shipped(path: &Path) -> bool {
    let is_test =
        path.components().any(|part| ["tests", "tests.rs"].iter().any(|name| part.as_os_str() == *name));
    path.extension().is_some_and(|end| end == "rs") && !is_test
}

/// Walks through a source and finds the sentences readers see.
#[derive(Default)]
struct Seeker {
    found: BTreeSet<String>,
}

impl Seeker {
    /// What screens say: the first literal in `say!`, and every value in `words!`.
    fn said(&mut self, tokens: TokenStream) {
        let tokens = shipped(tokens);
        for (at, token) in tokens.iter().enumerate() {
            let TokenTree::Group(group) = token else { continue };
            match macro_before(&tokens, at).as_deref() {
                Some("say") => self.found.extend(keys(group).into_iter().next()),
                Some("words") => self.found.extend(keys(group)),
                _ => {}
            }
            self.said(group.stream());
        }
    }

    /// What others tell: sentences that end with a full stop, and what things are called.
    fn told(&mut self, tokens: TokenStream) {
        self.told_in(tokens, Call::Sentence);
    }

    /// What templates tell of themselves; the words in their steps are their users' own.
    fn called(&mut self, tokens: TokenStream) {
        self.told_in(tokens, Call::Nothing);
    }

    fn told_in(&mut self, tokens: TokenStream, outside: Call) {
        let tokens = shipped(tokens);
        let (mut inside, mut hidden) = (outside, false);
        for (at, token) in tokens.iter().enumerate() {
            let before = ident_before(&tokens, at);
            match token {
                TokenTree::Ident(name) if before.as_deref() == Some("fn") => {
                    inside = if name == "name" || name == "exit_name" { Call::Name } else { outside };
                }
                // A constant nobody else sees is no sentence for readers, but such as what a model is told.
                TokenTree::Ident(name) if name == "const" && before.as_deref() != Some("pub") => {
                    hidden = true
                }
                TokenTree::Punct(sign) if sign.as_char() == ';' => hidden = false,
                TokenTree::Group(_) if is_unseen(&tokens, at) => {}
                TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => {
                    hidden = false;
                    self.told_in(group.stream(), inside);
                }
                token if !hidden => {
                    let call = if outside == Call::Nothing
                        && field_before(&tokens, at).is_some_and(|name| CALLED.contains(&name.as_str()))
                    {
                        Call::Field
                    } else {
                        inside
                    };
                    match token {
                        TokenTree::Group(group) => self.told_in(group.stream(), call),
                        token => {
                            let words = literal(token).filter(|words| call.takes(words));
                            self.found.extend(words.map(|words| named(&words)));
                        }
                    }
                }
                _ => {}
            }
        }
    }
}

/// The literals of a group, each as the key of its sentence: `"Open" as "deed"` has a context.
fn keys(group: &Group) -> Vec<String> {
    let tokens: Vec<TokenTree> = group.stream().into_iter().collect();
    let is_context = |at: usize| ident_before(&tokens, at).as_deref() == Some("as");
    let key = |(at, token): (usize, &TokenTree)| {
        let english = literal(token).filter(|_| !is_context(at))?;
        let context = tokens.get(at + 2).filter(|_| is_context(at + 2)).and_then(literal);
        Some(context.map_or_else(|| english.clone(), |context| format!("{context}{CONTEXT}{english}")))
    };
    tokens.iter().enumerate().filter_map(key).collect()
}

/// What the words at a place of the sources are.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Call {
    Nothing,
    Sentence,
    /// What a function called so returns.
    Name,
    /// What a template calls itself and what it needs.
    Field,
}

impl Call {
    fn takes(self, words: &str) -> bool {
        let begins = words.starts_with(|letter: char| letter.is_uppercase() || ['“', '{'].contains(&letter));
        let takes = match self {
            Self::Nothing => false,
            Self::Sentence => begins && words.ends_with('.') && words.contains(' '),
            Self::Name => begins,
            // A name with a point and no blank is a variable's.
            Self::Field => words.contains(' ') || !words.contains('.'),
        };
        takes && !words.contains("{{")
    }
}

/// The same sentence with a name for each hole: `{}` gets a number, `{size:.1}` and `{0:?}` lose how they are written.
fn named(words: &str) -> String {
    let mut named = String::new();
    for (at, piece) in words.split('{').enumerate() {
        match piece.split_once('}') {
            Some((hole, after)) if at > 0 => {
                let name = hole.split(':').next().filter(|name| !name.is_empty());
                let name = name.map_or_else(|| at.to_string(), str::to_owned);
                named.push_str(&format!("{{{name}}}{after}"));
            }
            _ => named.push_str(piece),
        }
    }
    named
}

/// The field of a struct whose value begins at `at`: `name: "…"`, `needs: &[…]`.
fn field_before(tokens: &[TokenTree], at: usize) -> Option<String> {
    let is = |at: usize, sign: char| matches!(tokens.get(at), Some(TokenTree::Punct(one)) if one.as_char() == sign);
    let colon = at.checked_sub(1)?;
    let colon = if is(colon, '&') { colon.checked_sub(1)? } else { colon };
    is(colon, ':').then(|| ident_before(tokens, colon)).flatten()
}

/// The tokens without tests and without attributes, but with the words of `#[error("…")]`.
fn shipped(tokens: TokenStream) -> Vec<TokenTree> {
    let mut kept = Vec::new();
    let mut tokens = tokens.into_iter().peekable();
    let mut in_test = false;
    while let Some(token) = tokens.next() {
        match (&token, tokens.peek()) {
            (TokenTree::Punct(sign), Some(TokenTree::Group(group)))
                if sign.as_char() == '#' && group.delimiter() == Delimiter::Bracket =>
            {
                in_test |= is_test(group);
                kept.extend(words_of_error(group));
                tokens.next();
            }
            (TokenTree::Group(group), _) if in_test && group.delimiter() == Delimiter::Brace => {
                in_test = false
            }
            (TokenTree::Punct(sign), _) if in_test && sign.as_char() == ';' => in_test = false,
            _ => kept.push(token),
        }
    }
    kept
}

fn is_test(attribute: &Group) -> bool {
    let text = attribute.stream().to_string().replace(' ', "");
    text == "cfg(test)" || text == "test"
}

fn words_of_error(attribute: &Group) -> Option<TokenTree> {
    let mut tokens = attribute.stream().into_iter();
    match (tokens.next()?, tokens.next()?) {
        (TokenTree::Ident(name), TokenTree::Group(group)) if name == "error" => {
            group.stream().into_iter().next()
        }
        _ => None,
    }
}

/// The name of the macro whose arguments stand at `at`.
fn macro_before(tokens: &[TokenTree], at: usize) -> Option<String> {
    let sign = at.checked_sub(1).and_then(|before| tokens.get(before))?;
    matches!(sign, TokenTree::Punct(sign) if sign.as_char() == '!')
        .then(|| ident_before(tokens, at - 1))
        .flatten()
}

fn ident_before(tokens: &[TokenTree], at: usize) -> Option<String> {
    match at.checked_sub(1).and_then(|before| tokens.get(before))? {
        TokenTree::Ident(name) => Some(name.to_string()),
        _ => None,
    }
}

fn is_unseen(tokens: &[TokenTree], at: usize) -> bool {
    let name = macro_before(tokens, at).or_else(|| ident_before(tokens, at));
    name.is_some_and(|name| UNSEEN.contains(&name.as_str()))
}

fn literal(token: &TokenTree) -> Option<String> {
    match token {
        TokenTree::Literal(literal) => {
            syn::parse_str::<syn::LitStr>(&literal.to_string()).ok().map(|literal| literal.value())
        }
        // What a macro was given stands in a group without signs.
        TokenTree::Group(group) if group.delimiter() == Delimiter::None => {
            group.stream().into_iter().next().as_ref().and_then(literal)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use polib::metadata::CatalogMetadata;

    fn found(seek: fn(&mut Seeker, TokenStream), source: &str) -> Vec<String> {
        let mut seeker = Seeker::default();
        seek(&mut seeker, source.parse().unwrap());
        seeker.found.into_iter().collect()
    }

    #[test]
    fn screens_say_what_stands_in_the_two_macros() {
        let source = r#"
            words! { send: "Send", /// With a reason.
                keep: "Keep it", }
            words! { open: "Open" as "deed", }
            fn to(name: &str) -> String { say!("Send to {name}", name = f("not this", say!("but this"))) }
            #[cfg(test)]
            mod tests { fn told() { say!("in a test") } }
        "#;
        assert_eq!(
            found(Seeker::said, source),
            ["Keep it", "Send", "Send to {name}", "but this", "deed\u{4}Open"]
        );
    }

    #[test]
    fn others_tell_sentences_and_names() {
        let source = r#"
            #[error("It is gone.")]
            struct Gone;
            impl Kind { pub const fn name(self) -> &'static str { "Wait" } fn key(self) -> &'static str { "Never" } }
            const PROMPT: &str = "You are a bot.";
            pub const LOOP: &str = "It starts itself.";
            fn check() { flaw("Choose a time."); flaw(format!("{name} is gone after {:.1} s.", 1.0)); x.expect("A reason."); }
        "#;
        assert_eq!(
            found(Seeker::told, source),
            ["Choose a time.", "It is gone.", "It starts itself.", "Wait", "{name} is gone after {2} s."]
        );
    }

    #[test]
    fn templates_tell_what_they_are_and_not_what_they_write() {
        let source = r#"
            pub const AWAY: Template = Template { key: "away", name: "Away Message", purpose: "Tells who writes.",
                needs: &["the text"], build: || say("Thank you for asking.") };
        "#;
        assert_eq!(found(Seeker::called, source), ["Away Message", "Tells who writes.", "the text"]);
    }

    #[test]
    fn holes_are_compared_by_name_and_number() {
        assert_eq!(holes("{a} to {b}"), holes("an {b} von {a}"));
        assert_ne!(holes("{a} to {b}"), holes("an {b}"));
        assert_ne!(holes("{a}"), holes("{a} {a}"));
    }

    #[test]
    fn lines_stand_in_the_order_of_the_english_bytes() {
        let mut catalogue = Catalog::new(CatalogMetadata::new());
        for (english, told, place) in [
            ("b", "zwei", "app/src/text.rs"),
            ("Z", "eins", "domain/src/page.rs"),
            ("{n} left", "noch {n}", "domain/src/page.rs"),
            ("open", "", "app/src/text.rs"),
        ] {
            let mut message = Message::build_singular();
            message.with_msgid(english.to_owned()).with_msgstr(told.to_owned()).with_source(place.to_owned());
            catalogue.append_or_update(message.done());
        }
        assert_eq!(lines_of(&catalogue).unwrap(), "Z\teins\nb\tzwei\n{n} left\tnoch {n}\t\n");
    }
}
