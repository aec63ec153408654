//! The list of workflows, the gallery, import, the report.

use domain::workflow::field::FieldType;
use domain::workflow::status::Status;

pub const TITLE: &str = "Workflows";
pub const ADD: &str = "Add Workflow";
pub const MORE_WAYS: &str = "More ways to add a workflow";
pub const BLANK: &str = "Start from scratch";
pub const FROM_TEMPLATE: &str = "Use a template";
pub const IMPORT: &str = "Import";
pub const SEARCH: &str = "Search workflows";
pub const SEARCH_HINT: &str = "Search name or description";
pub const STATUS: &str = "Status";
pub const ALL: &str = "All";
pub const NAME: &str = "Name";
pub const DESCRIPTION: &str = "Description";
pub const LAST_PUBLISHED_BY: &str = "Last Published By";
pub const LAST_PUBLISHED: &str = "Last Published";
pub const CREATED_BY: &str = "Created By";
pub const DATE_CREATED: &str = "Date Created";
pub const ACTIONS: &str = "Actions";
pub const NEVER: &str = "Never";

pub const EMPTY_TITLE: &str = "No workflows yet";
pub const EMPTY_WORDS: &str =
    "A workflow is a trigger and the steps that follow it. Start with one that others found useful.";
pub const NO_HITS: &str = "No workflow fits";
pub const NO_HITS_WORDS: &str = "Search for another word, or look at all of them.";
pub const SHOW_ALL: &str = "Show all";
pub const FORBIDDEN_TITLE: &str = "Workflows are for owners and managers";
pub const FORBIDDEN_WORDS: &str = "You may not do that. What runs for a contact is in the inbox, beside the conversation. To build workflows, ask an owner for the role of a manager.";
pub const TO_LIST: &str = "All workflows";

pub const PUBLISH: &str = "Publish";
pub const STOP: &str = "Stop";
pub const OPEN: &str = "Open in Builder";
pub const RUNS: &str = "Runs and Report";
pub const RENAME: &str = "Edit Name/Description";
pub const SETTINGS: &str = "Workflow Settings";
pub const CLONE: &str = "Clone";
pub const EXPORT: &str = "Export";
pub const DELETE: &str = "Delete";
pub const STOP_FIRST: &str = "Stop it first";

pub const CREATE_TITLE: &str = "Add a workflow";
pub const CREATE: &str = "Create";
pub const NAME_HINT: &str = "What it does, such as “Welcome new customers”. At most 100 characters.";
pub const DESCRIPTION_HINT: &str = "For your colleagues; customers never see it.";
pub const RENAME_TITLE: &str = "Name and description";
pub const SAVE: &str = "Save";
pub const CLOSE: &str = "Close";

pub const DELETE_TITLE: &str = "Delete workflow";
pub const STOP_TITLE: &str = "Stop workflow";
pub const PUBLISH_ANYWAY: &str = "Publish anyway";
pub const BOTS_TITLE: &str = "A bot answers here, too";

pub const SETTINGS_TITLE: &str = "Workflow settings";
pub const ALLOW_STOP: &str = "Allow users to stop this Workflow for a Contact";
pub const ALLOW_STOP_HINT: &str = "Agents find Stop beside the conversation. This can change while it runs.";
pub const EXITS: &str = "A contact leaves early when…";
pub const EXIT_OUTGOING: &str = "Outgoing Message";
pub const EXIT_OUTGOING_HINT: &str = "somebody in the team writes to the contact. Messages of workflows, broadcasts and connected programs do not count.";
pub const EXIT_PAGE_INBOX: &str = "…also from Meta’s own inbox";
pub const EXIT_PAGE_INBOX_HINT: &str = "Messages people write in the Page inbox count, too.";
pub const EXIT_INCOMING: &str = "Incoming Message";
pub const EXIT_INCOMING_HINT: &str =
    "the contact writes. An answer to a question this workflow asked does not count.";
pub const EXIT_ASSIGNMENT: &str = "Manual Assignment";
pub const EXIT_ASSIGNMENT_HINT: &str =
    "a person assigns somebody in the inbox. Assignments by workflows and programs do not count.";
pub const CONTROL: &str = "When a step writes and another app has control…";
pub const CONTROL_WAIT: &str = "Wait until we have control";
pub const CONTROL_WAIT_HINT: &str = "at most so many hours; then the message counts as not sent:";
pub const CONTROL_HOURS: &str = "Hours to wait";
pub const CONTROL_TAKE: &str = "Take control";
pub const CONTROL_TAKE_HINT: &str = "The bot falls silent until control goes back.";
pub const CONTROL_FAIL: &str = "Do not send";
pub const CONTROL_FAIL_HINT: &str = "The message counts as not sent, and the contact leaves the workflow.";
pub const ONLY_WHEN_STOPPED: &str = "The rest can change once the workflow is stopped.";
pub const HOURS_WRONG: &str = "Wait between 1 and 168 hours (7 days).";

pub const IMPORT_TITLE: &str = "Import a workflow";
pub const IMPORT_LEAD: &str = "A JSON file that was exported from Baton, at most 400 KB and 100 steps.";
pub const BROWSE: &str = "Browse file";
pub const DO_IMPORT: &str = "Import";
pub const REMOVED_LEAD: &str =
    "These values do not exist in this workspace. Their steps are incomplete until you choose others.";
pub const NOTHING_REMOVED: &str = "Everything it names exists here.";
pub const NOT_READ: &str = "The file could not be read on this computer. Choose it again.";

pub const TEMPLATES: &str = "Templates";
pub const TEMPLATES_LEAD: &str = "Each makes a draft. What you still have to fill in is marked in red there; nothing runs before you publish.";
pub const TEMPLATES_SEARCH: &str = "Search templates";
pub const CATEGORY: &str = "Category";
pub const USE_TEMPLATE: &str = "Use Template";
pub const NEEDS: &str = "You will fill in";
pub const NEEDS_NOTHING: &str = "Nothing is left to fill in.";
pub const LACKS: &str = "Not here yet";
pub const LACKS_PAGE: &str = "Connect a page";
pub const LACKS_TEAM: &str = "Make a team";
pub const LACKS_HOURS: &str = "Set business hours";
pub const LACKS_MODEL: &str = "Connect an AI service (an owner does)";
pub const LACKS_SHEETS: &str = "Connect a Google account (an owner does)";
pub const LACKS_MANUAL: &str = "Build a workflow with the Manual Trigger";
pub const NO_TEMPLATE: &str = "No template fits";
pub const TO_TEMPLATES: &str = "All templates";

pub const RUNS_TITLE: &str = "Runs";
pub const REPORT_TITLE: &str = "Report";
pub const ONGOING: &str = "Ongoing";
pub const ENDED: &str = "Ended";
pub const NO_RUNS: &str = "No runs here";
pub const NO_RUNS_WORDS: &str =
    "A run appears when a contact enters: when the trigger happens while the workflow is published.";
pub const MORE: &str = "Show more";
pub const STARTED: &str = "Started";
pub const STATE: &str = "State";
pub const VERSION: &str = "Version";
pub const PATH: &str = "Path";
pub const PATH_WORDS: &str = "The workflow as it was when the contact entered. Steps on the path are marked.";
pub const LOG: &str = "What happened";
pub const NOTHING_YET: &str = "Nothing has happened in this run yet.";
pub const TIME: &str = "Time";
pub const STEP: &str = "Step";
pub const INPUT: &str = "Input";
pub const DECISION: &str = "Decision";
pub const OUTPUT: &str = "Output";
pub const MESSAGE_ID: &str = "Message";
pub const WAY: &str = "Way out";
pub const STAYED: &str = "stayed";
pub const TO_CONVERSATION: &str = "Open conversation";
pub const TO_RUNS: &str = "All runs";

pub const ENTERED: &str = "Entered";
pub const RUNNING: &str = "In it now";
pub const FINISHED: &str = "Reached the end";
pub const LEFT_EARLY: &str = "Left early";
pub const REASONS: &str = "Why it ended";
pub const NO_REASONS: &str = "No run has ended yet.";
pub const NON_STARTS: &str = "Why contacts did not enter";
pub const NON_STARTS_WORDS: &str = "How often the trigger happened and somebody stayed out, in the last 30 days. Who it was stands beside each conversation.";
pub const DROP_OFF: &str = "Drop-off per step";
pub const DROP_OFF_WORDS: &str =
    "How many contacts reached each step of this version, and which way they went on.";
pub const REACHED: &str = "Reached";
pub const SHARE: &str = "Of all who entered";
pub const WENT_ON: &str = "Went on";
pub const LOST: &str = "Ended or waiting here";
pub const NO_ENTRIES: &str = "Nobody has entered yet";
pub const NO_ENTRIES_WORDS: &str = "Numbers appear with the first contact who enters. Tests do not count.";
pub const REPORT_NOTE: &str = "Tests do not count.";

pub const TRIGGER: &str = "Trigger";
pub const NO_TRIGGER: &str = "No trigger yet";
pub const ENDS_HERE: &str = "ends here";

/// "37 of 100"
pub fn counter(count: usize, most: i64) -> String {
    format!("{count} of {most}")
}

/// What keeps another workflow from being added.
pub fn limit(most: i64) -> String {
    format!("A workspace has at most {most} workflows. Delete one to add another.")
}

/// A status as the list says it.
pub const fn status(status: Status) -> &'static str {
    match status {
        Status::Draft => "Draft",
        Status::Published => "Published",
        Status::Stopped => "Stopped",
    }
}

/// The name of the button with a workflow's actions.
pub fn actions_of(name: &str) -> String {
    format!("Actions for {name}")
}

/// "1 step is not complete"
pub fn incomplete(count: usize) -> String {
    if count == 1 { "1 step is not complete".into() } else { format!("{count} steps are not complete") }
}

/// "12 contacts in it now"
pub fn in_it(count: i64) -> String {
    if count == 1 { "1 contact in it now".into() } else { format!("{count} contacts in it now") }
}

/// A version to choose: "Version 3, 12 contacts".
pub fn version(version: i64, entered: i64) -> String {
    format!("Version {version}, {}", super::plural(entered, "contact", "contacts"))
}

pub fn published_by(name: &str) -> String {
    format!("Published by {name},")
}

/// Who builds it right now: "Mia is editing".
pub fn editing(names: &[String]) -> String {
    match names {
        [one] => format!("{one} is editing"),
        many => format!("{} are editing", many.join(" and ")),
    }
}

/// Why the newest run that broke did.
pub fn last_error(ending: &str) -> String {
    format!("Last error: {ending}")
}

/// What stopping does to who is in it.
pub fn they_leave(count: i64) -> String {
    match count {
        0 => "Nobody is in it".into(),
        1 => "1 contact is in it and leaves it".into(),
        _ => format!("{count} contacts are in it and leave it"),
    }
}

/// Asks before everybody is put out.
pub fn stop_words(name: &str, count: i64) -> String {
    format!("{}. They do not enter again when “{name}” is published again.", they_leave(count))
}

/// Asks before it is gone.
pub fn delete_words(name: &str, count: i64) -> String {
    let leave = if count > 0 { format!(" {}.", they_leave(count)) } else { String::new() };
    format!(
        "“{name}” is deleted with its report and the logs of its runs; beside each conversation stays why they ended. This cannot be undone.{leave}"
    )
}

/// CR-30: two who write to the same customer.
pub fn bots_words(pages: &[String]) -> String {
    format!(
        "This workflow writes to customers, and a bot does, too, on {}. Both may answer the same message. Let the workflow write only when we have control, or choose its trigger so that the bot is not asked.",
        pages.join(", ")
    )
}

pub fn published(name: &str) -> String {
    format!("{name} is published: whoever meets its trigger enters.")
}

pub fn stopped(name: &str) -> String {
    format!("{name} is stopped.")
}

pub fn cloned(name: &str) -> String {
    format!("{name} was made. It is a draft.")
}

pub fn deleted(name: &str) -> String {
    format!("{name} was deleted.")
}

/// What an import made.
pub fn imported(name: &str, steps: usize) -> String {
    let steps = super::plural(i64::try_from(steps).unwrap_or(i64::MAX), "step", "steps");
    format!("“{name}” with {steps} is in the list. It is a draft.")
}

/// A file before it is sent: "welcome.json, 12 KB".
pub fn file(name: &str, bytes: u64) -> String {
    format!("{name}, {} KB", bytes.div_ceil(1024))
}

/// A file that would be refused anyway.
pub fn too_large(bytes: u64) -> String {
    format!("The file has {} KB; at most 400 KB can be imported.", bytes.div_ceil(1024))
}

/// "30 templates"
pub fn templates(count: usize) -> String {
    if count == 1 { "1 template".into() } else { format!("{count} templates") }
}

/// The share of a whole: "42 %".
pub fn share(part: i64, whole: i64) -> String {
    if whole <= 0 { "–".into() } else { format!("{} %", (part * 100 + whole / 2) / whole) }
}

/// A run's number in its heading: "Maya Lindqvist in Welcome".
pub fn run_of(contact: &str, workflow: &str) -> String {
    format!("{contact} in {workflow}")
}

/// What a map of a workflow is to who cannot see it.
pub fn map_of(steps: usize) -> String {
    format!("The workflow as a tree of {}", super::plural(i64::try_from(steps).unwrap_or(0), "step", "steps"))
}

pub const FIELDS: &str = "Contact fields";
pub const FIELDS_LEAD: &str = "What the team knows about a contact. Fields are shown beside the conversation; workflows read and write them.";
pub const NEW_FIELD: &str = "New field";
pub const FIELD: &str = "Field";
pub const FIELD_NAME_HINT: &str = "As it is shown, such as “Order number”. At most 60 characters.";
pub const KEY: &str = "Key";
pub const KEY_HINT: &str =
    "Workflows write it as $contact.key: a to z, 0 to 9 and _. It cannot change later.";
pub const TYPE: &str = "Type";
pub const TYPE_FIXED: &str = "The type of a field that is there does not change.";
pub const OPTIONS: &str = "Options";
pub const OPTIONS_HINT: &str = "One on each line, at most 100.";
pub const OWN_FIELDS: &str = "Own fields";
pub const STANDARD_FIELDS: &str = "Standard fields";
pub const NO_FIELDS: &str = "No fields of your own yet";
pub const NO_FIELDS_WORDS: &str =
    "Add what your team asks every time, such as an order number or a shoe size.";
pub const DELETE_FIELD: &str = "Delete field";

/// How many contacts have a value for it.
pub fn in_use(contacts: i64) -> String {
    match contacts {
        0 => "not used yet".into(),
        count => format!("known of {}", super::plural(count, "contact", "contacts")),
    }
}

/// Asks before values are lost.
pub fn delete_field(name: &str, contacts: i64) -> String {
    let lost = match contacts {
        0 => "No contact has a value for it.".into(),
        count => format!("Its values of {} are lost.", super::plural(count, "contact", "contacts")),
    };
    format!(
        "“{name}” disappears from every contact. {lost} Workflows that use it become incomplete. This cannot be undone."
    )
}

/// A type of field in words.
pub const fn field_type(kind: FieldType) -> &'static str {
    match kind {
        FieldType::Text => "Text",
        FieldType::Number => "Number",
        FieldType::Date => "Date",
        FieldType::Time => "Time",
        FieldType::Phone => "Phone",
        FieldType::Email => "Email",
        FieldType::Url => "Web address",
        FieldType::Checkbox => "Yes or no",
        FieldType::List => "List",
    }
}

pub const TAGS: &str = "Tags";
pub const TAGS_LEAD: &str = "Tags also come into being when somebody, or a workflow, puts one on a contact. Give two the same name to make them one.";
pub const TAG: &str = "Tag";
pub const MAKE_TAG: &str = "New tag";
pub const NEW_TAG_HINT: &str = "In a word or two, such as VIP.";
pub const TAG_NAME_HINT: &str = "The name of another tag makes both one.";
pub const DELETE_TAG: &str = "Delete tag";
pub const NO_TAGS: &str = "No tags yet";
pub const NO_TAGS_WORDS: &str = "Open a conversation and add one beside it.";

pub const HOURS: &str = "Business hours";
pub const HOURS_LEAD: &str =
    "When your teams are there. Workflows ask them with Date & Time, and in conditions.";
pub const NEW_HOURS: &str = "New business hours";
pub const NO_HOURS: &str = "No business hours yet";
pub const NO_HOURS_WORDS: &str = "Add one for the whole team, or one for each shift.";
pub const HOURS_NAME_HINT: &str = "Such as “Support” or “Night shift”.";
pub const ZONE: &str = "Time zone";
pub const ZONE_HINT: &str = "By its name, such as Europe/Oslo. Summer time is counted.";
pub const WEEK: &str = "Week";
pub const CLOSED_DAY: &str = "Closed";
pub const ADD_SPAN: &str = "Add hours";
pub const REMOVE_SPAN: &str = "Remove these hours";
pub const FROM: &str = "from";
pub const TO: &str = "to";
pub const HOLIDAYS: &str = "Holidays";
pub const HOLIDAYS_HINT: &str = "Closed whatever weekday it is.";
pub const ADD_HOLIDAY: &str = "Add";
pub const HOLIDAY: &str = "Day";
pub const DELETE_HOURS: &str = "Delete business hours";

/// Whether the team is there now.
pub const fn open_now(open: bool) -> &'static str {
    if open { "Open now" } else { "Closed now" }
}

pub fn edit_named(name: &str) -> String {
    format!("Edit {name}")
}

pub fn delete_named(name: &str) -> String {
    format!("Delete {name}")
}

/// Asks before hours are gone.
pub fn delete_hours(name: &str) -> String {
    format!("“{name}” is deleted. A published workflow that asks it has to be stopped first.")
}

/// "2 holidays"
pub fn holidays(count: usize) -> String {
    match count {
        0 => "no holidays".into(),
        1 => "1 holiday".into(),
        _ => format!("{count} holidays"),
    }
}

/// What the contact panel says.
pub const BOT_ON: &str = "On: AI agents answer";
pub const BOT_OFF: &str = "Off: people answer";
pub const FIELDS_HERE: &str = "Fields";
pub const MORE_FIELDS: &str = "Show empty fields";
pub const FEWER_FIELDS: &str = "Hide empty fields";
pub const NOT_SET: &str = "Add";
pub const NEW_TAG: &str = "Add a tag";
pub const ADD_TAG: &str = "Add tag";

pub fn remove_tag(tag: &str) -> String {
    format!("Remove tag {tag}")
}

pub fn edit_field(name: &str, value: &str) -> String {
    if value.is_empty() { format!("{name}: add") } else { format!("{name}: {value}. Edit") }
}

/// Why a copy cannot be made.
pub const LIMIT_REACHED: &str = "The limit is reached";

/// "3 steps"
pub fn steps(count: usize) -> String {
    super::plural(i64::try_from(count).unwrap_or(i64::MAX), "step", "steps")
}
/// How many contacts have a tag.
pub fn tagged(contacts: i64) -> String {
    match contacts {
        0 => "not used yet".into(),
        count => format!("on {}", super::plural(count, "contact", "contacts")),
    }
}

/// What is lost with a tag.
pub fn delete_tag(name: &str, contacts: i64) -> String {
    match contacts {
        0 => format!("“{name}” is on nobody."),
        count => format!("“{name}” is taken off {}.", super::plural(count, "contact", "contacts")),
    }
}

/// Facebook does not tell who a customer is; what can be done besides.
pub fn nameless(why: &str) -> String {
    format!("Facebook does not tell this customer’s name: {why} You can write one down here.")
}
