//! The desk's side of it.

use super::{
    AuditEntry, AuditPage, AuditQuery, Directory, Enrolment, HandOver, Invitation, InvitationLink,
    NewPassword, PersonChange, Profile, TeamChange, TeamRemoval, Theme, Welcome,
};
use crate::api::Failure;
use domain::person::Actor;
use domain::{PersonId, TeamId};
use std::sync::Arc;
use uuid::Uuid;

/// The team and one's own place in it.
#[async_trait::async_trait]
pub trait TeamDesk: Send + Sync + 'static {
    /// Everybody who is, was or is about to be in the team.
    async fn directory(&self, actor: &Actor) -> Result<Directory, Failure>;
    /// Invites somebody. The link is told once.
    async fn invite(&self, actor: &Actor, new: Invitation) -> Result<InvitationLink, Failure>;
    /// Makes a new link for an invitation; the old one ends.
    async fn invite_again(&self, actor: &Actor, id: Uuid) -> Result<InvitationLink, Failure>;
    async fn revoke_invitation(&self, actor: &Actor, id: Uuid) -> Result<(), Failure>;
    /// What a link leads to. Anybody who has one may ask.
    async fn welcome(&self, token: &str) -> Result<Welcome, Failure>;
    /// Changes role, teams and restrictions of somebody. It counts at once, in every browser of theirs.
    async fn change_person(&self, actor: &Actor, change: PersonChange) -> Result<(), Failure>;
    /// Ends somebody's place in the team; their conversations go to somebody else.
    async fn deactivate(&self, actor: &Actor, hand_over: HandOver) -> Result<(), Failure>;
    async fn reactivate(&self, actor: &Actor, id: PersonId) -> Result<(), Failure>;
    /// Takes somebody's second step away, who lost both phone and recovery codes.
    async fn reset_two_factor(&self, actor: &Actor, id: PersonId) -> Result<(), Failure>;
    /// Makes a team, or changes its name and members.
    async fn put_team(&self, actor: &Actor, change: TeamChange) -> Result<TeamId, Failure>;
    async fn remove_team(&self, actor: &Actor, removal: TeamRemoval) -> Result<(), Failure>;

    /// One's own profile. `session`: where it is looked at.
    async fn profile(&self, actor: &Actor, session: Option<&str>) -> Result<Profile, Failure>;
    async fn rename(&self, actor: &Actor, name: String) -> Result<(), Failure>;
    async fn set_theme(&self, actor: &Actor, theme: Theme) -> Result<(), Failure>;
    async fn remove_picture(&self, actor: &Actor) -> Result<(), Failure>;
    /// Changes the password and signs out everywhere but here.
    async fn change_password(
        &self,
        actor: &Actor,
        session: Option<&str>,
        change: NewPassword,
    ) -> Result<(), Failure>;
    /// Makes a secret for the second step. It is not asked for before a code has proved it.
    async fn begin_two_factor(&self, actor: &Actor, password: String) -> Result<Enrolment, Failure>;
    /// Proves the secret. Answers the recovery codes, once.
    async fn confirm_two_factor(&self, actor: &Actor, code: String) -> Result<Vec<String>, Failure>;
    /// Replaces the recovery codes. Answers them, once.
    async fn renew_recovery_codes(&self, actor: &Actor, password: String) -> Result<Vec<String>, Failure>;
    async fn end_two_factor(&self, actor: &Actor, password: String) -> Result<(), Failure>;
    async fn end_session(&self, actor: &Actor, id: String) -> Result<(), Failure>;
    /// Signs out everywhere but here.
    async fn end_other_sessions(&self, actor: &Actor, session: Option<&str>) -> Result<(), Failure>;

    /// Who did what, newest first.
    async fn audit(&self, actor: &Actor, query: AuditQuery) -> Result<AuditPage, Failure>;
    /// The next entries for a file; the caller goes on with `cursor`.
    async fn audit_rows(
        &self,
        actor: &Actor,
        query: AuditQuery,
    ) -> Result<(Vec<AuditEntry>, Option<String>), Failure>;
}

/// The desk for who is not signed in: it tells what an invitation leads to, and nothing else.
#[derive(Clone)]
pub struct Reception(pub Arc<dyn TeamDesk>);
