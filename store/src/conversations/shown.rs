//! A conversation with the names around it, as rows and thread heads show it.

use super::row::LastRow;
use crate::{Result, text};
use domain::contact::name_or_stand_in;
use domain::conversation::control::Control;
use domain::conversation::standing::Standing;
use domain::conversation::window::{Window, WindowState};
use domain::media::address;
use domain::view::{ContactView, ControlView, Conversation, Named, Pending, WindowView, WindowWord};
use domain::{ContactId, ConversationId, MediaId, PersonId, Psid, TeamId, Timestamp};
use uuid::Uuid;

/// Selects what [`Row`] reads; conditions on `c` (conversation) and `k` (contact) may follow. An app the team has
/// named since the message was written shows under its name of today.
macro_rules! columns {
    () => {
        $crate::conversations::shown::columns!("select")
    };
    ($select:literal) => {
        concat!($select, " c.id, c.page_id, p.name as page_name, c.psid, c.contact_id, k.name as contact_name, k.picture_id,
            c.standing, a.name as app_name, c.assignee, who.name as assignee_name, c.team, t.name as team_name,
            c.pending_kind, c.pending_by_name, c.pending_until,
            c.last_message_id, c.last_author_kind, c.last_author_id,
            coalesce(w.name, c.last_author_name) as last_author_name, c.last_preview, c.last_at,
            c.failed, c.updated_at, c.version
        from conversation c
        join page p on p.id = c.page_id
        join contact k on k.id = c.contact_id
        left join person who on who.id = c.assignee
        left join team t on t.id = c.team
        left join known_app a on a.id = c.owner_app
        left join known_app w on w.id = c.last_author_id and c.last_author_kind = 'bot'")
    };
}
pub(crate) use columns;

/// What [`columns`] selects.
#[derive(sqlx::FromRow)]
pub(crate) struct Row {
    id: Uuid,
    page_id: String,
    page_name: String,
    psid: String,
    contact_id: Uuid,
    contact_name: Option<String>,
    picture_id: Option<Uuid>,
    standing: String,
    app_name: Option<String>,
    assignee: Option<Uuid>,
    assignee_name: Option<String>,
    team: Option<Uuid>,
    team_name: Option<String>,
    pending_kind: Option<String>,
    pending_by_name: Option<String>,
    pending_until: Option<i64>,
    #[sqlx(flatten)]
    last: LastRow,
    failed: i64,
    updated_at: i64,
    version: i64,
}

impl Row {
    /// The conversation as it looks at this moment.
    pub(crate) fn at(self, now: Timestamp) -> Result<Conversation> {
        let standing: Standing = text::read("conversation", &self.standing)?;
        let pending = pending(self.pending_kind, self.pending_by_name, self.pending_until, now)?;
        let reset_at = standing.reset_at();
        let psid = Psid(self.psid);
        let name = name_or_stand_in(self.contact_name.as_deref(), &psid);
        Ok(Conversation {
            id: ConversationId(self.id),
            page_id: self.page_id.into(),
            page_name: self.page_name,
            psid,
            contact: ContactView {
                id: ContactId(self.contact_id),
                name,
                picture_url: self.picture_id.map(|id| address(MediaId(id))),
            },
            status: standing.status,
            snoozed_until: standing.snoozed_until,
            woken_at: standing.woken_at,
            unread: standing.unread,
            labels: Vec::new(),
            control: control(standing.control, self.app_name, pending),
            assignee: named(self.assignee.map(PersonId), self.assignee_name),
            team: named(self.team.map(TeamId), self.team_name),
            window: window(standing.window, now),
            last_message: self.last.read()?,
            reset_at,
            conflict_at: standing.conflict_at,
            handed_over: standing.handed_over,
            failed: self.failed > 0,
            updated_at: Timestamp(self.updated_at),
            version: self.version,
        })
    }
}

fn named<Id>(id: Option<Id>, name: Option<String>) -> Option<Named<Id>> {
    id.zip(name).map(|(id, name)| Named { id, name })
}

/// What we asked Meta to do; not shown once we no longer expect an answer.
fn pending(
    kind: Option<String>,
    by: Option<String>,
    until: Option<i64>,
    now: Timestamp,
) -> Result<Option<Pending>> {
    let (Some(kind), Some(by), Some(until)) = (kind, by, until) else {
        return Ok(None);
    };
    if until <= now.ms() {
        return Ok(None);
    }
    Ok(Some(Pending { what: text::word("conversation", &kind)?, by }))
}

fn control(control: Control, app_name: Option<String>, pending: Option<Pending>) -> ControlView {
    ControlView {
        owner: control.owner.kind(),
        app_id: control.owner.app().cloned(),
        app_name,
        since: control.since,
        expires_at: control.expires_at,
        proof: control.proof.as_str().to_owned(),
        proved_at: control.proved_at,
        pending,
    }
}

fn window(deadlines: Window, now: Timestamp) -> WindowView {
    let (state, expires_at) = match deadlines.at(now) {
        WindowState::Open { expires_at } => (WindowWord::Open, Some(expires_at)),
        WindowState::HumanAgent { expires_at } => (WindowWord::HumanAgent, Some(expires_at)),
        WindowState::Closed => (WindowWord::Closed, None),
    };
    WindowView { state, expires_at, deadlines }
}
