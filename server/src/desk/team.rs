//! People, invitations, teams, what somebody is kept from; and one's own profile.

pub mod arrival;
mod audit;
pub mod invitations;
pub mod leaving;
mod people;
pub mod picture;
mod profile;
mod teams;
pub mod two_factor;

use super::{Desk, Refusal, allow};
use app::api::{
    AuditEntry, AuditPage, AuditQuery, Directory, Enrolment, Failure, HandOver, Invitation, InvitationLink,
    NewPassword, PersonChange, Profile, TeamChange, TeamRemoval, Theme, Welcome,
};
use domain::person::{Act, Actor, Person};
use domain::{PersonId, TeamId};
use uuid::Uuid;

/// The person who asks; programs have no profile.
fn myself(actor: &Actor) -> Result<&Person, Failure> {
    actor.person().ok_or(Failure::Forbidden)
}

/// The request cannot be carried out; why, and what to do.
fn invalid<T>(message: impl Into<String>) -> Result<T, Refusal> {
    Err(Refusal::Invalid { message: message.into() })
}

#[async_trait::async_trait]
impl app::api::TeamDesk for Desk {
    async fn directory(&self, actor: &Actor) -> Result<Directory, Failure> {
        allow(actor, Act::Configure)?;
        Ok(people::directory(&self.node).await?)
    }

    async fn invite(&self, actor: &Actor, new: Invitation) -> Result<InvitationLink, Failure> {
        allow(actor, Act::Configure)?;
        if !actor.may_manage(new.role) {
            return Err(Failure::Forbidden);
        }
        Ok(invitations::invite(&self.node, actor, new).await?)
    }

    async fn invite_again(&self, actor: &Actor, id: Uuid) -> Result<InvitationLink, Failure> {
        allow(actor, Act::Configure)?;
        Ok(invitations::again(&self.node, actor, id).await?)
    }

    async fn revoke_invitation(&self, actor: &Actor, id: Uuid) -> Result<(), Failure> {
        allow(actor, Act::Configure)?;
        Ok(invitations::revoke(&self.node, actor, id).await?)
    }

    async fn welcome(&self, token: &str) -> Result<Welcome, Failure> {
        Ok(invitations::welcome(&self.node, token).await?)
    }

    async fn change_person(&self, actor: &Actor, change: PersonChange) -> Result<(), Failure> {
        allow(actor, Act::Configure)?;
        Ok(people::change(&self.node, actor, change).await?)
    }

    async fn deactivate(&self, actor: &Actor, hand_over: HandOver) -> Result<(), Failure> {
        allow(actor, Act::Configure)?;
        Ok(leaving::deactivate(&self.node, actor, hand_over).await?)
    }

    async fn reactivate(&self, actor: &Actor, id: PersonId) -> Result<(), Failure> {
        allow(actor, Act::Configure)?;
        Ok(leaving::reactivate(&self.node, actor, id).await?)
    }

    async fn reset_two_factor(&self, actor: &Actor, id: PersonId) -> Result<(), Failure> {
        allow(actor, Act::Configure)?;
        Ok(two_factor::reset(&self.node, actor, id).await?)
    }

    async fn put_team(&self, actor: &Actor, change: TeamChange) -> Result<TeamId, Failure> {
        allow(actor, Act::Configure)?;
        Ok(teams::put(&self.node, actor, change).await?)
    }

    async fn remove_team(&self, actor: &Actor, removal: TeamRemoval) -> Result<(), Failure> {
        allow(actor, Act::Configure)?;
        Ok(teams::remove(&self.node, actor, removal).await?)
    }

    async fn profile(&self, actor: &Actor, session: Option<&str>) -> Result<Profile, Failure> {
        Ok(profile::show(&self.node, myself(actor)?, session).await?)
    }

    async fn rename(&self, actor: &Actor, name: String) -> Result<(), Failure> {
        Ok(profile::rename(&self.node, actor, myself(actor)?, &name).await?)
    }

    async fn set_theme(&self, actor: &Actor, theme: Theme) -> Result<(), Failure> {
        Ok(profile::set_theme(&self.node, myself(actor)?, theme).await?)
    }

    async fn remove_picture(&self, actor: &Actor) -> Result<(), Failure> {
        Ok(picture::remove(&self.node, myself(actor)?).await?)
    }

    async fn change_password(
        &self,
        actor: &Actor,
        session: Option<&str>,
        change: NewPassword,
    ) -> Result<(), Failure> {
        Ok(profile::change_password(&self.node, actor, myself(actor)?, session, change).await?)
    }

    async fn begin_two_factor(&self, actor: &Actor, password: String) -> Result<Enrolment, Failure> {
        Ok(two_factor::begin(&self.node, myself(actor)?, password).await?)
    }

    async fn confirm_two_factor(&self, actor: &Actor, code: String) -> Result<Vec<String>, Failure> {
        Ok(two_factor::confirm(&self.node, actor, myself(actor)?, &code).await?)
    }

    async fn renew_recovery_codes(&self, actor: &Actor, password: String) -> Result<Vec<String>, Failure> {
        Ok(two_factor::renew_codes(&self.node, actor, myself(actor)?, password).await?)
    }

    async fn end_two_factor(&self, actor: &Actor, password: String) -> Result<(), Failure> {
        Ok(two_factor::end(&self.node, actor, myself(actor)?, password).await?)
    }

    async fn end_session(&self, actor: &Actor, id: String) -> Result<(), Failure> {
        Ok(profile::end_session(&self.node, actor, myself(actor)?, &id).await?)
    }

    async fn end_other_sessions(&self, actor: &Actor, session: Option<&str>) -> Result<(), Failure> {
        Ok(profile::end_other_sessions(&self.node, actor, myself(actor)?, session).await?)
    }

    async fn audit(&self, actor: &Actor, query: AuditQuery) -> Result<AuditPage, Failure> {
        allow(actor, Act::Configure)?;
        Ok(audit::page(&self.node, query).await?)
    }

    async fn audit_rows(
        &self,
        actor: &Actor,
        query: AuditQuery,
    ) -> Result<(Vec<AuditEntry>, Option<String>), Failure> {
        allow(actor, Act::Configure)?;
        Ok(audit::rows(&self.node, query).await?)
    }
}
