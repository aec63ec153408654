//! Sign-in, set-up, and addresses that lead nowhere.

use crate::language::told;

words! {
    sign_in_title: "Sign in to Baton",
    sign_in: "Sign in",
    sign_in_hint: "The inbox your team shares with a bot",
    email: "Email",
    password: "Password",
    /// The name avoids the field's own word, so that one control alone is called "Password".
    show_password: "Show what I type",
    forgotten: "Forgotten your password? Whoever runs this server can give you a new one.",

    set_up_title: "Set up Baton",
    set_up_hint: "Make the first account. It owns the workspace; the others come after it.",
    workspace: "Workspace",
    workspace_hint: "The name your team sees, such as the name of your shop",
    your_name: "Your name",
    your_name_hint: "Stands under your messages; colleagues see it, customers do not",
    password_hint: "At least 10 characters",
    set_up: "Create workspace",

    not_found_title: "There is nothing here",
    not_found: "The address may be mistyped, or what it led to is gone.",
    to_inbox: "Go to the inbox",
}

/// Why the sign-in did not work. It never tells which part was wrong.
pub fn sign_in_problem(error: &str, minutes: Option<&str>) -> String {
    match (error, minutes) {
        ("wrong", _) => say!("Email and password do not match. Check both and try again.").into(),
        ("locked", Some("1")) => say!("Too many tries. Wait a minute, then try again.").into(),
        ("locked", Some(minutes)) => say!("Too many tries. Wait {minutes} minutes, then try again.", minutes),
        ("locked", None) => say!("Too many tries. Wait a few minutes, then try again.").into(),
        ("late", _) => say!("The code was not typed within ten minutes. Begin again.").into(),
        ("unavailable", _) => say!(
            "You could not be signed in just now. Nothing is wrong with your password; try again in a moment."
        )
        .into(),
        (_, _) => say!("You could not be signed in. Try again.").into(),
    }
}

/// Why the workspace was not made. Reasons that are sentences already are shown as they are.
pub fn set_up_problem(error: &str) -> String {
    match error {
        "weak" => say!("The password is too short or too easy to guess. Take at least 10 characters.").into(),
        "taken" => say!("There is an account with this email already. Sign in with it.").into(),
        sentence => told(sentence).into_owned(),
    }
}
