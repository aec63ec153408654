//! What versions of the past have written: a row or two of everything, in the words of that version.
//!
//! `#7` stands for the id with that number, `~text~` for its bytes. To add a migration: what its version would have
//! written, at the end.

use domain::conversation::standing::Standing;
use domain::conversation::window::Window;
use domain::workflow::graph::Graph;
use domain::workflow::run::{Reason, State};
use domain::workflow::settings::Settings;
use domain::{DAY, Timestamp};
use serde_json::json;

/// When everything happened.
pub const T0: i64 = 1_795_219_200_000;
/// The newest migration that something is known about.
pub const NEWEST: i64 = 18;

/// What the version of a migration wrote, statement by statement.
pub fn of(version: i64) -> Vec<String> {
    match version {
        1 => [workspace(), inbox(), waiting()].concat(),
        3 => people(),
        5 => pages(),
        6 => routing(),
        7 => thread(),
        8 => writing(),
        9 => vec!["insert into preference (person_id, body, version) values (#1, '{\"keys\":[]}', 3)".into()],
        10 => workflows(),
        12 => vec!["update page set warning = 'Mind our policies.' where id = 'page-1'".into()],
        13 => vec!["update conversation set handed_over = ' size  42 ' where id = #21".into()],
        14 => past_runs(),
        15 => broken_runs(),
        16 => vec![
            "update evidence set link = 1, hash = 'abc' where conversation_id = #20".into(),
            "insert into evidence_chain (conversation_id, links, head) values (#20, 1, 'abc')".into(),
        ],
        _ => Vec::new(),
    }
}

fn workspace() -> Vec<String> {
    vec![
        "insert into meta_app (id, app_secret, verify_token) values ('app-1', 'sealed secret', 'sealed word')".into(),
        "insert into known_app (id, name) values ('bot-1', 'SalesBot'), ('bot-2', 'App bot-2')".into(),
        format!("insert into page (id, name, app_id, access_token, health_state, created_at, last_event_at)
            values ('page-1', 'Shoe Shop', 'app-1', 'sealed token', 'connected', {T0}, {T0} + 77)"),
        format!("insert into page (id, name, app_id, access_token, health_state, health_reason, health_since, created_at)
            values ('page-2', 'Sock Shop', 'app-1', 'sealed too', 'disconnected', 'The token expired.', {T0}, {T0})"),
        format!("insert into person (id, email, name, role, password_hash, created_at, active) values
            (#1, 'ann@example.test', 'Ann', 'owner', 'a hash', {T0}, true),
            (#2, 'mia@example.test', 'Mia', 'agent', null, {T0}, true)"),
        "insert into team (id, name) values (#3, 'Returns')".into(),
        "insert into team_member (team_id, person_id) values (#3, #2)".into(),
        format!("insert into session (id, person_id, data, expires_at) values ('a session', #1, '{{}}', {T0} + {DAY})"),
        format!("insert into api_token (id, name, scope, hash, created_at) values (#4, 'shop', 'write', 'its hash', {T0})"),
        "insert into setting (key, value) values ('workspace.name', 'Shoe Shop')".into(),
    ]
}

/// As the first version wrote it, which knew no snoozing.
fn standing(unread: bool) -> String {
    let mut window = Window::default();
    window.customer_wrote(Timestamp(T0));
    let standing =
        Standing { unread, window, asked_at: unread.then_some(Timestamp(T0)), ..Standing::default() };
    let mut standing = serde_json::to_value(standing).unwrap();
    for later in ["snoozed_until", "woken_at"] {
        standing.as_object_mut().unwrap().remove(later);
    }
    standing.to_string()
}

fn inbox() -> Vec<String> {
    let (unread, read) = (standing(true), standing(false));
    let empty = Standing::default();
    let (status, owner) = (empty.status.as_str(), empty.control.owner.kind().as_str());
    let what = json!({ "what": "customer_wrote", "channel": "direct" });
    vec![
        format!("insert into contact (id, page_id, psid, name, name_folded, picture_url, profile_at) values
            (#10, 'page-1', '7001', 'Maya Lindqvist', 'maya lindqvist', 'https://cdn.example/m.jpg', {T0}),
            (#11, 'page-1', '7002', null, null, null, null)"),
        format!("insert into conversation (id, page_id, psid, contact_id, status, owner, unread, standing, latest_at,
            latest_rank, latest_key, assignee, team, last_message_id, last_author_kind, last_preview, last_at, failed,
            updated_at, version) values
            (#20, 'page-1', '7001', #10, '{status}', '{owner}', true, '{unread}', {T0}, 1, 'k1', #2, #3, #30,
             'customer', 'Where are my red shoes?', {T0}, 0, {T0}, 4)"),
        format!("insert into conversation (id, page_id, psid, contact_id, status, owner, unread, standing, failed,
            updated_at, version) values
            (#21, 'page-1', '7002', #11, '{status}', '{owner}', false, '{read}', 0, {T0} - 5, 1)"),
        format!("insert into evidence (conversation_id, key, at, rank, what, after_standing, changed_owner)
            values (#20, 'k1', {T0}, 1, '{what}', '{unread}', false)"),
        format!("insert into message (id, conversation_id, page_id, mid, at, direction, author_kind, author_id,
            author_name, text, text_folded, attachments, origin, state, edits, deleted) values
            (#30, #20, 'page-1', 'm_30', {T0}, 'in', 'customer', null, null, 'Where are my red shoes?',
             'where are my red shoes?', '[]', 'external', 'received', 0, false),
            (#31, #20, 'page-1', 'm_31', {T0} + 1, 'out', 'agent', '00000000-0000-0000-0000-000000000002', 'Mia',
             'On their way.', 'on their way.', '[]', 'inbox', 'read', 0, false),
            (#32, #21, 'page-1', 'm_32', {T0} + 2, 'out', 'bot', 'bot-1', 'SalesBot', 'Which size?', 'which size?',
             '[]', 'external', 'sent', 0, false),
            (#33, #20, 'page-1', null, {T0} + 3, 'out', 'agent', '00000000-0000-0000-0000-000000000001', 'Ann',
             'They come tomorrow.', 'they come tomorrow.', '[]', 'inbox', 'queued', 0, false)"),
        format!("insert into receipt (conversation_id, state, watermark) values (#20, 'read', {T0} + 2)"),
        format!("insert into seen (conversation_id, person_id, at) values (#20, #2, {T0})"),
        format!("insert into audit (id, at, actor, act, conversation_id, detail)
            values (#50, {T0}, 'Ann', 'assigned', #20, '{{\"to\":\"Mia\"}}')"),
        format!("insert into amendment (page_id, mid, key, at, what)
            values ('page-1', 'm_99', 'r1', {T0}, '{{\"withdrawn\":{{}}}}')"),
    ]
}

/// What is still to be done when the old version stops.
fn waiting() -> Vec<String> {
    let send = json!({ "job": "send", "message": "00000000-0000-0000-0000-000000000033", "by": null });
    vec![
        format!(
            "insert into inbound (id, app_id, body, received_at, state) values
            (#40, 'app-1', ~{{\"object\":\"page\"}}~, {T0}, 'new'), (#41, 'app-1', ~{{}}~, {T0}, 'done')"
        ),
        format!(
            "insert into parked (id, inbound_id, page_id, item, reason, at)
            values (#42, #41, 'page-1', '{{}}', 'It names no customer.', {T0})"
        ),
        format!(
            "insert into outbox (id, conversation_id, page_id, kind, payload, run_at, attempts, started_at)
            values (#33, #20, 'page-1', 'send', '{send}', {T0}, 1, {T0})"
        ),
        format!("insert into timer (conversation_id, kind, due_at) values (#20, 'reset', {T0} + {DAY})"),
        "update counter set n = 2 where name = 'change'".into(),
        format!(
            "insert into change (n, at, body) values (1, {T0}, '{{\"kind\":\"team\"}}'), (2, {T0}, '{{\"kind\":\"team\"}}')"
        ),
    ]
}

fn people() -> Vec<String> {
    vec![
        format!("insert into invitation (id, email, name, role, teams, hash, invited_by, by_name, created_at, expires_at)
            values (#5, 'zoe@example.test', 'Zoe', 'agent', '[]', 'hash of a link', #1, 'Ann', {T0}, {T0} + {DAY})"),
        format!("insert into two_factor (person_id, secret, confirmed_at, last_step) values (#1, 'sealed', {T0}, 7)"),
        "insert into recovery_code (person_id, hash) values (#1, 'hash of a code')".into(),
        "insert into hand_over (person_id, to_team, by_name) values (#2, #3, 'Ann')".into(),
        "insert into picture (person_id, version, kind, bytes) values (#2, 'v1', 'image/png', ~png~)".into(),
    ]
}

fn pages() -> Vec<String> {
    vec![
        "insert into page_rhythm (page_id, rhythm) values ('page-1', '{}')".into(),
        format!(
            "insert into facebook_login (id, person_id, app_id, sealed, expires_at)
            values (#6, #1, 'app-1', 'sealed', {T0} + {DAY})"
        ),
        "update outbox set held_since = 5 where id = #33".into(),
    ]
}

fn routing() -> Vec<String> {
    vec![
        format!(
            "insert into routing_sign (page_id, sign, first_at, at, times, conversation_id)
            values ('page-1', 'roles_given', {T0}, {T0}, 2, #20)"
        ),
        format!(
            "insert into routing_check (id, page_id, at, by_name, report)
            values (#7, 'page-1', {T0}, 'Ann', '{{}}')"
        ),
    ]
}

fn thread() -> Vec<String> {
    vec![
        format!(
            "insert into media (id, contact_id, position, part, state, kind, bytes, attempts, created_at)
            values (#60, #10, 0, '', 'stored', 'image/jpeg', 5000, 1, {T0})"
        ),
        "update contact set picture_id = #60 where id = #10".into(),
        format!(
            "insert into message_edit (message_id, n, at, text) values (#30, 1, {T0}, 'Where are my shoes?')"
        ),
        format!(
            "insert into happening (id, conversation_id, at, act, detail)
            values (#61, #20, {T0}, 'opened_link', '{{}}')"
        ),
    ]
}

fn writing() -> Vec<String> {
    vec![
        format!(
            "insert into draft (conversation_id, person_id, reply, note, files, version, updated_at)
            values (#20, #2, 'Dear Maya', '', '[]', 1, {T0})"
        ),
        format!(
            "insert into note (id, conversation_id, person_id, author_name, text, mentions, at)
            values (#70, #20, #1, 'Ann', 'She is a good customer.', '[]', {T0})"
        ),
        format!(
            "insert into notification (id, person_id, conversation_id, note_id, reason, at)
            values (#71, #2, #20, #70, 'mentioned', {T0})"
        ),
        format!(
            "insert into upload (id, person_id, name, kind, mime, size, created_at)
            values (#72, #2, 'a.png', 'image', 'image/png', 12, {T0})"
        ),
    ]
}

fn workflows() -> Vec<String> {
    let graph = serde_json::to_string(&Graph::default()).unwrap();
    let settings = serde_json::to_string(&Settings::default()).unwrap();
    let ended = ended();
    vec![
        format!("insert into contact_field (key, name, kind, options, created_at)
            values ('size', 'Shoe size', 'number', '[]', {T0})"),
        format!("insert into contact_value (contact_id, key, value, updated_at) values (#10, 'size', '42', {T0})"),
        format!("insert into tag (folded, name, created_at) values ('vip', 'VIP', {T0})"),
        "insert into contact_tag (contact_id, folded) values (#10, 'vip')".into(),
        format!("insert into workflow (id, name, name_folded, description, status, settings, graph, revision, version,
            created_by, created_at) values (#80, 'Welcome', 'welcome', '', 'stopped', '{settings}', '{graph}', 2, 1,
            'Ann', {T0})"),
        format!("insert into workflow_version (workflow_id, version, graph, published_by, published_at)
            values (#80, 1, '{graph}', 'Ann', {T0})"),
        format!("insert into run (id, workflow_id, version, contact_id, conversation_id, phase, state, found, jumps,
            lines, test, started_at, ended_at, reason) values (#81, #80, 1, #10, #20, 'ended', '{ended}', '{{}}', '{{}}',
            1, false, {T0}, {T0}, 'completed')"),
        format!("insert into run_line (run_id, n, at, step, because, found, effects)
            values (#81, 1, {T0}, 1, '{{\"because\":\"done\"}}', '[]', '[]')"),
        format!("insert into enrolment (workflow_id, contact_id, first_at) values (#80, #10, {T0})"),
        format!("insert into non_start (id, workflow_id, contact_id, at, reason, detail)
            values (#82, #80, #11, {T0}, 'already_enrolled', '{{\"why\":\"already_enrolled\"}}')"),
    ]
}

/// The state of a run that came to its end.
fn ended() -> String {
    let ended = State::Ended { reason: Reason::Completed {}, at: Timestamp(T0) };
    serde_json::to_string(&ended).unwrap()
}

/// A run that broke, in the words of a version that has an index of them.
fn broken_runs() -> Vec<String> {
    let reason = Reason::InternalError { step: None };
    let state = serde_json::to_string(&State::Ended { reason, at: Timestamp(T0) }).unwrap();
    vec![format!(
        "insert into run (id, workflow_id, version, contact_id, conversation_id, phase, state, found, jumps, lines,
            test, started_at, ended_at, reason) values (#86, #80, 1, #11, #21, 'ended', '{state}', '{{}}', '{{}}', 0,
            false, {T0}, {T0}, 'internal_error')"
    )]
}

fn past_runs() -> Vec<String> {
    let ended = ended();
    vec![
        "update run_line set input = 'Hello', ticket = #83 where run_id = #81".into(),
        format!(
            "insert into deleted_workflow (id, name, steps, deleted_at) values (#84, 'Farewell', '{{}}', {T0})"
        ),
        format!(
            "insert into deleted_run (id, workflow_id, contact_id, conversation_id, version, state, started_at)
            values (#85, #84, #10, #20, 1, '{ended}', {T0})"
        ),
    ]
}
