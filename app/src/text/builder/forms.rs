//! The settings of steps and triggers.

use domain::workflow::condition::{Operator, Subject};
use domain::workflow::field::{FieldKey, FieldType};
use domain::workflow::steps::question::AnswerKind;
use domain::workflow::trigger::{Match, Source};
use domain::{DAY, HOUR, MINUTE, SECOND};

words! {
    step_settings: "Settings of the selection",
    step_name_label: "Step name",
    comment: "Comment for editors",
    comment_hint: "Stands on the canvas for whoever changes this next. Customers never see it.",
    choose: "Choose…",
    remove: "Remove",
    text: "Text",
    value: "Value",
    day_value: "Such as 2026-03-31",
    variable: "Variable",
    variable_hint: "Small letters, digits and _. Later steps use it as $answer.name.",
    insert_variable: "Insert a variable",
    unit: "Unit",
    seconds: "seconds",
    minutes: "minutes",
    hours: "hours",
    days: "days",
    at_most_a_week: "At most 7 days.",
    then: "And then",
    sets: "Variables it sets",
    action: "What happens",
    address: "Address",

    message_label: "Message",
    file: "File",
    no_file: "No file",
    file_address: "Where the file is",
    file_hint: "An address Facebook can fetch, beginning with https://.",
    buttons: "Buttons",
    add_button: "Add button",
    title: "Title",
    does: "What it does",
}
pub fn actions() -> [(&'static str, &'static str); 3] {
    [("postback", say!("Send a payload")), ("link", say!("Open a link")), ("call", say!("Call a number"))]
}
words! {
    phone: "Phone number",
    payload: "Payload",
    payload_hint: "What Postback Received and Wait for a Response get to know.",
    quick_replies: "Quick replies",
    add_reply: "Add quick reply",
    quick_replies_hint: "They vanish after one is tapped.",

    answer: "What counts as an answer",
}
pub fn answers() -> [(&'static str, &'static str); 9] {
    [
        ("text", say!("Any text")),
        ("choice", say!("Multiple choice")),
        ("number", say!("Number")),
        ("date", say!("Date")),
        ("phone", say!("Phone number")),
        ("email", say!("E-mail address")),
        ("url", say!("Web address")),
        ("rating", say!("Rating, 1 to 5")),
        ("location", say!("Location")),
    ]
}
words! {
    options: "Options",
    add_option: "Add option",
    options_hint: "1 to 10, each with at most 20 characters.",
    smallest: "Smallest number",
    largest: "Largest number",
    save_field: "Save in contact field",
    not_saved: "Not saved",
    save_variable: "Save as variable",
    save_tag: "Also add the chosen option as a tag",
    answer_within: "Waits for an answer",

    ai_connection: "AI connection",
    objective: "Objective",
    instructions: "Instructions",
    knowledge: "Knowledge",
    knowledge_hint: "Plain text the AI may answer from.",
    hands_over: "Hands over to a person when",
    hands_over_hint: "It does anyway when the customer asks for a person, when it cannot help, after 20 answers, and while Bot Status is Off.",
    finds_out: "Finds out",
    add_outcome: "Add something to find out",
    what: "What, in words",

    assign_to: "Assign to",
}
pub fn targets() -> [(&'static str, &'static str); 4] {
    [
        ("user", say!("A certain person")),
        ("team", say!("Somebody of a team")),
        ("workspace", say!("Somebody of the workspace")),
        ("unassign", say!("Nobody (unassign)")),
    ]
}
words! {
    person: "Person",
    team: "Team",
    logic: "Who of them",
}
pub fn logics() -> [(&'static str, &'static str); 2] {
    [("round_robin", say!("In turns (round robin)")), ("least_open", say!("Who has the fewest open"))]
}
words! {
    online_only: "Only people who are online",
    fewer_than: "Only people with fewer open conversations than",
    fewer_than_hint: "Empty: any number.",
    somebody_within: "Waits for somebody who fits",
    queue_hint: "At most 7 days. An empty team assigns nobody and the contact goes on.",

    tags: "Tags",
    add_tag: "Add tag",
}
pub fn tag_actions() -> [(&'static str, &'static str); 2] {
    [("added", say!("Added")), ("removed", say!("Removed"))]
}
words! {
    contact_field: "Contact field",
    emptied: "(empty)",
    empties: "Left empty, it empties the field.",
    opens: "Opens the conversation. Workflows with Conversation Opened may start, with the source “workflow”.",
    category: "Category",
    summary: "Summary",
    closes: "Steps behind it still run. An answer that comes later does not open the conversation again.",
    note: "Note",
    note_hint: "Only your team sees it.",
    mentions: "Mentions",
    sends_to_inbox: "Passes control to people who work in Meta's own inbox.",
    takes: "Takes control from whoever has it, bots included.",
    owner_hint: "Who has control becomes $owner.name, with the app's id in $owner.name_app.",
    app: "App",
    metadata: "Metadata",
    metadata_hint: "Words the app gets with the thread; fewer than 1000 characters.",

    ways: "Ways out",
    from_top: "checked from top to bottom",
    add_way: "Add a way",
    way_name: "Name of the way",
    raise: "Check it earlier",
    copy_way: "Copy this way",
    else_hint: "Whoever fits none of them takes Else.",
    target: "Step to go on at",
    times: "At most so often",
    times_hint: "1 to 10 in one run. Then what follows here goes on.",
    duration_label: "Waits for",
    when: "When",
    hours_kind: "Business hours",
    range_kind: "Date range",
    schedule: "Business hours",
    schedule_hint: "Business hours and holidays are kept in the settings.",
    first_day: "First day",
    last_day: "Last day",
    zone: "Time zone",
    other_workflow: "Workflow",
    begins_at: "Begins at",
    at_the_beginning: "Its beginning",
    other_workflow_hint: "Only workflows with the Manual Trigger can be started. This one goes on.",

    method: "Method",
    headers: "Headers",
    add_header: "Add header",
    header_name: "Header",
    content_type: "Content type",
    content_type_hint: "application/json unless you say otherwise.",
    body: "Body",
    mappings: "Values to keep",
    add_mapping: "Add value",
    mappings_hint: "A path into the JSON, such as $.order.status, and the variable it becomes.",
    path: "Path",
    save_status: "Save the status as variable",
    account: "Google account",
    spreadsheet: "Spreadsheet",
    spreadsheet_hint: "The id from its address.",
    sheet: "Sheet",
    columns: "Columns",
    add_column: "Add column",
    column: "Column",

    conditions: "Conditions",
    conditions_hint: "Without conditions, everybody enters.",
    condition: "Condition",
    add_condition: "Add condition",
    add_value: "Add value",
    join: "How conditions are joined",
    all_of_them: "All of them",
    one_of_them: "One of them",
    what_is_compared: "What is compared",
    comparison: "Comparison",
    how_long: "How long",
}
pub fn subjects() -> [(&'static str, &'static str); 14] {
    [
        ("contact_field", say!("Contact field")),
        ("contact_tags", say!("Contact tags")),
        ("variable", say!("Variable")),
        ("last_incoming", say!("Last incoming message")),
        ("last_outgoing", say!("Last outgoing message")),
        ("since_incoming", say!("Time since last incoming message")),
        ("since_outgoing", say!("Time since last outgoing message")),
        ("assignee_status", say!("Assignee status")),
        ("last_outgoing_source", say!("Source of the last outgoing message")),
        ("page", say!("Page")),
        ("control_owner", say!("Control owner")),
        ("window", say!("Messaging window")),
        ("business_hours", say!("Business hours")),
        ("conversation_status", say!("Conversation status")),
    ]
}
pub fn windows() -> [(&'static str, &'static str); 3] {
    [
        ("open", say!("Open (24 hours)")),
        ("human_agent", say!("Human agent (7 days)")),
        ("closed", say!("Closed")),
    ]
}
pub fn owners() -> [(&'static str, &'static str); 5] {
    [
        ("ours", say!("We")),
        ("bot", say!("A bot")),
        ("page_inbox", say!("Page Inbox")),
        ("idle", say!("Nobody")),
        ("unknown", say!("Unknown")),
    ]
}
pub fn open_or_closed() -> [(&'static str, &'static str); 2] {
    [("open", say!("Open")), ("closed", say!("Closed"))]
}
pub fn statuses() -> [(&'static str, &'static str); 3] {
    [("open", say!("Open")), ("snoozed", say!("Snoozed")), ("closed", say!("Closed"))]
}
pub fn online_or_offline() -> [(&'static str, &'static str); 2] {
    [("online", say!("Online")), ("offline", say!("Offline"))]
}

words! {
    ads: "Ads",
    add_ad: "Add ad",
    all_ads: "All ads",
    chosen_ads: "Chosen ads",
    ads_hint: "The ids of the ads, as the ads manager shows them.",
    any_hint: "Without any, every one counts.",
    payloads: "Payloads",
    add_payload: "Add payload",
    refs: "Refs",
    add_ref: "Add ref",
    words: "Words",
    add_words: "Add words",
    words_hint: "Large and small letters are the same.",
    how: "The message",
}
pub fn matches() -> [(&'static str, &'static str); 3] {
    [
        ("contains", say!("contains one of them")),
        ("equals", say!("is one of them")),
        ("starts_with", say!("starts with one of them")),
    ]
}
words! {
    any_app: "Any app",
    from_app: "From",
    add_metadata: "Add metadata",
    once: "Trigger once per contact",
    once_hint: "Whoever ever entered never enters again.",
    shortcut_hint: "It stands on the button.",
    icon: "Picture",
}
pub fn icons() -> [(&'static str, &'static str); 11] {
    [
        ("zap", say!("Lightning")),
        ("flag", say!("Flag")),
        ("tag", say!("Tag")),
        ("send", say!("Paper plane")),
        ("users", say!("People")),
        ("calendar", say!("Calendar")),
        ("package", say!("Parcel")),
        ("ticket", say!("Ticket")),
        ("triangle-alert", say!("Warning")),
        ("circle-check", say!("Tick")),
        ("circle-slash", say!("Forbidden")),
    ]
}
words! {
    form: "Form",
    add_line: "Add line",
    form_hint: "What the agent fills in. Answers become $form.variable.",
    label: "Label",
    type_label: "Type",
    required: "Has to be filled in",
    one_a_line: "One a line.",
    hook: "Address to call",
    hook_hint: "Once it is published, programs POST a JSON body here. Whoever knows the address can start the workflow.",
    identified_by: "The contact is found by",
}
pub fn identifiers() -> [(&'static str, &'static str); 3] {
    [("contact_id", say!("Contact id")), ("email", say!("E-mail address")), ("phone", say!("Phone number"))]
}
words! {
    path_hint: "Where in the body it is, such as $.customer.email.",
}

/// The picture of a shortcut by the word its author chose; lightning for words that name none.
pub fn picture(word: &str) -> &'static str {
    icons().into_iter().map(|(name, _)| name).find(|name| *name == word).unwrap_or("zap")
}

/// "12 of 2000 characters"
pub fn letters(count: usize, most: usize) -> String {
    say!("{count} of {most} characters", count, most)
}

/// "Condition 2"
pub fn one_of(what: &str, number: usize) -> String {
    format!("{what} {number}")
}

/// "Branch 3"
pub fn branch_name(number: usize) -> String {
    say!("Branch {number}", number)
}

pub fn copy_of(name: &str) -> String {
    say!("{name} copy", name)
}

/// "Way Yes"
pub fn way(name: &str) -> String {
    say!("Way {name}", name)
}

/// "2 days"
pub fn duration(ms: i64) -> String {
    let units = [
        (DAY, say!("day"), say!("days")),
        (HOUR, say!("hour"), say!("hours")),
        (MINUTE, say!("minute"), say!("minutes")),
    ];
    let whole = units.into_iter().find(|(unit, ..)| ms > 0 && ms % unit == 0);
    let (unit, one, many) = whole.unwrap_or((SECOND, say!("second"), say!("seconds")));
    crate::text::plural(ms / unit, one, many)
}

/// The word of a kind of answer in the list of them.
pub fn answer_word(kind: &AnswerKind) -> &'static str {
    match kind {
        AnswerKind::Text {} => "text",
        AnswerKind::MultipleChoice { .. } => "choice",
        AnswerKind::Number { .. } => "number",
        AnswerKind::Date {} => "date",
        AnswerKind::Phone {} => "phone",
        AnswerKind::Email {} => "email",
        AnswerKind::Url {} => "url",
        AnswerKind::Rating {} => "rating",
        AnswerKind::Location {} => "location",
    }
}

/// The kind of answer with this word, as it begins.
pub fn answer_of(word: &str) -> Option<AnswerKind> {
    Some(match word {
        "text" => AnswerKind::Text {},
        "choice" => AnswerKind::MultipleChoice { options: vec![String::new(), String::new()] },
        "number" => AnswerKind::Number { min: None, max: None },
        "date" => AnswerKind::Date {},
        "phone" => AnswerKind::Phone {},
        "email" => AnswerKind::Email {},
        "url" => AnswerKind::Url {},
        "rating" => AnswerKind::Rating {},
        "location" => AnswerKind::Location {},
        _ => return None,
    })
}

/// The word of what is compared, in the list of it.
pub fn subject_word(subject: &Subject) -> &'static str {
    match subject {
        Subject::ContactField { .. } => "contact_field",
        Subject::ContactTags {} => "contact_tags",
        Subject::Variable { .. } => "variable",
        Subject::AssigneeStatus {} => "assignee_status",
        Subject::Page {} => "page",
        Subject::LastOutgoingSource {} => "last_outgoing_source",
        Subject::LastIncoming {} => "last_incoming",
        Subject::LastOutgoing {} => "last_outgoing",
        Subject::SinceIncoming {} => "since_incoming",
        Subject::SinceOutgoing {} => "since_outgoing",
        Subject::ControlOwner {} => "control_owner",
        Subject::Window {} => "window",
        Subject::BusinessHours { .. } => "business_hours",
        Subject::ConversationStatus {} => "conversation_status",
    }
}

/// What is compared, by its word, as it begins.
pub fn subject_of(word: &str) -> Option<Subject> {
    Some(match word {
        "contact_field" => Subject::ContactField { field: FieldKey::new("name").ok()? },
        "contact_tags" => Subject::ContactTags {},
        "variable" => Subject::Variable { name: String::new() },
        "assignee_status" => Subject::AssigneeStatus {},
        "page" => Subject::Page {},
        "last_outgoing_source" => Subject::LastOutgoingSource {},
        "last_incoming" => Subject::LastIncoming {},
        "last_outgoing" => Subject::LastOutgoing {},
        "since_incoming" => Subject::SinceIncoming {},
        "since_outgoing" => Subject::SinceOutgoing {},
        "control_owner" => Subject::ControlOwner {},
        "window" => Subject::Window {},
        "business_hours" => Subject::BusinessHours { schedule: None },
        "conversation_status" => Subject::ConversationStatus {},
        _ => return None,
    })
}

/// The word of a comparison in the list of them.
pub fn operator_word(operator: Operator) -> &'static str {
    operator_names(operator).0
}

/// A comparison in a sentence.
pub fn operator(operator: Operator) -> &'static str {
    operator_names(operator).1
}

fn operator_names(operator: Operator) -> (&'static str, &'static str) {
    match operator {
        Operator::Equal => ("equal", say!("is")),
        Operator::NotEqual => ("not_equal", say!("is not")),
        Operator::Greater => ("greater", say!("is greater than")),
        Operator::Less => ("less", say!("is less than")),
        Operator::Between => ("between", say!("is between")),
        Operator::Exists => ("exists", say!("exists")),
        Operator::NotExists => ("not_exists", say!("does not exist")),
        Operator::Contains => ("contains", say!("contains")),
        Operator::NotContains => ("not_contains", say!("does not contain")),
        Operator::AnyOf => ("any_of", say!("has any of")),
        Operator::AllOf => ("all_of", say!("has all of")),
        Operator::NoneOf => ("none_of", say!("has none of")),
        Operator::After => ("after", say!("is after")),
        Operator::Before => ("before", say!("is before")),
        Operator::BetweenMoments => ("between_moments", say!("is between two moments")),
    }
}

/// Through what a conversation was opened or closed.
pub fn source(source: Source) -> &'static str {
    match source {
        Source::Contact => say!("Contact"),
        Source::User => say!("User"),
        Source::Workflow => say!("Workflow"),
        Source::Bot => say!("Bot"),
        Source::Api => say!("API"),
        Source::ClickToChatAds => say!("Click-to-chat ads"),
    }
}

/// The word of how words are looked for.
pub fn match_word(how: Match) -> &'static str {
    match how {
        Match::Contains => "contains",
        Match::Equals => "equals",
        Match::StartsWith => "starts_with",
    }
}

/// What a field holds.
pub fn field_type(kind: FieldType) -> &'static str {
    match kind {
        FieldType::Text => say!("Text"),
        FieldType::Number => say!("Number"),
        FieldType::Date => say!("Date"),
        FieldType::Time => say!("Time"),
        FieldType::Phone => say!("Phone"),
        FieldType::Email => say!("E-mail"),
        FieldType::Url => say!("Web address"),
        FieldType::Checkbox => say!("Checkbox"),
        FieldType::List => say!("List"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_the_lists_are_read_back() {
        for (word, _) in subjects() {
            assert_eq!(subject_of(word).as_ref().map(subject_word), Some(word));
        }
        for (word, _) in answers() {
            assert_eq!(answer_of(word).as_ref().map(answer_word), Some(word));
        }
    }

    #[test]
    fn a_shortcut_has_the_picture_its_author_chose() {
        assert_eq!((picture("flag"), picture(""), picture("javascript:")), ("flag", "zap", "zap"));
    }

    #[test]
    fn durations_are_told_in_the_largest_whole_unit() {
        assert_eq!(duration(7 * DAY), "7 days");
        assert_eq!(duration(90 * MINUTE), "90 minutes");
        assert_eq!(duration(HOUR), "1 hour");
        assert_eq!(duration(1_000), "1 second");
    }
}
