//! Which sentences the sources say: what screens say in `say!` and `words!`, and what others tell them as data.

use super::CONTEXT;
use crate::web::files;
use anyhow::{Result, bail};
use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Where the screens are: they say what stands in `say!` and `words!`.
const SCREENS: &str = "app/src";
/// What tells sentences to the screens, as data.
pub const TELLERS: [&str; 6] = [
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

/// Every sentence a reader of a screen may see.
///
/// # Errors
/// When a source cannot be read, or none says anything.
pub fn sentences() -> Result<Sentences> {
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
}
