//! The list of workflows, the gallery, import, the report.

use domain::workflow::field::FieldType;
use domain::workflow::status::Status;

words! {
    title: "Workflows",
    add: "Add Workflow",
    more_ways: "More ways to add a workflow",
    blank: "Start from scratch",
    from_template: "Use a template",
    import: "Import",
    search: "Search workflows",
    search_hint: "Search name or description",
    status_label: "Status",
    all: "All",
    name: "Name",
    description: "Description",
    last_published_by: "Last Published By",
    last_published: "Last Published",
    created_by: "Created By",
    date_created: "Date Created",
    actions: "Actions",
    never: "Never",

    empty_title: "No workflows yet",
    empty_words: "A workflow is a trigger and the steps that follow it. Start with one that others found useful.",
    no_hits: "No workflow fits",
    no_hits_words: "Search for another word, or look at all of them.",
    show_all: "Show all",
    forbidden_title: "Workflows are for owners and managers",
    forbidden_words: "You may not do that. What runs for a contact is in the inbox, beside the conversation. To build workflows, ask an owner for the role of a manager.",
    to_list: "All workflows",

    publish: "Publish",
    stop: "Stop",
    open: "Open in Builder",
    runs: "Runs and Report",
    rename: "Edit Name/Description",
    settings: "Workflow Settings",
    clone: "Clone",
    export: "Export",
    delete: "Delete",
    stop_first: "Stop it first",

    create_title: "Add a workflow",
    create: "Create",
    name_hint: "What it does, such as “Welcome new customers”. At most 100 characters.",
    description_hint: "For your colleagues; customers never see it.",
    rename_title: "Name and description",
    save: "Save",
    close: "Close",

    delete_title: "Delete workflow",
    stop_title: "Stop workflow",
    publish_anyway: "Publish anyway",
    bots_title: "A bot answers here, too",

    settings_title: "Workflow settings",
    allow_stop: "Allow users to stop this Workflow for a Contact",
    allow_stop_hint: "Agents find Stop beside the conversation. This can change while it runs.",
    exits: "A contact leaves early when…",
    exit_outgoing: "Outgoing Message",
    exit_outgoing_hint: "somebody in the team writes to the contact. Messages of workflows, broadcasts and connected programs do not count.",
    exit_page_inbox: "…also from Meta’s own inbox",
    exit_page_inbox_hint: "Messages people write in the Page inbox count, too.",
    exit_incoming: "Incoming Message",
    exit_incoming_hint: "the contact writes. An answer to a question this workflow asked does not count.",
    exit_assignment: "Manual Assignment",
    exit_assignment_hint: "a person assigns somebody in the inbox. Assignments by workflows and programs do not count.",
    control: "When a step writes and another app has control…",
    control_wait: "Wait until we have control",
    control_wait_hint: "at most so many hours; then the message counts as not sent:",
    control_hours: "Hours to wait",
    control_take: "Take control",
    control_take_hint: "The bot falls silent until control goes back.",
    control_fail: "Do not send",
    control_fail_hint: "The message counts as not sent, and the contact leaves the workflow.",
    only_when_stopped: "The rest can change once the workflow is stopped.",
    hours_wrong: "Wait between 1 and 168 hours (7 days).",

    import_title: "Import a workflow",
    import_lead: "A JSON file that was exported from Baton, at most 400 KB and 100 steps.",
    browse: "Browse file",
    do_import: "Import",
    removed_lead: "These values do not exist in this workspace. Their steps are incomplete until you choose others.",
    nothing_removed: "Everything it names exists here.",
    not_read: "The file could not be read on this computer. Choose it again.",

    templates_label: "Templates",
    templates_lead: "Each makes a draft. What you still have to fill in is marked in red there; nothing runs before you publish.",
    templates_search: "Search templates",
    category: "Category",
    use_template: "Use Template",
    needs: "You will fill in",
    needs_nothing: "Nothing is left to fill in.",
    lacks: "Not here yet",
    lacks_page: "Connect a page",
    lacks_team: "Make a team",
    lacks_hours: "Set business hours",
    lacks_model: "Connect an AI service (an owner does)",
    lacks_sheets: "Connect a Google account (an owner does)",
    lacks_manual: "Build a workflow with the Manual Trigger",
    no_template: "No template fits",
    to_templates: "All templates",

    runs_title: "Runs",
    report_title: "Report",
    ongoing: "Ongoing",
    ended: "Ended",
    no_runs: "No runs here",
    no_runs_words: "A run appears when a contact enters: when the trigger happens while the workflow is published.",
    more: "Show more",
    started: "Started",
    state: "State",
    version_label: "Version",
    path: "Path",
    path_words: "The workflow as it was when the contact entered. Steps on the path are marked.",
    log: "What happened",
    nothing_yet: "Nothing has happened in this run yet.",
    time: "Time",
    step: "Step",
    input: "Input",
    decision: "Decision",
    output: "Output",
    message_id: "Message",
    way: "Way out",
    stayed: "stayed",
    to_conversation: "Open conversation",
    to_runs: "All runs",

    entered: "Entered",
    running: "In it now",
    finished: "Reached the end",
    left_early: "Left early",
    reasons: "Why it ended",
    no_reasons: "No run has ended yet.",
    non_starts: "Why contacts did not enter",
    non_starts_words: "How often the trigger happened and somebody stayed out, in the last 30 days. Who it was stands beside each conversation.",
    drop_off: "Drop-off per step",
    drop_off_words: "How many contacts reached each step of this version, and which way they went on.",
    reached: "Reached",
    share_label: "Of all who entered",
    went_on: "Went on",
    lost: "Ended or waiting here",
    no_entries: "Nobody has entered yet",
    no_entries_words: "Numbers appear with the first contact who enters. Tests do not count.",
    report_note: "Tests do not count.",

    trigger: "Trigger",
    no_trigger: "No trigger yet",
    ends_here: "ends here",
}

/// "37 of 100"
pub fn counter(count: usize, most: i64) -> String {
    say!("{count} of {most}", count, most)
}

/// What keeps another workflow from being added.
pub fn limit(most: i64) -> String {
    say!("A workspace has at most {most} workflows. Delete one to add another.", most)
}

/// A status as the list says it.
pub fn status(status: Status) -> &'static str {
    match status {
        Status::Draft => say!("Draft"),
        Status::Published => say!("Published"),
        Status::Stopped => say!("Stopped"),
    }
}

/// The name of the button with a workflow's actions.
pub fn actions_of(name: &str) -> String {
    say!("Actions for {name}", name)
}

/// "1 step is not complete"
pub fn incomplete(count: usize) -> String {
    if count == 1 {
        say!("1 step is not complete").into()
    } else {
        say!("{count} steps are not complete", count)
    }
}

/// "12 contacts in it now"
pub fn in_it(count: i64) -> String {
    if count == 1 { say!("1 contact in it now").into() } else { say!("{count} contacts in it now", count) }
}

/// A version to choose: "Version 3, 12 contacts".
pub fn version(version: i64, entered: i64) -> String {
    say!(
        "Version {version}, {contacts}",
        version,
        contacts = super::plural(entered, say!("contact"), say!("contacts"))
    )
}

pub fn published_by(name: &str) -> String {
    say!("Published by {name},", name)
}

/// Who builds it right now: "Mia is editing".
pub fn editing(names: &[String]) -> String {
    match names {
        [one] => say!("{one} is editing", one),
        many => say!("{many} are editing", many = many.join(say!(" and "))),
    }
}

/// Why the newest run that broke did.
pub fn last_error(ending: &str) -> String {
    say!("Last error: {ending}", ending)
}

/// What stopping does to who is in it.
pub fn they_leave(count: i64) -> String {
    match count {
        0 => say!("Nobody is in it").into(),
        1 => say!("1 contact is in it and leaves it").into(),
        _ => say!("{count} contacts are in it and leave it", count),
    }
}

/// Asks before everybody is put out.
pub fn stop_words(name: &str, count: i64) -> String {
    say!(
        "{they_leave}. They do not enter again when “{name}” is published again.",
        they_leave = they_leave(count),
        name
    )
}

/// Asks before it is gone.
pub fn delete_words(name: &str, count: i64) -> String {
    let leave = if count > 0 { format!(" {}.", they_leave(count)) } else { String::new() };
    say!(
        "“{name}” is deleted with its report and the logs of its runs; beside each conversation stays why they ended. This cannot be undone.{leave}",
        name,
        leave
    )
}

/// CR-30: two who write to the same customer.
pub fn bots_words(pages: &[String]) -> String {
    say!(
        "This workflow writes to customers, and a bot does, too, on {pages}. Both may answer the same message. Let the workflow write only when we have control, or choose its trigger so that the bot is not asked.",
        pages = pages.join(", ")
    )
}

pub fn published(name: &str) -> String {
    say!("{name} is published: whoever meets its trigger enters.", name)
}

pub fn stopped(name: &str) -> String {
    say!("{name} is stopped.", name)
}

pub fn cloned(name: &str) -> String {
    say!("{name} was made. It is a draft.", name)
}

pub fn deleted(name: &str) -> String {
    say!("{name} was deleted.", name)
}

/// What an import made.
pub fn imported(name: &str, steps: usize) -> String {
    let steps = super::plural(i64::try_from(steps).unwrap_or(i64::MAX), say!("step"), say!("steps"));
    say!("“{name}” with {steps} is in the list. It is a draft.", name, steps)
}

/// A file before it is sent: "welcome.json, 12 KB".
pub fn file(name: &str, bytes: u64) -> String {
    say!("{name}, {bytes} KB", name, bytes = bytes.div_ceil(1024))
}

/// A file that would be refused anyway.
pub fn too_large(bytes: u64) -> String {
    say!("The file has {bytes} KB; at most 400 KB can be imported.", bytes = bytes.div_ceil(1024))
}

/// "30 templates"
pub fn templates(count: usize) -> String {
    if count == 1 { say!("1 template").into() } else { say!("{count} templates", count) }
}

/// The share of a whole: "42 %".
pub fn share(part: i64, whole: i64) -> String {
    if whole <= 0 { "–".into() } else { format!("{} %", (part * 100 + whole / 2) / whole) }
}

/// A run's number in its heading: "Maya Lindqvist in Welcome".
pub fn run_of(contact: &str, workflow: &str) -> String {
    say!("{contact} in {workflow}", contact, workflow)
}

/// What a map of a workflow is to who cannot see it.
pub fn map_of(steps: usize) -> String {
    say!(
        "The workflow as a tree of {steps}",
        steps = super::plural(i64::try_from(steps).unwrap_or(0), say!("step"), say!("steps"))
    )
}

words! {
    fields: "Contact fields",
    fields_lead: "What the team knows about a contact. Fields are shown beside the conversation; workflows read and write them.",
    new_field: "New field",
    field: "Field",
    field_name_hint: "As it is shown, such as “Order number”. At most 60 characters.",
    key: "Key",
    key_hint: "Workflows write it as $contact.key: a to z, 0 to 9 and _. It cannot change later.",
    type_label: "Type",
    type_fixed: "The type of a field that is there does not change.",
    options: "Options",
    options_hint: "One on each line, at most 100.",
    own_fields: "Own fields",
    standard_fields: "Standard fields",
    no_fields: "No fields of your own yet",
    no_fields_words: "Add what your team asks every time, such as an order number or a shoe size.",
    delete_field_label: "Delete field",
}

/// How many contacts have a value for it.
pub fn in_use(contacts: i64) -> String {
    match contacts {
        0 => say!("not used yet").into(),
        count => {
            say!("known of {contacts}", contacts = super::plural(count, say!("contact"), say!("contacts")))
        }
    }
}

/// Asks before values are lost.
pub fn delete_field(name: &str, contacts: i64) -> String {
    let lost = match contacts {
        0 => say!("No contact has a value for it.").into(),
        count => say!(
            "Its values of {contacts} are lost.",
            contacts = super::plural(count, say!("contact"), say!("contacts"))
        ),
    };
    say!(
        "“{name}” disappears from every contact. {lost} Workflows that use it become incomplete. This cannot be undone.",
        name,
        lost
    )
}

/// A type of field in words.
pub fn field_type(kind: FieldType) -> &'static str {
    match kind {
        FieldType::Text => say!("Text"),
        FieldType::Number => say!("Number"),
        FieldType::Date => say!("Date"),
        FieldType::Time => say!("Time"),
        FieldType::Phone => say!("Phone"),
        FieldType::Email => say!("Email"),
        FieldType::Url => say!("Web address"),
        FieldType::Checkbox => say!("Yes or no"),
        FieldType::List => say!("List"),
    }
}

words! {
    tags: "Tags",
    tags_lead: "Tags also come into being when somebody, or a workflow, puts one on a contact. Give two the same name to make them one.",
    tag: "Tag",
    make_tag: "New tag",
    new_tag_hint: "In a word or two, such as VIP.",
    tag_name_hint: "The name of another tag makes both one.",
    delete_tag_label: "Delete tag",
    no_tags: "No tags yet",
    no_tags_words: "Open a conversation and add one beside it.",

    hours: "Business hours",
    hours_lead: "When your teams are there. Workflows ask them with Date & Time, and in conditions.",
    new_hours: "New business hours",
    no_hours: "No business hours yet",
    no_hours_words: "Add one for the whole team, or one for each shift.",
    hours_name_hint: "Such as “Support” or “Night shift”.",
    zone: "Time zone",
    zone_hint: "By its name, such as Europe/Oslo. Summer time is counted.",
    week: "Week",
    closed_day: "Closed",
    add_span: "Add hours",
    remove_span: "Remove these hours",
    from: "from",
    to: "to",
    holidays_label: "Holidays",
    holidays_hint: "Closed whatever weekday it is.",
    add_holiday: "Add",
    holiday: "Day",
    delete_hours_label: "Delete business hours",
}

/// Whether the team is there now.
pub fn open_now(open: bool) -> &'static str {
    if open { say!("Open now") } else { say!("Closed now") }
}

pub fn edit_named(name: &str) -> String {
    say!("Edit {name}", name)
}

pub fn delete_named(name: &str) -> String {
    say!("Delete {name}", name)
}

/// Asks before hours are gone.
pub fn delete_hours(name: &str) -> String {
    say!("“{name}” is deleted. A published workflow that asks it has to be stopped first.", name)
}

/// "2 holidays"
pub fn holidays(count: usize) -> String {
    match count {
        0 => say!("no holidays").into(),
        1 => say!("1 holiday").into(),
        _ => say!("{count} holidays", count),
    }
}

words! {
    /// What the contact panel says.
    bot_on: "On: AI agents answer",
    bot_off: "Off: people answer",
    fields_here: "Fields",
    more_fields: "Show empty fields",
    fewer_fields: "Hide empty fields",
    not_set: "Add",
    new_tag: "Add a tag",
    add_tag: "Add tag",
}

pub fn remove_tag(tag: &str) -> String {
    say!("Remove tag {tag}", tag)
}

pub fn edit_field(name: &str, value: &str) -> String {
    if value.is_empty() { say!("{name}: add", name) } else { say!("{name}: {value}. Edit", name, value) }
}

words! {
    /// Why a copy cannot be made.
    limit_reached: "The limit is reached",
}

/// "3 steps"
pub fn steps(count: usize) -> String {
    super::plural(i64::try_from(count).unwrap_or(i64::MAX), say!("step"), say!("steps"))
}
/// How many contacts have a tag.
pub fn tagged(contacts: i64) -> String {
    match contacts {
        0 => say!("not used yet").into(),
        count => say!("on {contacts}", contacts = super::plural(count, say!("contact"), say!("contacts"))),
    }
}

/// What is lost with a tag.
pub fn delete_tag(name: &str, contacts: i64) -> String {
    match contacts {
        0 => say!("“{name}” is on nobody.", name),
        count => say!(
            "“{name}” is taken off {contacts}.",
            name,
            contacts = super::plural(count, say!("contact"), say!("contacts"))
        ),
    }
}

/// Facebook does not tell who a customer is; what can be done besides.
pub fn nameless(why: &str) -> String {
    say!("Facebook does not tell this customer’s name: {why} You can write one down here.", why)
}
