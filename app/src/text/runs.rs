//! What runs of workflows did, in sentences.

use domain::workflow::run::{NonStart, Reason};
use domain::workflow::turn::{Because, Wait};

/// Why a run ended, in one sentence. `step`: the name of the step the reason is about.
pub fn end(reason: &Reason, step: Option<&str>) -> String {
    let at = step.filter(|name| !name.is_empty()).map(|name| format!(" at “{name}”")).unwrap_or_default();
    match reason {
        Reason::Completed {} => "It reached its end.".into(),
        Reason::WorkflowStopped {} => "The workflow was stopped.".into(),
        Reason::WorkflowDeleted {} => "The workflow was deleted.".into(),
        Reason::StoppedForContact { by } => format!("{by} stopped it for this contact."),
        Reason::ExitOutgoing { .. } => "Somebody of the team wrote to the contact.".into(),
        Reason::ExitIncoming { .. } => "The contact wrote while nothing was asked.".into(),
        Reason::ExitManualAssignment { by } => format!("{by} assigned the conversation."),
        Reason::FailureBranchEmpty { .. } => format!("It failed{at}, and no step follows there."),
        Reason::QuestionTimeout { .. } => format!("No answer came in time{at}."),
        Reason::AssignTimeout { .. } => format!("Nobody fitted in time{at}."),
        Reason::ElseEmpty { .. } => format!("No branch fitted{at}, and no step follows there."),
        Reason::AssignTeamEmptyNoNext { .. } => format!("The team{at} was empty, and no step follows."),
        Reason::SendFailed { words, .. } if words.is_empty() => format!("The message{at} was not sent."),
        Reason::SendFailed { words, .. } => format!("The message{at} was not sent: {words}"),
        Reason::ClosedByWorkflow { .. } => format!("It closed the conversation{at}."),
        Reason::InternalError { .. } => format!("Something went wrong on our side{at}."),
    }
}

/// What a run waits for.
pub const fn waits(wait: Wait) -> &'static str {
    match wait {
        Wait::Control => "Waits for control of the thread",
        Wait::Acceptance => "Sends its message",
        Wait::Answer => "Waits for an answer",
        Wait::Assignee => "Waits for somebody who fits",
        Wait::Time => "Waits",
        Wait::Call => "Waits for another service",
    }
}

/// Why a contact did not enter.
pub const fn stayed_out(why: &NonStart) -> &'static str {
    match why {
        NonStart::ConditionsNotMet { .. } => "The trigger's conditions did not hold.",
        NonStart::AlreadyEnrolled {} => "The contact was in it already.",
        NonStart::OncePerContact {} => "The contact has been in it, and everybody enters once.",
    }
}

/// Why a turn went as it did; nothing when there was nothing to decide.
pub fn because(because: &Because) -> String {
    match because {
        Because::Done {} => String::new(),
        Because::Branches { tested } => match tested.len() {
            1 => "One branch was tested.".into(),
            count => format!("{count} branches were tested."),
        },
        Because::Answered { value } => format!("The answer was “{value}”."),
        Because::Invalid { words } => format!("The value was not taken: {words}"),
        Because::TimeIsUp {} => "The time was up.".into(),
        Because::NotSent { words } => format!("Not sent: {words}"),
        Because::NoControl { owner } => format!("The thread was with {owner}."),
        Because::Assigned { person: Some(_), .. } => "Somebody was chosen.".into(),
        Because::Assigned { person: None, .. } => "The conversation is nobody's now.".into(),
        Because::NobodyFits {} => "Nobody fits yet.".into(),
        Because::EmptyTeam {} => "The team is empty.".into(),
        Because::Hours { open: true } => "It is the right time.".into(),
        Because::Hours { open: false } => "It is not the right time.".into(),
        Because::JumpedOut { times } => {
            format!("The jump was taken {times} times, which is as often as it may.")
        }
        Because::Called { words } => words.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::workflow::graph::StepId;

    #[test]
    fn an_end_is_one_sentence_with_its_step() {
        let reason = Reason::QuestionTimeout { step: StepId(3) };
        assert_eq!(end(&reason, Some("Ask for size")), "No answer came in time at “Ask for size”.");
        assert_eq!(end(&reason, None), "No answer came in time.");
        let reason = Reason::SendFailed { step: StepId(3), words: "The window is closed.".into() };
        assert_eq!(end(&reason, Some("Hello")), "The message at “Hello” was not sent: The window is closed.");
    }
}
