//! The settings of steps and triggers.

use domain::workflow::condition::{Operator, Subject};
use domain::workflow::field::{FieldKey, FieldType};
use domain::workflow::steps::question::AnswerKind;
use domain::workflow::trigger::{Match, Source};
use domain::{DAY, HOUR, MINUTE, SECOND};

pub const STEP_SETTINGS: &str = "Settings of the selection";
pub const STEP_NAME: &str = "Step name";
pub const COMMENT: &str = "Comment for editors";
pub const COMMENT_HINT: &str = "Stands on the canvas for whoever changes this next. Customers never see it.";
pub const CHOOSE: &str = "Choose…";
pub const REMOVE: &str = "Remove";
pub const TEXT: &str = "Text";
pub const VALUE: &str = "Value";
pub const DAY_VALUE: &str = "Such as 2026-03-31";
pub const VARIABLE: &str = "Variable";
pub const VARIABLE_HINT: &str = "Small letters, digits and _. Later steps use it as $answer.name.";
pub const INSERT_VARIABLE: &str = "Insert a variable";
pub const UNIT: &str = "Unit";
pub const SECONDS: &str = "seconds";
pub const MINUTES: &str = "minutes";
pub const HOURS: &str = "hours";
pub const DAYS: &str = "days";
pub const AT_MOST_A_WEEK: &str = "At most 7 days.";
pub const THEN: &str = "And then";
pub const SETS: &str = "Variables it sets";
pub const ACTION: &str = "What happens";
pub const ADDRESS: &str = "Address";

pub const MESSAGE: &str = "Message";
pub const FILE: &str = "File";
pub const NO_FILE: &str = "No file";
pub const FILE_ADDRESS: &str = "Where the file is";
pub const FILE_HINT: &str = "An address Facebook can fetch, beginning with https://.";
pub const BUTTONS: &str = "Buttons";
pub const ADD_BUTTON: &str = "Add button";
pub const TITLE: &str = "Title";
pub const DOES: &str = "What it does";
pub const ACTIONS: [(&str, &str); 3] =
    [("postback", "Send a payload"), ("link", "Open a link"), ("call", "Call a number")];
pub const PHONE: &str = "Phone number";
pub const PAYLOAD: &str = "Payload";
pub const PAYLOAD_HINT: &str = "What Postback Received and Wait for a Response get to know.";
pub const QUICK_REPLIES: &str = "Quick replies";
pub const ADD_REPLY: &str = "Add quick reply";
pub const QUICK_REPLIES_HINT: &str = "They vanish after one is tapped.";

pub const ANSWER: &str = "What counts as an answer";
pub const ANSWERS: [(&str, &str); 9] = [
    ("text", "Any text"),
    ("choice", "Multiple choice"),
    ("number", "Number"),
    ("date", "Date"),
    ("phone", "Phone number"),
    ("email", "E-mail address"),
    ("url", "Web address"),
    ("rating", "Rating, 1 to 5"),
    ("location", "Location"),
];
pub const OPTIONS: &str = "Options";
pub const ADD_OPTION: &str = "Add option";
pub const OPTIONS_HINT: &str = "1 to 10, each with at most 20 characters.";
pub const SMALLEST: &str = "Smallest number";
pub const LARGEST: &str = "Largest number";
pub const SAVE_FIELD: &str = "Save in contact field";
pub const NOT_SAVED: &str = "Not saved";
pub const SAVE_VARIABLE: &str = "Save as variable";
pub const SAVE_TAG: &str = "Also add the chosen option as a tag";
pub const ANSWER_WITHIN: &str = "Waits for an answer";

pub const AI_CONNECTION: &str = "AI connection";
pub const OBJECTIVE: &str = "Objective";
pub const INSTRUCTIONS: &str = "Instructions";
pub const KNOWLEDGE: &str = "Knowledge";
pub const KNOWLEDGE_HINT: &str = "Plain text the AI may answer from.";
pub const HANDS_OVER: &str = "Hands over to a person when";
pub const HANDS_OVER_HINT: &str = "It does anyway when the customer asks for a person, when it cannot help, after 20 answers, and while Bot Status is Off.";
pub const FINDS_OUT: &str = "Finds out";
pub const ADD_OUTCOME: &str = "Add something to find out";
pub const WHAT: &str = "What, in words";

pub const ASSIGN_TO: &str = "Assign to";
pub const TARGETS: [(&str, &str); 4] = [
    ("user", "A certain person"),
    ("team", "Somebody of a team"),
    ("workspace", "Somebody of the workspace"),
    ("unassign", "Nobody (unassign)"),
];
pub const PERSON: &str = "Person";
pub const TEAM: &str = "Team";
pub const LOGIC: &str = "Who of them";
pub const LOGICS: [(&str, &str); 2] =
    [("round_robin", "In turns (round robin)"), ("least_open", "Who has the fewest open")];
pub const ONLINE_ONLY: &str = "Only people who are online";
pub const FEWER_THAN: &str = "Only people with fewer open conversations than";
pub const FEWER_THAN_HINT: &str = "Empty: any number.";
pub const SOMEBODY_WITHIN: &str = "Waits for somebody who fits";
pub const QUEUE_HINT: &str = "At most 7 days. An empty team assigns nobody and the contact goes on.";

pub const TAGS: &str = "Tags";
pub const ADD_TAG: &str = "Add tag";
pub const TAG_ACTIONS: [(&str, &str); 2] = [("added", "Added"), ("removed", "Removed")];
pub const CONTACT_FIELD: &str = "Contact field";
pub const EMPTIED: &str = "(empty)";
pub const EMPTIES: &str = "Left empty, it empties the field.";
pub const OPENS: &str =
    "Opens the conversation. Workflows with Conversation Opened may start, with the source “workflow”.";
pub const CATEGORY: &str = "Category";
pub const SUMMARY: &str = "Summary";
pub const CLOSES: &str =
    "Steps behind it still run. An answer that comes later does not open the conversation again.";
pub const NOTE: &str = "Note";
pub const NOTE_HINT: &str = "Only your team sees it.";
pub const MENTIONS: &str = "Mentions";
pub const SENDS_TO_INBOX: &str = "Passes control to people who work in Meta's own inbox.";
pub const TAKES: &str = "Takes control from whoever has it, bots included.";
pub const OWNER_HINT: &str = "Who has control becomes $owner.name, with the app's id in $owner.name_app.";
pub const APP: &str = "App";
pub const METADATA: &str = "Metadata";
pub const METADATA_HINT: &str = "Words the app gets with the thread; fewer than 1000 characters.";

pub const WAYS: &str = "Ways out";
pub const FROM_TOP: &str = "checked from top to bottom";
pub const ADD_WAY: &str = "Add a way";
pub const WAY_NAME: &str = "Name of the way";
pub const RAISE: &str = "Check it earlier";
pub const COPY_WAY: &str = "Copy this way";
pub const ELSE_HINT: &str = "Whoever fits none of them takes Else.";
pub const TARGET: &str = "Step to go on at";
pub const TIMES: &str = "At most so often";
pub const TIMES_HINT: &str = "1 to 10 in one run. Then what follows here goes on.";
pub const DURATION: &str = "Waits for";
pub const WHEN: &str = "When";
pub const HOURS_KIND: &str = "Business hours";
pub const RANGE_KIND: &str = "Date range";
pub const SCHEDULE: &str = "Business hours";
pub const SCHEDULE_HINT: &str = "Business hours and holidays are kept in the settings.";
pub const FIRST_DAY: &str = "First day";
pub const LAST_DAY: &str = "Last day";
pub const ZONE: &str = "Time zone";
pub const OTHER_WORKFLOW: &str = "Workflow";
pub const BEGINS_AT: &str = "Begins at";
pub const AT_THE_BEGINNING: &str = "Its beginning";
pub const OTHER_WORKFLOW_HINT: &str =
    "Only workflows with the Manual Trigger can be started. This one goes on.";

pub const METHOD: &str = "Method";
pub const HEADERS: &str = "Headers";
pub const ADD_HEADER: &str = "Add header";
pub const HEADER_NAME: &str = "Header";
pub const CONTENT_TYPE: &str = "Content type";
pub const CONTENT_TYPE_HINT: &str = "application/json unless you say otherwise.";
pub const BODY: &str = "Body";
pub const MAPPINGS: &str = "Values to keep";
pub const ADD_MAPPING: &str = "Add value";
pub const MAPPINGS_HINT: &str = "A path into the JSON, such as $.order.status, and the variable it becomes.";
pub const PATH: &str = "Path";
pub const SAVE_STATUS: &str = "Save the status as variable";
pub const ACCOUNT: &str = "Google account";
pub const SPREADSHEET: &str = "Spreadsheet";
pub const SPREADSHEET_HINT: &str = "The id from its address.";
pub const SHEET: &str = "Sheet";
pub const COLUMNS: &str = "Columns";
pub const ADD_COLUMN: &str = "Add column";
pub const COLUMN: &str = "Column";

pub const CONDITIONS: &str = "Conditions";
pub const CONDITIONS_HINT: &str = "Without conditions, everybody enters.";
pub const CONDITION: &str = "Condition";
pub const ADD_CONDITION: &str = "Add condition";
pub const ADD_VALUE: &str = "Add value";
pub const JOIN: &str = "How conditions are joined";
pub const ALL_OF_THEM: &str = "All of them";
pub const ONE_OF_THEM: &str = "One of them";
pub const WHAT_IS_COMPARED: &str = "What is compared";
pub const COMPARISON: &str = "Comparison";
pub const HOW_LONG: &str = "How long";
pub const SUBJECTS: [(&str, &str); 14] = [
    ("contact_field", "Contact field"),
    ("contact_tags", "Contact tags"),
    ("variable", "Variable"),
    ("last_incoming", "Last incoming message"),
    ("last_outgoing", "Last outgoing message"),
    ("since_incoming", "Time since last incoming message"),
    ("since_outgoing", "Time since last outgoing message"),
    ("assignee_status", "Assignee status"),
    ("last_outgoing_source", "Source of the last outgoing message"),
    ("page", "Page"),
    ("control_owner", "Control owner"),
    ("window", "Messaging window"),
    ("business_hours", "Business hours"),
    ("conversation_status", "Conversation status"),
];
pub const WINDOWS: [(&str, &str); 3] =
    [("open", "Open (24 hours)"), ("human_agent", "Human agent (7 days)"), ("closed", "Closed")];
pub const OWNERS: [(&str, &str); 5] = [
    ("ours", "We"),
    ("bot", "A bot"),
    ("page_inbox", "Page Inbox"),
    ("idle", "Nobody"),
    ("unknown", "Unknown"),
];
pub const OPEN_OR_CLOSED: [(&str, &str); 2] = [("open", "Open"), ("closed", "Closed")];
pub const STATUSES: [(&str, &str); 3] = [("open", "Open"), ("snoozed", "Snoozed"), ("closed", "Closed")];
pub const ONLINE_OR_OFFLINE: [(&str, &str); 2] = [("online", "Online"), ("offline", "Offline")];

pub const ADS: &str = "Ads";
pub const ADD_AD: &str = "Add ad";
pub const ALL_ADS: &str = "All ads";
pub const CHOSEN_ADS: &str = "Chosen ads";
pub const ADS_HINT: &str = "The ids of the ads, as the ads manager shows them.";
pub const ANY_HINT: &str = "Without any, every one counts.";
pub const PAYLOADS: &str = "Payloads";
pub const ADD_PAYLOAD: &str = "Add payload";
pub const REFS: &str = "Refs";
pub const ADD_REF: &str = "Add ref";
pub const WORDS: &str = "Words";
pub const ADD_WORDS: &str = "Add words";
pub const WORDS_HINT: &str = "Large and small letters are the same.";
pub const HOW: &str = "The message";
pub const MATCHES: [(&str, &str); 3] = [
    ("contains", "contains one of them"),
    ("equals", "is one of them"),
    ("starts_with", "starts with one of them"),
];
pub const ANY_APP: &str = "Any app";
pub const FROM_APP: &str = "From";
pub const ADD_METADATA: &str = "Add metadata";
pub const ONCE: &str = "Trigger once per contact";
pub const ONCE_HINT: &str = "Whoever ever entered never enters again.";
pub const SHORTCUT_HINT: &str = "It stands on the button.";
pub const ICON: &str = "Picture";
pub const ICONS: [(&str, &str); 11] = [
    ("zap", "Lightning"),
    ("flag", "Flag"),
    ("tag", "Tag"),
    ("send", "Paper plane"),
    ("users", "People"),
    ("calendar", "Calendar"),
    ("package", "Parcel"),
    ("ticket", "Ticket"),
    ("triangle-alert", "Warning"),
    ("circle-check", "Tick"),
    ("circle-slash", "Forbidden"),
];
pub const FORM: &str = "Form";
pub const ADD_LINE: &str = "Add line";
pub const FORM_HINT: &str = "What the agent fills in. Answers become $form.variable.";
pub const LABEL: &str = "Label";
pub const TYPE: &str = "Type";
pub const REQUIRED: &str = "Has to be filled in";
pub const ONE_A_LINE: &str = "One a line.";
pub const HOOK: &str = "Address to call";
pub const HOOK_HINT: &str =
    "Once it is published, programs POST a JSON body here. Whoever knows the address can start the workflow.";
pub const IDENTIFIED_BY: &str = "The contact is found by";
pub const IDENTIFIERS: [(&str, &str); 3] =
    [("contact_id", "Contact id"), ("email", "E-mail address"), ("phone", "Phone number")];
pub const PATH_HINT: &str = "Where in the body it is, such as $.customer.email.";

/// The picture of a shortcut by the word its author chose; lightning for words that name none.
pub fn picture(word: &str) -> &'static str {
    ICONS.into_iter().map(|(name, _)| name).find(|name| *name == word).unwrap_or("zap")
}

/// "12 of 2000 characters"
pub fn letters(count: usize, most: usize) -> String {
    format!("{count} of {most} characters")
}

/// "Condition 2"
pub fn one_of(what: &str, number: usize) -> String {
    format!("{what} {number}")
}

/// "Branch 3"
pub fn branch_name(number: usize) -> String {
    format!("Branch {number}")
}

pub fn copy_of(name: &str) -> String {
    format!("{name} copy")
}

/// "Way Yes"
pub fn way(name: &str) -> String {
    format!("Way {name}")
}

/// "2 days"
pub fn duration(ms: i64) -> String {
    let units = [(DAY, "day", "days"), (HOUR, "hour", "hours"), (MINUTE, "minute", "minutes")];
    let whole = units.into_iter().find(|(unit, ..)| ms > 0 && ms % unit == 0);
    let (unit, one, many) = whole.unwrap_or((SECOND, "second", "seconds"));
    crate::text::plural(ms / unit, one, many)
}

/// The word of a kind of answer in the list of them.
pub const fn answer_word(kind: &AnswerKind) -> &'static str {
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
pub const fn subject_word(subject: &Subject) -> &'static str {
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
pub const fn operator_word(operator: Operator) -> &'static str {
    operator_names(operator).0
}

/// A comparison in a sentence.
pub const fn operator(operator: Operator) -> &'static str {
    operator_names(operator).1
}

const fn operator_names(operator: Operator) -> (&'static str, &'static str) {
    match operator {
        Operator::Equal => ("equal", "is"),
        Operator::NotEqual => ("not_equal", "is not"),
        Operator::Greater => ("greater", "is greater than"),
        Operator::Less => ("less", "is less than"),
        Operator::Between => ("between", "is between"),
        Operator::Exists => ("exists", "exists"),
        Operator::NotExists => ("not_exists", "does not exist"),
        Operator::Contains => ("contains", "contains"),
        Operator::NotContains => ("not_contains", "does not contain"),
        Operator::AnyOf => ("any_of", "has any of"),
        Operator::AllOf => ("all_of", "has all of"),
        Operator::NoneOf => ("none_of", "has none of"),
        Operator::After => ("after", "is after"),
        Operator::Before => ("before", "is before"),
        Operator::BetweenMoments => ("between_moments", "is between two moments"),
    }
}

/// Through what a conversation was opened or closed.
pub const fn source(source: Source) -> &'static str {
    match source {
        Source::Contact => "Contact",
        Source::User => "User",
        Source::Workflow => "Workflow",
        Source::Bot => "Bot",
        Source::Api => "API",
        Source::ClickToChatAds => "Click-to-chat ads",
    }
}

/// The word of how words are looked for.
pub const fn match_word(how: Match) -> &'static str {
    match how {
        Match::Contains => "contains",
        Match::Equals => "equals",
        Match::StartsWith => "starts_with",
    }
}

/// What a field holds.
pub const fn field_type(kind: FieldType) -> &'static str {
    match kind {
        FieldType::Text => "Text",
        FieldType::Number => "Number",
        FieldType::Date => "Date",
        FieldType::Time => "Time",
        FieldType::Phone => "Phone",
        FieldType::Email => "E-mail",
        FieldType::Url => "Web address",
        FieldType::Checkbox => "Checkbox",
        FieldType::List => "List",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_the_lists_are_read_back() {
        for (word, _) in SUBJECTS {
            assert_eq!(subject_of(word).as_ref().map(subject_word), Some(word));
        }
        for (word, _) in ANSWERS {
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
