//! People, invitations, teams, the profile and the audit log.

use domain::person::{Reach, Role};
use domain::preferences::Region;

pub const TO_SETTINGS: &str = "Settings";
pub const SAVED: &str = "Saved.";
pub const SAVE_CHANGES: &str = "Save changes";
pub const CANCEL: &str = "Cancel";
pub const COPY_IT: &str = "Copy";
pub const NOT_COPIED: &str = "The browser does not allow copying here. Select the text and copy it yourself.";
pub const EDIT: &str = "Edit";
pub const DELETE: &str = "Delete";
pub const NAME: &str = "Name";
pub const ON: &str = "On";
pub const OFF: &str = "Off";
pub const NEVER: &str = "Never";

pub const PEOPLE_LEAD: &str =
    "Whoever is here can sign in. Open somebody to change what they see and may do.";
pub const PERSON: &str = "Person";
pub const ROLE: &str = "Role";
pub const STATE: &str = "State";
pub const LAST_SEEN: &str = "Last seen";
pub const TWO_FACTOR: &str = "Two-factor sign-in";
pub const RESTRICTED: &str = "Restricted";
pub const DEACTIVATED: &str = "Deactivated";

pub const INVITE: &str = "Invite";
pub const INVITE_TITLE: &str = "Invite somebody";
pub const NAME_IF_KNOWN: &str = "Name, if you know it";
pub const NAME_IF_KNOWN_HINT: &str = "They can change it when they join.";
pub const MAKE_LINK: &str = "Make invitation link";
pub const INVITATIONS: &str = "Invitations";
pub const INVITED_UNTIL: &str = "Invited until";
pub const EXPIRED: &str = "Expired";
pub const NEW_LINK: &str = "New link";
pub const TAKE_BACK: &str = "Take back";
pub const LINK: &str = "Invitation link";
pub const LINK_TITLE: &str = "Send them this link";
pub const LINK_UNTIL: &str = "It works once, until";
pub const LINK_ONCE: &str = "Baton sends no mail, and shows the link only now. If it gets lost, make a new one; the old one ends then.";

pub const ONLY_OWNERS: &str = "Only an owner can change an owner.";
pub const NOBODY_HERE: &str = "There is nobody here";
pub const NOBODY_HERE_WORDS: &str = "The address may be mistyped. Everybody is in the list.";
pub const TO_PEOPLE: &str = "Back to people";
pub const SEES: &str = "Sees";
pub const MAY: &str = "May";
pub const MAY_TAKE_OVER: &str = "Take over from a bot";
pub const MAY_TAKE_OVER_HINT: &str = "Without it, somebody else has to take the thread first.";
pub const MAY_WRITE_ANYWHERE: &str = "Write in every conversation they see";
pub const MAY_WRITE_ANYWHERE_HINT: &str =
    "Without it, only in those assigned to them or to a team of theirs.";
pub const MAY_SEE_WORKFLOWS: &str = "See and stop workflows";
pub const MAY_SEE_WORKFLOWS_HINT: &str = "Without it, the workflows icon is not there.";
pub const MAY_EXPORT: &str = "Export conversations";
pub const MAY_EXPORT_HINT: &str = "Take them out of Baton as a file.";
pub const MAY_DELETE: &str = "Delete conversations, and notes of their own";
pub const MAY_DELETE_HINT: &str = "It cannot be brought back.";

pub const TWO_FACTOR_RESET: &str = "Take second step away";
pub const TWO_FACTOR_RESET_WORDS: &str = "When phone and recovery codes are lost. They then sign in with the password alone and can set it up anew.";
pub const TWO_FACTOR_TAKEN: &str = "The second step is gone. They sign in with the password alone.";
pub const DEACTIVATE: &str = "Deactivate";
pub const DEACTIVATE_ASK: &str = "Deactivate…";
pub const DEACTIVATE_TITLE: &str = "Leaving the team";
pub const DEACTIVATE_WORDS: &str =
    "They are signed out everywhere at once and cannot sign in any more. What they wrote and did stays.";
pub const DEACTIVATED_NOW: &str = "Deactivated. The conversations were handed over.";
pub const REACTIVATE: &str = "Reactivate";
pub const REACTIVATE_WORDS: &str =
    "They cannot sign in. Reactivated, they sign in as before; their conversations stay where they went.";
pub const REACTIVATED: &str = "Reactivated.";
pub const HEIR_NOBODY: &str = "Nobody: they wait in Unassigned";

pub const TEAMS_LEAD: &str = "Conversations can be assigned to a team instead of a person.";
pub const NEW_TEAM: &str = "New team";
pub const NO_TEAMS_YET: &str = "No teams yet";
pub const NO_TEAMS_WORDS: &str = "A team groups people by what they do, such as Returns or Sales.";
pub const MEMBERS: &str = "Members";
pub const DELETE_TEAM: &str = "Delete team";
pub const NO_TEAM: &str = "No team";

pub const JOIN: &str = "Join";
pub const JOIN_TITLE: &str = "Join the team";
pub const TO_SIGN_IN: &str = "To the sign-in";
pub const JOIN_EXPIRED: &str = "This invitation has expired";
pub const JOIN_USED: &str = "This invitation was used";
pub const JOIN_USED_WORDS: &str =
    "Somebody has joined with it. If that was you, sign in. If not, tell whoever invited you.";
pub const JOIN_UNKNOWN: &str = "This invitation is not valid";
pub const JOIN_UNKNOWN_WORDS: &str = "The link may be cut off, taken back, or replaced by a newer one. Ask whoever invited you for a new link.";
pub const JOIN_UNAVAILABLE: &str = "The invitation cannot be read";

pub const SECOND_STEP_TITLE: &str = "Second step";
pub const SECOND_STEP_HINT: &str = "Your password was right. Now prove that it is you.";
pub const CODE: &str = "Code";
pub const CODE_HINT: &str = "Six digits from your phone, or one of your recovery codes";
pub const OTHER_ACCOUNT: &str = "Sign in as somebody else";

pub const ABOUT_YOU: &str = "About you";
pub const SAVE_NAME: &str = "Save name";
pub const CHOOSE_PICTURE: &str = "Choose picture";
pub const REMOVE_PICTURE: &str = "Remove";
pub const PICTURE_HINT: &str = "PNG, JPEG or WebP, up to 2 MB";
pub const LOOKS: &str = "Appearance";
pub const THEME: &str = "Theme";
pub const FIRST_STEPS: &str = "First steps";
pub const STEP_DONE: &str = "Done";
pub const STEP_OPEN: &str = "To do";
pub const STEP_GO: &str = "Go there";
pub const STEP_PAGE: (&str, &str) = (
    "Connect a page",
    "What customers write to it arrives here from then on. The demo brings a simulated one.",
);
pub const STEP_ROUTING: (&str, &str) =
    ("Check its routing", "Whether Facebook gives conversations to your bot and to us as it should.");
pub const STEP_PEOPLE: (&str, &str) =
    ("Invite your team", "Everybody signs in with an account of their own.");
pub const STEP_ZONE: (&str, &str) =
    ("Say where you are", "Workflows and reports count days in this time zone.");
pub const STEP_HOURS: (&str, &str) =
    ("Set business hours", "Workflows can answer differently when nobody is there.");
pub const ABOUT_WORKSPACE: &str = "Name and time zone";
pub const WORKSPACE_ZONE_HINT: &str = "Workflows tell date and time in it. Business hours may have zones of their own; people see times in the zone of their browser.";
pub const REGION: &str = "Dates, times and numbers";
pub const LANGUAGE: &str = "Baton’s words are English; they are not translated into other languages yet. Times are shown in the zone of your browser.";
pub const CHANGE_PASSWORD: &str = "Change password";
pub const OLD_PASSWORD: &str = "Present password";
pub const NEW_PASSWORD: &str = "New password";
pub const PASSWORD_ENDS: &str = "Every other device is signed out.";
pub const PASSWORD_CHANGED: &str = "Password changed. Every other device is signed out.";
pub const TWO_FACTOR_LEAD: &str =
    "With it, a stolen password is not enough: after the password you type a code from an app on your phone.";
pub const TWO_FACTOR_SINCE: &str = "On since";
pub const TWO_FACTOR_ENDED: &str = "Two-factor sign-in is off.";
pub const TURN_ON: &str = "Turn on";
pub const TURN_OFF: &str = "Turn off";
pub const RENEW_CODES: &str = "New recovery codes";
pub const PROVE_TO_TURN_ON: &str = "First, your password.";
pub const PROVE_TO_TURN_OFF: &str =
    "Your password turns it off. From then on the password alone signs you in.";
pub const PROVE_TO_RENEW: &str = "Your password makes ten new recovery codes. The old ones end.";
pub const GO_ON: &str = "Continue";
pub const SCAN: &str = "Scan this with the authenticator app on your phone, then type the code it shows.";
pub const QR: &str = "QR code with the secret; the text below holds the same";
pub const OR_TYPE: &str = "Or type this into the app:";
pub const FIRST_CODE_HINT: &str = "Six digits. It counts only once this code was right.";
pub const CODES_WORDS: &str = "It is on. These recovery codes sign you in when your phone is lost, each once. They are shown only now: keep them where you keep passwords.";
pub const RECOVERY_CODES: &str = "Recovery codes";
pub const CODES_KEPT: &str = "I have kept them";
pub const SESSIONS: &str = "Where you are signed in";
pub const THIS_DEVICE: &str = "This device";
pub const ACTIVE: &str = "active";
pub const END_SESSION: &str = "Sign out";
pub const END_OTHERS: &str = "Sign out everywhere else";
pub const OTHERS_ENDED: &str = "Signed out everywhere else.";

pub const EXPORT: &str = "Export";
pub const WHO: &str = "Who";
pub const WHAT: &str = "What";
pub const FROM: &str = "From";
pub const TO: &str = "To";
pub const ANYBODY: &str = "Anybody";
pub const ANYTHING: &str = "Anything";
pub const SEARCH_LOG: &str = "Show";
pub const SHOW_ALL: &str = "Show everything";
pub const NOTHING_FOUND: &str = "Nothing found";
pub const NOTHING_FOUND_WORDS: &str = "Nobody did this in that time.";
pub const OLDER: &str = "Older entries";
pub const CONVERSATION: &str = "conversation";

/// What a role is called.
pub const fn role_name(role: Role) -> &'static str {
    match role {
        Role::Agent => "Agent",
        Role::Manager => "Manager",
        Role::Owner => "Owner",
    }
}

/// What somebody with a role does.
pub const fn role_means(role: Role) -> &'static str {
    match role {
        Role::Agent => "Answers customers.",
        Role::Manager => "Also connects pages and manages people and settings.",
        Role::Owner => "Also makes and removes owners.",
    }
}

/// Why there is nothing to restrict.
pub const fn no_restrictions(role: Role) -> &'static str {
    match role {
        Role::Agent => "",
        Role::Manager => "Managers see everything and may do everything. Restrictions are for agents.",
        Role::Owner => "Owners see everything and may do everything. Restrictions are for agents.",
    }
}

/// Whose conversations somebody sees, and what that means.
pub const fn reach(reach: Reach) -> (&'static str, &'static str) {
    match reach {
        Reach::Everybody => ("Every conversation", "In lists, numbers, search and exports."),
        Reach::Team => {
            ("Their own and their teams'", "Others do not exist for them, unassigned ones included.")
        }
        Reach::Own => ("Only their own", "Others do not exist for them, not even those of their teams."),
    }
}

/// How much of the first steps is left.
pub fn steps_left(left: usize) -> String {
    match left {
        0 => "All done: customers can write and your team can answer.".into(),
        1 => "One step is left. Each can wait; this list remembers.".into(),
        many => format!("{many} steps are left. Each can wait; this list remembers."),
    }
}

/// What the link of a first step does, for who cannot see the line.
pub fn go_to_step(name: &str) -> String {
    format!("Go to: {name}")
}

/// The name of a way to write dates, times and numbers.
pub const fn region_name(region: Region) -> &'static str {
    match region {
        Region::Browser => "As this browser is set",
        Region::UnitedKingdom => "English (United Kingdom)",
        Region::UnitedStates => "English (United States)",
        Region::Germany => "German",
        Region::France => "French",
        Region::Spain => "Spanish",
        Region::Sweden => "Swedish",
    }
}

/// "Saturday 21 November 2026, 14:03 · 12,345"
pub fn region_example(now: &str, number: &str) -> String {
    format!("{now} · {number}")
}

/// Whether somebody is still in the team.
pub const fn standing(active: bool) -> &'static str {
    if active { "Active" } else { DEACTIVATED }
}

/// What stands under an invitation.
pub fn invited_as(role: Role, by: &str) -> String {
    format!("{}, invited by {by}", role_name(role))
}

/// What the button for a new link does, for who cannot see the row.
pub fn new_link_for(email: &str) -> String {
    format!("New link for {email}")
}

/// What the button that ends an invitation does, for who cannot see the row.
pub fn take_back_from(email: &str) -> String {
    format!("Take back the invitation of {email}")
}

/// Whom a link is for.
pub fn link_for(email: &str) -> String {
    format!("{email} joins with it.")
}

/// Whom a manager is about to deactivate.
pub fn deactivate_whom(name: &str) -> String {
    format!("Deactivate {name}?")
}

/// Who gets conversations.
pub fn hand_over_label(open: i64) -> String {
    match open {
        0 => "Who gets conversations that are still theirs".into(),
        1 => "Who gets the 1 open conversation".into(),
        many => format!("Who gets the {many} open conversations"),
    }
}

/// A team among people.
pub fn team_called(name: &str) -> String {
    format!("Team {name}")
}

/// How large a team is, and what waits for it.
pub fn team_size(people: usize, open: i64) -> String {
    let people = if people == 1 { "1 person".to_owned() } else { format!("{people} people") };
    let open =
        if open == 1 { "1 open conversation".to_owned() } else { format!("{open} open conversations") };
    format!("{people}, {open}")
}

/// What a team's button does, for who cannot see the row.
pub fn edit_team(name: &str) -> String {
    format!("Edit {name}")
}

/// What a team's other button does, for who cannot see the row.
pub fn delete_team(name: &str) -> String {
    format!("Delete {name}")
}

/// What the end of a team means.
pub fn delete_team_words(name: &str) -> String {
    format!(
        "{name} ends. Its people stay; whoever sees only their teams' conversations no longer sees these."
    )
}

/// Who invites into what.
pub fn join_hint(by: &str, workspace: &str, role: Role) -> String {
    let role = role_name(role).to_lowercase();
    let article = if role.starts_with(['a', 'o']) { "an" } else { "a" };
    format!("{by} invites you to {workspace} as {article} {role}.")
}

/// What to do with an invitation that has run out.
pub fn join_expired(by: &str) -> String {
    format!("Invitations work for 24 hours. Ask {by} for a new link.")
}

/// Why the second step did not work. It never tells whether a code was wrong, old or used.
pub fn second_step_problem(error: &str, minutes: Option<&str>) -> String {
    match (error, minutes) {
        ("wrong", _) => "This code does not fit. Wait for the next one and type it at once.".into(),
        ("locked", Some("1")) => "Too many tries. Wait a minute, then try again.".into(),
        ("locked", Some(minutes)) => format!("Too many tries. Wait {minutes} minutes, then try again."),
        (_, _) => "You could not be signed in just now. Try again in a moment.".into(),
    }
}

/// How many recovery codes are left.
pub fn codes_left(left: i64) -> String {
    match left {
        0 => "No recovery code is left: make new ones before your phone is lost.".into(),
        1 => "1 recovery code is left.".into(),
        many => format!("{many} recovery codes are left."),
    }
}

/// What a session's button does, for who cannot see the row.
pub fn end_session_on(device: &str) -> String {
    format!("Sign out {device}")
}

/// An act of the audit log in words. One that is not known here is told as it is written.
pub fn act_name(act: &str) -> String {
    let known = match act {
        "person.invited" => "invited somebody",
        "person.invited_again" => "made a new invitation link",
        "person.invitation_revoked" => "took an invitation back",
        "person.joined" => "joined the team",
        "person.signed_in" => "signed in",
        "person.role_changed" => "changed a role",
        "person.restrictions_changed" => "changed restrictions",
        "person.teams_changed" => "changed somebody's teams",
        "person.deactivated" => "deactivated somebody",
        "person.reactivated" => "reactivated somebody",
        "person.renamed" => "changed their name",
        "person.password_changed" => "changed their password",
        "person.two_factor_on" => "turned two-factor sign-in on",
        "person.two_factor_off" => "turned two-factor sign-in off",
        "person.two_factor_reset" => "took somebody's second step away",
        "person.recovery_codes_renewed" => "made new recovery codes",
        "person.recovery_code_used" => "used a recovery code",
        "person.session_ended" => "signed a device out",
        "person.sessions_ended" => "signed out everywhere else",
        "team.created" => "made a team",
        "team.renamed" => "renamed a team",
        "team.members_changed" => "changed a team's members",
        "team.removed" => "deleted a team",
        "workflow.created" => "made a workflow",
        "workflow.cloned" => "cloned a workflow",
        "workflow.imported" => "imported a workflow",
        "workflow.exported" => "exported a workflow",
        "workflow.saved" => "saved a workflow",
        "workflow.renamed" => "renamed a workflow",
        "workflow.settings" => "changed a workflow's settings",
        "workflow.published" => "published a workflow",
        "workflow.stopped" => "stopped a workflow",
        "workflow.tested" => "tested a workflow",
        "workflow.deleted" => "deleted a workflow",
        "run.started" => "started a workflow for a contact",
        "run.stopped" => "stopped a workflow for a contact",
        "conversation.deleted" => "deleted a conversation",
        "note.deleted" => "deleted a note",
        "workspace.changed" => "changed the workspace",
        "contact.field" => "changed a contact's field",
        "contact.tagged" => "put a tag on a contact",
        "contact.untagged" => "took a tag off a contact",
        "tag.added" => "added a tag",
        "tag.renamed" => "renamed a tag",
        "tag.removed" => "deleted a tag",
        "field.put" => "changed a contact field",
        "field.removed" => "deleted a contact field",
        "hours.put" => "changed business hours",
        "hours.removed" => "deleted business hours",
        "connection.put" => "changed a connection",
        "connection.removed" => "deleted a connection",
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
