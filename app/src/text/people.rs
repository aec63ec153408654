//! People, invitations, teams, the profile and the audit log.

use domain::person::{Reach, Role};
use domain::preferences::Region;

words! {
    to_settings: "Settings",
    saved: "Saved.",
    save_changes: "Save changes",
    cancel: "Cancel",
    copy_it: "Copy",
    not_copied: "The browser does not allow copying here. Select the text and copy it yourself.",
    edit: "Edit",
    delete: "Delete",
    name: "Name",
    on: "On",
    off: "Off",
    never: "Never",

    people_lead: "Whoever is here can sign in. Open somebody to change what they see and may do.",
    person: "Person",
    role: "Role",
    state: "State",
    last_seen: "Last seen",
    two_factor: "Two-factor sign-in",
    restricted: "Restricted",
    deactivated: "Deactivated",

    invite: "Invite",
    invite_title: "Invite somebody",
    name_if_known: "Name, if you know it",
    name_if_known_hint: "They can change it when they join.",
    make_link: "Make invitation link",
    invitations: "Invitations",
    invited_until: "Invited until",
    expired: "Expired",
    new_link: "New link",
    take_back: "Take back",
    link_label: "Invitation link",
    link_title: "Send them this link",
    link_until: "It works once, until",
    link_once: "Baton sends no mail, and shows the link only now. If it gets lost, make a new one; the old one ends then.",

    only_owners: "Only an owner can change an owner.",
    nobody_here: "There is nobody here",
    nobody_here_words: "The address may be mistyped. Everybody is in the list.",
    to_people: "Back to people",
    sees: "Sees",
    may: "May",
    may_take_over: "Take over from a bot",
    may_take_over_hint: "Without it, somebody else has to take the thread first.",
    may_write_anywhere: "Write in every conversation they see",
    may_write_anywhere_hint: "Without it, only in those assigned to them or to a team of theirs.",
    may_see_workflows: "See and stop workflows",
    may_see_workflows_hint: "Without it, the workflows icon is not there.",
    may_export: "Export conversations",
    may_export_hint: "Take them out of Baton as a file.",
    may_delete: "Delete conversations, and notes of their own",
    may_delete_hint: "It cannot be brought back.",

    two_factor_reset: "Take second step away",
    two_factor_reset_words: "When phone and recovery codes are lost. They then sign in with the password alone and can set it up anew.",
    two_factor_taken: "The second step is gone. They sign in with the password alone.",
    deactivate: "Deactivate",
    deactivate_ask: "Deactivate…",
    deactivate_title: "Leaving the team",
    deactivate_words: "They are signed out everywhere at once and cannot sign in any more. What they wrote and did stays.",
    deactivated_now: "Deactivated. The conversations were handed over.",
    reactivate: "Reactivate",
    reactivate_words: "They cannot sign in. Reactivated, they sign in as before; their conversations stay where they went.",
    reactivated: "Reactivated.",
    heir_nobody: "Nobody: they wait in Unassigned",

    teams_lead: "Conversations can be assigned to a team instead of a person.",
    new_team: "New team",
    no_teams_yet: "No teams yet",
    no_teams_words: "A team groups people by what they do, such as Returns or Sales.",
    members: "Members",
    delete_team_label: "Delete team",
    no_team: "No team",

    join: "Join",
    join_title: "Join the team",
    to_sign_in: "To the sign-in",
    join_expired_label: "This invitation has expired",
    join_used: "This invitation was used",
    join_used_words: "Somebody has joined with it. If that was you, sign in. If not, tell whoever invited you.",
    join_unknown: "This invitation is not valid",
    join_unknown_words: "The link may be cut off, taken back, or replaced by a newer one. Ask whoever invited you for a new link.",
    join_unavailable: "The invitation cannot be read",

    second_step_title: "Second step",
    second_step_hint: "Your password was right. Now prove that it is you.",
    code: "Code",
    code_hint: "Six digits from your phone, or one of your recovery codes",
    other_account: "Sign in as somebody else",

    about_you: "About you",
    save_name: "Save name",
    choose_picture: "Choose picture",
    remove_picture: "Remove",
    picture_hint: "PNG, JPEG or WebP, up to 2 MB",
    looks: "Appearance",
    theme: "Theme",
    first_steps: "First steps",
    step_done: "Done",
    step_open: "To do",
    step_go: "Go there",
}
pub fn step_page() -> (&'static str, &'static str) {
    (
        say!("Connect a page"),
        say!("What customers write to it arrives here from then on. The demo brings a simulated one."),
    )
}
pub fn step_routing() -> (&'static str, &'static str) {
    (
        say!("Check its routing"),
        say!("Whether Facebook gives conversations to your bot and to us as it should."),
    )
}
pub fn step_people() -> (&'static str, &'static str) {
    (say!("Invite your team"), say!("Everybody signs in with an account of their own."))
}
pub fn step_zone() -> (&'static str, &'static str) {
    (say!("Say where you are"), say!("Workflows and reports count days in this time zone."))
}
pub fn step_hours() -> (&'static str, &'static str) {
    (say!("Set business hours"), say!("Workflows can answer differently when nobody is there."))
}
words! {
    about_workspace: "Name and time zone",
    workspace_zone_hint: "Workflows tell date and time in it. Business hours may have zones of their own; people see times in the zone of their browser.",
    region: "Dates, times and numbers",
    language: "Language",
    language_of_browser: "As this browser is set",
    language_hint: "The page is loaded again for it. Customers get what you write, whatever the language.",
    change_password: "Change password",
    old_password: "Present password",
    new_password: "New password",
    password_ends: "Every other device is signed out.",
    password_changed: "Password changed. Every other device is signed out.",
    two_factor_lead: "With it, a stolen password is not enough: after the password you type a code from an app on your phone.",
    two_factor_since: "On since",
    two_factor_ended: "Two-factor sign-in is off.",
    turn_on: "Turn on",
    turn_off: "Turn off",
    renew_codes: "New recovery codes",
    prove_to_turn_on: "First, your password.",
    prove_to_turn_off: "Your password turns it off. From then on the password alone signs you in.",
    prove_to_renew: "Your password makes ten new recovery codes. The old ones end.",
    go_on: "Continue",
    scan: "Scan this with the authenticator app on your phone, then type the code it shows.",
    qr: "QR code with the secret; the text below holds the same",
    or_type: "Or type this into the app:",
    first_code_hint: "Six digits. It counts only once this code was right.",
    codes_words: "It is on. These recovery codes sign you in when your phone is lost, each once. They are shown only now: keep them where you keep passwords.",
    recovery_codes: "Recovery codes",
    codes_kept: "I have kept them",
    sessions: "Where you are signed in",
    this_device: "This device",
    active: "active",
    end_session: "Sign out",
    end_others: "Sign out everywhere else",
    others_ended: "Signed out everywhere else.",

    export: "Export",
    who: "Who",
    what: "What",
    from: "From",
    to: "To",
    anybody: "Anybody",
    anything: "Anything",
    search_log: "Show",
    show_all: "Show everything",
    nothing_found: "Nothing found",
    nothing_found_words: "Nobody did this in that time.",
    older: "Older entries",
    conversation: "conversation",
}

/// What a role is called.
pub fn role_name(role: Role) -> &'static str {
    match role {
        Role::Agent => say!("Agent"),
        Role::Manager => say!("Manager"),
        Role::Owner => say!("Owner"),
    }
}

/// What somebody with a role does.
pub fn role_means(role: Role) -> &'static str {
    match role {
        Role::Agent => say!("Answers customers."),
        Role::Manager => say!("Also connects pages and manages people and settings."),
        Role::Owner => say!("Also makes and removes owners."),
    }
}

/// Why there is nothing to restrict.
pub fn no_restrictions(role: Role) -> &'static str {
    match role {
        Role::Agent => "",
        Role::Manager => say!("Managers see everything and may do everything. Restrictions are for agents."),
        Role::Owner => say!("Owners see everything and may do everything. Restrictions are for agents."),
    }
}

/// Whose conversations somebody sees, and what that means.
pub fn reach(reach: Reach) -> (&'static str, &'static str) {
    match reach {
        Reach::Everybody => (say!("Every conversation"), say!("In lists, numbers, search and exports.")),
        Reach::Team => (
            say!("Their own and their teams'"),
            say!("Others do not exist for them, unassigned ones included."),
        ),
        Reach::Own => {
            (say!("Only their own"), say!("Others do not exist for them, not even those of their teams."))
        }
    }
}

/// How much of the first steps is left.
pub fn steps_left(left: usize) -> String {
    match left {
        0 => say!("All done: customers can write and your team can answer.").into(),
        1 => say!("One step is left. Each can wait; this list remembers.").into(),
        many => say!("{many} steps are left. Each can wait; this list remembers.", many),
    }
}

/// What the link of a first step does, for who cannot see the line.
pub fn go_to_step(name: &str) -> String {
    say!("Go to: {name}", name)
}

/// The name of a way to write dates, times and numbers.
pub fn region_name(region: Region) -> &'static str {
    match region {
        Region::Browser => say!("As this browser is set"),
        Region::UnitedKingdom => say!("United Kingdom"),
        Region::UnitedStates => say!("United States"),
        Region::Germany => say!("Germany"),
        Region::France => say!("France"),
        Region::Spain => say!("Spain"),
        Region::Sweden => say!("Sweden"),
    }
}

/// "Saturday 21 November 2026, 14:03 · 12,345"
pub fn region_example(now: &str, number: &str) -> String {
    format!("{now} · {number}")
}

/// Whether somebody is still in the team.
pub fn standing(active: bool) -> &'static str {
    if active { say!("Active") } else { deactivated() }
}

/// What stands under an invitation.
pub fn invited_as(role: Role, by: &str) -> String {
    say!("{role_name}, invited by {by}", role_name = role_name(role), by)
}

/// What the button for a new link does, for who cannot see the row.
pub fn new_link_for(email: &str) -> String {
    say!("New link for {email}", email)
}

/// What the button that ends an invitation does, for who cannot see the row.
pub fn take_back_from(email: &str) -> String {
    say!("Take back the invitation of {email}", email)
}

/// Whom a link is for.
pub fn link_for(email: &str) -> String {
    say!("{email} joins with it.", email)
}

/// Whom a manager is about to deactivate.
pub fn deactivate_whom(name: &str) -> String {
    say!("Deactivate {name}?", name)
}

/// Who gets conversations.
pub fn hand_over_label(open: i64) -> String {
    match open {
        0 => say!("Who gets conversations that are still theirs").into(),
        1 => say!("Who gets the 1 open conversation").into(),
        many => say!("Who gets the {many} open conversations", many),
    }
}

/// A team among people.
pub fn team_called(name: &str) -> String {
    say!("Team {name}", name)
}

/// How large a team is, and what waits for it.
pub fn team_size(people: usize, open: i64) -> String {
    let people = if people == 1 { say!("1 person").to_owned() } else { say!("{people} people", people) };
    let open = if open == 1 {
        say!("1 open conversation").to_owned()
    } else {
        say!("{open} open conversations", open)
    };
    format!("{people}, {open}")
}

/// What a team's button does, for who cannot see the row.
pub fn edit_team(name: &str) -> String {
    say!("Edit {name}", name)
}

/// What a team's other button does, for who cannot see the row.
pub fn delete_team(name: &str) -> String {
    say!("Delete {name}", name)
}

/// What the end of a team means.
pub fn delete_team_words(name: &str) -> String {
    say!(
        "{name} ends. Its people stay; whoever sees only their teams' conversations no longer sees these.",
        name
    )
}

/// Who invites into what.
pub fn join_hint(by: &str, workspace: &str, role: Role) -> String {
    match role {
        Role::Owner => say!("{by} invites you to {workspace} as an owner.", by, workspace),
        Role::Manager => say!("{by} invites you to {workspace} as a manager.", by, workspace),
        Role::Agent => say!("{by} invites you to {workspace} as an agent.", by, workspace),
    }
}

/// What to do with an invitation that has run out.
pub fn join_expired(by: &str) -> String {
    say!("Invitations work for 24 hours. Ask {by} for a new link.", by)
}

/// Why the second step did not work. It never tells whether a code was wrong, old or used.
pub fn second_step_problem(error: &str, minutes: Option<&str>) -> String {
    match (error, minutes) {
        ("wrong", _) => say!("This code does not fit. Wait for the next one and type it at once.").into(),
        ("locked", Some("1")) => say!("Too many tries. Wait a minute, then try again.").into(),
        ("locked", Some(minutes)) => say!("Too many tries. Wait {minutes} minutes, then try again.", minutes),
        (_, _) => say!("You could not be signed in just now. Try again in a moment.").into(),
    }
}

/// How many recovery codes are left.
pub fn codes_left(left: i64) -> String {
    match left {
        0 => say!("No recovery code is left: make new ones before your phone is lost.").into(),
        1 => say!("1 recovery code is left.").into(),
        many => say!("{many} recovery codes are left.", many),
    }
}

/// What a session's button does, for who cannot see the row.
pub fn end_session_on(device: &str) -> String {
    say!("Sign out {device}", device)
}

/// An act of the audit log in words. One that is not known here is told as it is written.
pub fn act_name(act: &str) -> String {
    let known = match act {
        "person.invited" => say!("invited somebody"),
        "person.invited_again" => say!("made a new invitation link"),
        "person.invitation_revoked" => say!("took an invitation back"),
        "person.joined" => say!("joined the team"),
        "person.signed_in" => say!("signed in"),
        "person.role_changed" => say!("changed a role"),
        "person.restrictions_changed" => say!("changed restrictions"),
        "person.teams_changed" => say!("changed somebody's teams"),
        "person.deactivated" => say!("deactivated somebody"),
        "person.reactivated" => say!("reactivated somebody"),
        "person.renamed" => say!("changed their name"),
        "person.password_changed" => say!("changed their password"),
        "person.two_factor_on" => say!("turned two-factor sign-in on"),
        "person.two_factor_off" => say!("turned two-factor sign-in off"),
        "person.two_factor_reset" => say!("took somebody's second step away"),
        "person.recovery_codes_renewed" => say!("made new recovery codes"),
        "person.recovery_code_used" => say!("used a recovery code"),
        "person.session_ended" => say!("signed a device out"),
        "person.sessions_ended" => say!("signed out everywhere else"),
        "team.created" => say!("made a team"),
        "team.renamed" => say!("renamed a team"),
        "team.members_changed" => say!("changed a team's members"),
        "team.removed" => say!("deleted a team"),
        "workflow.created" => say!("made a workflow"),
        "workflow.cloned" => say!("cloned a workflow"),
        "workflow.imported" => say!("imported a workflow"),
        "workflow.exported" => say!("exported a workflow"),
        "workflow.saved" => say!("saved a workflow"),
        "workflow.renamed" => say!("renamed a workflow"),
        "workflow.settings" => say!("changed a workflow's settings"),
        "workflow.published" => say!("published a workflow"),
        "workflow.stopped" => say!("stopped a workflow"),
        "workflow.tested" => say!("tested a workflow"),
        "workflow.deleted" => say!("deleted a workflow"),
        "run.started" => say!("started a workflow for a contact"),
        "run.stopped" => say!("stopped a workflow for a contact"),
        "conversation.deleted" => say!("deleted a conversation"),
        "note.deleted" => say!("deleted a note"),
        "workspace.changed" => say!("changed the workspace"),
        "contact.field" => say!("changed a contact's field"),
        "contact.tagged" => say!("put a tag on a contact"),
        "contact.untagged" => say!("took a tag off a contact"),
        "tag.added" => say!("added a tag"),
        "tag.renamed" => say!("renamed a tag"),
        "tag.removed" => say!("deleted a tag"),
        "field.put" => say!("changed a contact field"),
        "field.removed" => say!("deleted a contact field"),
        "hours.put" => say!("changed business hours"),
        "hours.removed" => say!("deleted business hours"),
        "connection.put" => say!("changed a connection"),
        "connection.removed" => say!("deleted a connection"),
        other => return other.replace(['.', '_'], " "),
    };
    known.to_owned()
}

/// What a fact of an audit entry is called.
pub fn detail_name(name: &str) -> String {
    let name = name.replace('_', " ");
    let mut letters = name.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_articles_agree() {
        assert_eq!(team_size(1, 2), "1 person, 2 open conversations");
        assert!(join_hint("Ann", "Shoe Shop", Role::Agent).ends_with("as an agent."));
        assert!(join_hint("Ann", "Shoe Shop", Role::Manager).ends_with("as a manager."));
    }

    #[test]
    fn an_act_nobody_knows_is_still_told() {
        assert_eq!(act_name("page.connected_again"), "page connected again");
    }
}
