//! Which tags a workflow knows by name.

use super::Graph;
use crate::workflow::condition::{Conditions, Subject};
use crate::workflow::step::StepKind;
use crate::workflow::steps::question::AnswerKind;
use crate::workflow::trigger::TriggerKind;
use crate::workflow::value::fold;

impl Graph {
    /// Whether the workflow waits for a tag, asks for it, or puts it on or takes it off; in whatever case.
    pub fn names_tag(&self, tag: &str) -> bool {
        let tag = fold(tag);
        let is = |name: &str| fold(name) == tag;
        let asked = |conditions: &Conditions| {
            let mut tests = conditions.tests.iter().filter(|test| test.subject == Subject::ContactTags {});
            tests.any(|test| test.values.iter().any(|value| is(value.as_str())))
        };
        let by_trigger = self.trigger.as_ref().is_some_and(|trigger| match &trigger.kind {
            TriggerKind::ContactTagUpdated { tags, .. } => tags.iter().any(|name| is(name)),
            _ => false,
        });
        by_trigger
            || self.trigger.as_ref().is_some_and(|trigger| asked(&trigger.conditions))
            || self.steps.values().any(|step| match &step.kind {
                StepKind::UpdateContactTag(step) => step.tags.iter().any(|name| is(name)),
                StepKind::Branch(step) => step.branches.iter().any(|way| asked(&way.conditions)),
                StepKind::AskQuestion(step) if step.save.as_tag => match &step.kind {
                    AnswerKind::MultipleChoice { options } => options.iter().any(|option| is(option)),
                    _ => false,
                },
                _ => false,
            })
    }
}

#[cfg(test)]
mod tests {
    use crate::workflow::gallery;

    #[test]
    fn a_workflow_knows_the_tags_it_puts_on_and_asks_for() {
        let consent = (gallery::find("privacy-consent").unwrap().build)();
        assert!(consent.names_tag("agree"), "asked for and saved as one");
        assert!(consent.names_tag("Decline"));
        assert!(!consent.names_tag("VIP"));
    }
}
