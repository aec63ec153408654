//! Every sentence the product says on screen, by what it is about.

mod activity;
mod attention;
pub mod builder;
pub mod connections;
mod content;
mod control;
pub mod flows;
mod inbox;
mod keys;
pub mod pages;
mod people;
mod routing;
mod settings;
mod sign_in;
mod thread;
pub mod workflows;
mod writing;

pub use activity::*;
pub use attention::*;
pub use content::*;
pub use control::*;
pub use inbox::*;
pub use keys::*;
pub use people::*;
pub use routing::*;
pub use settings::*;
pub use sign_in::*;
pub use thread::*;
pub use writing::*;

/// The product's name.
pub const PRODUCT: &str = "Baton";

words! {
    skip: "Skip to content",
    dismiss: "Dismiss",
    try_again: "Try again",
    workflows: "Workflows",
    workflows_unavailable: "Workflows cannot be shown",
    part_missing_title: "This screen could not be loaded",
    part_missing: "A part of Baton is missing here. Check the connection and reload the page; what you typed is kept.",
}

/// "1 message", "3 messages"
pub fn plural(count: i64, one: &str, many: &str) -> String {
    if count == 1 { format!("1 {one}") } else { format!("{count} {many}") }
}

/// The first word of a name, for buttons that speak of a person.
pub fn first_name(name: &str) -> &str {
    name.split_whitespace().next().unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_is_called_by_the_first_name() {
        assert_eq!(first_name("Maya Lindqvist"), "Maya");
        assert_eq!(first_name(""), "");
    }
}
