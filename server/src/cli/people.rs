//! `baton user add` and `baton user set-password`

use super::{Failed, open};
use crate::config::Sources;
use crate::desk::set_up;
use crate::desk::team::invitations;
use crate::node::Node;
use app::api::Invitation;
use domain::person::Role;
use std::io::{BufRead, IsTerminal};
use std::sync::Arc;

/// Adds somebody to the team.
pub async fn add(
    sources: &Sources,
    email: &str,
    name: &str,
    role: Role,
    from_stdin: bool,
) -> Result<(), Failed> {
    let config = sources.config()?;
    let password = match from_stdin || std::io::stdin().is_terminal() {
        true => Some(password(from_stdin)?).filter(|password| from_stdin || !password.is_empty()),
        false => None,
    };
    let node = open(config).await?;
    let Some(password) = password else { return invite(&node, name, email, role).await };
    let person = set_up::add_person(&node, name, email, role, password).await?;
    println!("{} ({}) may sign in as {}.", person.name, person.email, person.role.as_str());
    Ok(())
}

async fn invite(node: &Arc<Node>, name: &str, email: &str, role: Role) -> Result<(), Failed> {
    let new = Invitation { email: email.into(), name: name.into(), role, teams: Vec::new() };
    let link = invitations::invite(node, &invitations::command_line(), new).await?;
    println!("{} joins with this link. It works once, for 24 hours, and is shown only now:", link.email);
    println!("{}", link.address);
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
