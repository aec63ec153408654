//! `baton user add` and `baton user set-password`

use super::{Failed, open};
use crate::config::Sources;
use crate::desk::set_up;
use domain::person::Role;
use std::io::{BufRead, IsTerminal};

/// Adds somebody to the team.
pub async fn add(
    sources: &Sources,
    email: &str,
    name: &str,
    role: Role,
    from_stdin: bool,
) -> Result<(), Failed> {
    let config = sources.config()?;
    let password = password(from_stdin)?;
    let node = open(config).await?;
    let person = set_up::add_person(&node, name, email, role, password).await?;
    println!("{} ({}) may sign in as {}.", person.name, person.email, person.role.as_str());
    Ok(())
}

/// Gives somebody a new password.
pub async fn set_password(sources: &Sources, email: &str, from_stdin: bool) -> Result<(), Failed> {
    let config = sources.config()?;
    let password = password(from_stdin)?;
    let node = open(config).await?;
    let person = set_up::set_password(&node, email, password).await?;
    println!("{} has a new password and is signed out everywhere.", person.name);
    Ok(())
}

fn password(from_stdin: bool) -> Result<String, Failed> {
    if from_stdin {
        let mut line = String::new();
        std::io::stdin().lock().read_line(&mut line)?;
        return Ok(line.trim_end_matches(['\r', '\n']).to_owned());
    }
    if !std::io::stdin().is_terminal() {
        return Err(Failed::Input(
            "no password: use --password-stdin, or run this in a terminal to be asked".into(),
        ));
    }
    let first = rpassword::prompt_password("Password: ")?;
    let again = rpassword::prompt_password("Again: ")?;
    match first == again {
        true => Ok(first),
        false => Err(Failed::Input("the two passwords differ; nothing was changed".into())),
    }
}
