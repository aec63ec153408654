//! Sign-in, set-up, and addresses that lead nowhere.

pub const SIGN_IN_TITLE: &str = "Sign in to Baton";
pub const SIGN_IN: &str = "Sign in";
pub const SIGN_IN_HINT: &str = "The inbox your team shares with a bot";
pub const EMAIL: &str = "Email";
pub const PASSWORD: &str = "Password";
/// The name avoids the field's own word, so that one control alone is called "Password".
pub const SHOW_PASSWORD: &str = "Show what I type";
pub const FORGOTTEN: &str = "Forgotten your password? Whoever runs this server can give you a new one.";

pub const SET_UP_TITLE: &str = "Set up Baton";
pub const SET_UP_HINT: &str = "Make the first account. It owns the workspace; the others come after it.";
pub const WORKSPACE: &str = "Workspace";
pub const WORKSPACE_HINT: &str = "The name your team sees, such as the name of your shop";
pub const YOUR_NAME: &str = "Your name";
pub const YOUR_NAME_HINT: &str = "Stands under your messages; colleagues see it, customers do not";
pub const PASSWORD_HINT: &str = "At least 10 characters";
pub const SET_UP: &str = "Create workspace";

pub const NOT_FOUND_TITLE: &str = "There is nothing here";
pub const NOT_FOUND: &str = "The address may be mistyped, or what it led to is gone.";
pub const TO_INBOX: &str = "Go to the inbox";

/// Why the sign-in did not work. It never tells which part was wrong.
pub fn sign_in_problem(error: &str, minutes: Option<&str>) -> String {
    match (error, minutes) {
        ("wrong", _) => "Email and password do not match. Check both and try again.".into(),
        ("locked", Some("1")) => "Too many tries. Wait a minute, then try again.".into(),
        ("locked", Some(minutes)) => format!("Too many tries. Wait {minutes} minutes, then try again."),
        ("locked", None) => "Too many tries. Wait a few minutes, then try again.".into(),
        ("late", _) => "The code was not typed within ten minutes. Begin again.".into(),
        ("unavailable", _) => {
            "You could not be signed in just now. Nothing is wrong with your password; try again in a moment."
                .into()
        }
        (_, _) => "You could not be signed in. Try again.".into(),
    }
}

/// Why the workspace was not made. Reasons that are sentences already are shown as they are.
pub fn set_up_problem(error: &str) -> String {
    match error {
        "weak" => "The password is too short or too easy to guess. Take at least 10 characters.".into(),
        "taken" => "There is an account with this email already. Sign in with it.".into(),
        sentence => sentence.to_owned(),
    }
}
