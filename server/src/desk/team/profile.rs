//! One's own profile: name, password, where one is signed in.

use super::{invalid, picture};
use crate::desk::Refusal;
use crate::desk::intention::Intention;
use crate::desk::set_up::{person_name, strong};
use crate::node::Node;
use crate::password;
use app::api::{NewPassword, OpenSession, Profile, Theme, TwoFactor};
use domain::person::{Actor, Person};
use domain::{MINUTE, Timestamp};
use serde_json::json;
use std::sync::Arc;
use store::{people, pictures, sessions, two_factor};

/// What somebody sees of their own account. `session`: the one they look from.
pub async fn show(node: &Node, me: &Person, session: Option<&str>) -> Result<Profile, Refusal> {
    let mut tx = node.db.snapshot().await?;
    let now = node.clock.now();
    let second = two_factor::find(&mut tx, me.id).await?.and_then(|second| second.confirmed_at);
    let codes_left = two_factor::codes_left(&mut tx, me.id).await?;
    let picture = pictures::get(&mut tx, me.id).await?;
    let teams = people::teams(&mut tx).await?.into_iter().filter(|team| me.teams.contains(&team.id));
    let teams = teams.map(|team| team.name).collect();
    let sessions = sessions::of(&mut tx, me.id, now).await?.into_iter().map(|shown| OpenSession {
        here: session == Some(shown.id.as_str()),
        device: device(shown.agent.as_deref()),
        address: shown.address,
        since: shown.started_at.map(Timestamp),
        last_seen: shown.last_seen_at.map(Timestamp),
        id: shown.id,
    });
    Ok(Profile {
        person: me.clone(),
        picture: picture.map(|picture| picture::address(me.id, &picture.version)),
        teams,
        two_factor: second.map(|since| TwoFactor { since, codes_left }),
        sessions: sessions.collect(),
        now,
    })
}

/// Changes one's own name.
pub async fn rename(node: &Arc<Node>, by: &Actor, me: &Person, name: &str) -> Result<(), Refusal> {
    let name = person_name(name)?;
    let mut intention = Intention::begin(node).await?;
    people::set_name(intention.tx(), me.id, &name).await?;
    let detail = json!({ "email": me.email, "before": me.name, "after": name });
    intention.audit(by, "person.renamed", None, detail).await?;
    intention.team_changed();
    Ok(intention.commit().await?)
}

/// Remembers how somebody wants the screens lit.
pub async fn set_theme(node: &Node, me: &Person, theme: Theme) -> Result<(), Refusal> {
    let mut tx = node.db.begin().await?;
    people::set_theme(&mut tx, me.id, theme.as_str()).await?;
    Ok(tx.commit().await?)
}

/// Changes one's own password and signs out everywhere but here.
pub async fn change_password(
    node: &Arc<Node>,
    by: &Actor,
    me: &Person,
    session: Option<&str>,
    change: NewPassword,
) -> Result<(), Refusal> {
    prove(node, me, change.old).await?;
    let hash = strong(change.new, &me.email).await?;
    let mut intention = Intention::begin(node).await?;
    people::set_password(intention.tx(), me.id, &hash).await?;
    sessions::delete_others(intention.tx(), me.id, session.unwrap_or_default()).await?;
    intention.audit(by, "person.password_changed", None, json!({ "email": me.email })).await?;
    intention.person_changed(me.id);
    Ok(intention.commit().await?)
}

/// Refuses who does not know the password: an open browser alone changes nothing that matters. Guesses are counted
/// like wrong sign-ins.
pub(super) async fn prove(node: &Node, me: &Person, password: String) -> Result<(), Refusal> {
    let keys = [format!("account:{}", me.email)];
    let now = node.clock.now();
    if let Some(wait) = node.attempts.wait(&keys, now) {
        return invalid(format!("Too many wrong passwords. Wait {} min, then try again.", wait / MINUTE + 1));
    }
    let found = people::by_email(&mut node.db.snapshot().await?, &me.email).await?;
    if password::verify(password, found.and_then(|(_, hash)| hash)).await {
        return Ok(());
    }
    node.attempts.failed(&keys, now);
    invalid("This is not your password.")
}

/// Ends one of one's own sessions.
pub async fn end_session(node: &Arc<Node>, by: &Actor, me: &Person, id: &str) -> Result<(), Refusal> {
    let mut intention = Intention::begin(node).await?;
    if !sessions::delete_one_of(intention.tx(), me.id, id).await? {
        return Err(Refusal::Gone);
    }
    intention.audit(by, "person.session_ended", None, json!({ "email": me.email })).await?;
    intention.person_changed(me.id);
    Ok(intention.commit().await?)
}

/// Signs out everywhere but here.
pub async fn end_other_sessions(
    node: &Arc<Node>,
    by: &Actor,
    me: &Person,
    session: Option<&str>,
) -> Result<(), Refusal> {
    let mut intention = Intention::begin(node).await?;
    let ended = sessions::delete_others(intention.tx(), me.id, session.unwrap_or_default()).await?;
    let detail = json!({ "email": me.email, "sessions": ended });
    intention.audit(by, "person.sessions_ended", None, detail).await?;
    intention.person_changed(me.id);
    Ok(intention.commit().await?)
}

/// What a browser is called, from what it calls itself. The order matters: most pretend to be others as well.
fn device(agent: Option<&str>) -> String {
    const BROWSERS: [(&str, &str); 6] = [
        ("Edg", "Edge"),
        ("OPR/", "Opera"),
        ("Firefox/", "Firefox"),
        ("Chrome/", "Chrome"),
        ("CriOS/", "Chrome"),
        ("Safari/", "Safari"),
    ];
    const SYSTEMS: [(&str, &str); 7] = [
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Android", "Android"),
        ("Windows", "Windows"),
        ("Mac OS X", "macOS"),
        ("CrOS", "ChromeOS"),
        ("Linux", "Linux"),
    ];
    let agent = agent.unwrap_or_default();
    let named = |table: &[(&'static str, &'static str)]| {
        table.iter().find(|(mark, _)| agent.contains(mark)).map(|(_, name)| *name)
    };
    match (named(&BROWSERS), named(&SYSTEMS)) {
        (Some(browser), Some(system)) => format!("{browser} on {system}"),
        (Some(one), None) | (None, Some(one)) => one.into(),
        (None, None) => "Unknown device".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::device;

    #[test]
    fn a_device_is_called_as_its_owner_would() {
        let edge = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0 Safari/537.36 Edg/120.0";
        let phone = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.0 Mobile/15E148 Safari/604.1";
        assert_eq!(device(Some(edge)), "Edge on Windows");
        assert_eq!(device(Some(phone)), "Safari on iPhone");
        assert_eq!(device(Some("curl/8")), "Unknown device");
        assert_eq!(device(None), "Unknown device");
    }
}
