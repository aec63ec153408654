//! Invitations into the team. The link is known by its hash only.

use crate::{Error, Result, Tx, text};
use domain::person::Role;
use domain::{PersonId, TeamId, Timestamp};
use uuid::Uuid;

/// An invitation as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invitation {
    pub id: Uuid,
    pub email: String,
    /// What the invited person is called as far as is known; they choose it themselves.
    pub name: String,
    pub role: Role,
    pub teams: Vec<TeamId>,
    /// Who invited; nothing for the command line.
    pub by: Option<PersonId>,
    /// The same, as others read it.
    pub by_name: String,
    pub expires_at: Timestamp,
    pub accepted_at: Option<Timestamp>,
}

statements! {
    /// Of two who invite the same address at once, the second waits and then does nothing.
    ADD = "
        insert into invitation (id, email, name, role, teams, hash, invited_by, by_name, created_at, expires_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        on conflict do nothing";
    RENEW = "update invitation set hash = $2, expires_at = $3 where id = $1 and accepted_at is null";
    BY_HASH = "
        select id, email, name, role, teams, invited_by, by_name, expires_at, accepted_at from invitation
        where hash = $1";
    FIND = "
        select id, email, name, role, teams, invited_by, by_name, expires_at, accepted_at from invitation
        where id = $1 and accepted_at is null";
    OPEN = "
        select id, email, name, role, teams, invited_by, by_name, expires_at, accepted_at from invitation
        where accepted_at is null order by created_at, id";
    /// Of two who use a link at once, one succeeds.
    ACCEPT = "update invitation set accepted_at = $2 where id = $1 and accepted_at is null";
    REVOKE = "delete from invitation where id = $1 and accepted_at is null";
    REVOKE_OF = "delete from invitation where (invited_by = $1 or email = $2) and accepted_at is null";
    PRUNE = "delete from invitation where expires_at < $1";
}

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    email: String,
    name: String,
    role: String,
    teams: String,
    invited_by: Option<Uuid>,
    by_name: String,
    expires_at: i64,
    accepted_at: Option<i64>,
}

impl TryFrom<Row> for Invitation {
    type Error = Error;
    fn try_from(row: Row) -> Result<Self> {
        Ok(Self {
            id: row.id,
            email: row.email,
            name: row.name,
            role: text::word("invitation", &row.role)?,
            teams: text::read("invitation", &row.teams)?,
            by: row.invited_by.map(PersonId),
            by_name: row.by_name,
            expires_at: Timestamp(row.expires_at),
            accepted_at: row.accepted_at.map(Timestamp),
        })
    }
}

/// Keeps an invitation. [`Error::Conflict`] when the address has an open one.
pub async fn add(tx: &mut Tx, new: &Invitation, hash: &str, now: Timestamp) -> Result<()> {
    let (email, teams) = (text::fold(&new.email), text::write("invitation", &new.teams)?);
    let added = execute!(
        tx,
        ADD,
        new.id,
        &email,
        new.name.as_str(),
        new.role.as_str(),
        &teams,
        hash,
        new.by.map(|by| by.0),
        new.by_name.as_str(),
        now.ms(),
        new.expires_at.ms(),
    );
    if added == 1 { Ok(()) } else { Err(Error::Conflict) }
}

/// Replaces the link of an open invitation: the old one leads nowhere. `false`: there is no such invitation.
pub async fn renew(tx: &mut Tx, id: Uuid, hash: &str, expires_at: Timestamp) -> Result<bool> {
    Ok(execute!(tx, RENEW, id, hash, expires_at.ms()) == 1)
}

/// The invitation behind a link, whatever became of it.
pub async fn by_hash(tx: &mut Tx, hash: &str) -> Result<Option<Invitation>> {
    let row: Option<Row> = fetch_optional!(tx, BY_HASH, hash);
    row.map(Invitation::try_from).transpose()
}

/// An invitation nobody has used.
pub async fn find(tx: &mut Tx, id: Uuid) -> Result<Option<Invitation>> {
    let row: Option<Row> = fetch_optional!(tx, FIND, id);
    row.map(Invitation::try_from).transpose()
}

/// Every invitation nobody has used, expired or not, oldest first.
pub async fn open(tx: &mut Tx) -> Result<Vec<Invitation>> {
    let rows: Vec<Row> = fetch_all!(tx, OPEN);
    rows.into_iter().map(Invitation::try_from).collect()
}

/// Uses an invitation up. `false`: somebody else did, or it is gone.
pub async fn accept(tx: &mut Tx, id: Uuid, now: Timestamp) -> Result<bool> {
    Ok(execute!(tx, ACCEPT, id, now.ms()) == 1)
}

/// Takes an invitation back. `false`: it was used or is gone.
pub async fn revoke(tx: &mut Tx, id: Uuid) -> Result<bool> {
    Ok(execute!(tx, REVOKE, id) == 1)
}

/// Takes back what a person has sent, and what was sent to this address. Answers how many.
pub async fn revoke_of(tx: &mut Tx, person: PersonId, email: &str) -> Result<u64> {
    Ok(execute!(tx, REVOKE_OF, person.0, text::fold(email)))
}

/// Forgets the invitations that ran out before a moment, used or not.
pub async fn prune(tx: &mut Tx, before: Timestamp) -> Result<()> {
    execute!(tx, PRUNE, before.ms());
    Ok(())
}
