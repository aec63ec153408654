//! People, invitations, teams, what somebody is kept from; and one's own profile.

use super::Desk;

#[async_trait::async_trait]
impl app::api::TeamDesk for Desk {}
