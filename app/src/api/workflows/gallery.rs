//! The templates, as the gallery shows them. They stay on the server: a browser loads those it looks at.

use crate::api::Failure;
use crate::api::codec::Json;
#[cfg(feature = "ssr")]
use crate::api::{answer, caller};
use crate::language::told;
#[cfg(feature = "ssr")]
use domain::workflow::check::Workspace;
use domain::workflow::gallery::Lack;
#[cfg(feature = "ssr")]
use domain::workflow::gallery::{self, Template};
use domain::workflow::graph::Graph;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// A template before it is looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TemplateCard {
    /// Part of its address.
    pub key: String,
    pub name: String,
    /// What for, in one sentence.
    pub purpose: String,
    pub category: String,
    /// What has to be filled in, in words.
    pub needs: Vec<String>,
    /// The trigger's name.
    pub trigger: String,
    pub steps: usize,
}

/// A template with its steps.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TemplatePreview {
    pub card: TemplateCard,
    pub graph: Graph,
    /// What it asks for and this workspace has none of.
    pub lacks: BTreeSet<Lack>,
}

#[cfg(feature = "ssr")]
impl TemplatePreview {
    /// A template as it looks in this workspace.
    pub fn of(template: &Template, here: &Workspace) -> Self {
        let graph = (template.build)();
        let lacks = gallery::lacks(&graph, here);
        Self { card: TemplateCard::of(template, &graph), graph, lacks }
    }
}

impl TemplateCard {
    /// The same as it is shown, in the reader's language. The category stays: addresses name it.
    pub fn shown(self) -> Self {
        let tell = |words: String| told(&words).into_owned();
        Self {
            key: self.key,
            name: tell(self.name),
            purpose: tell(self.purpose),
            category: self.category,
            needs: self.needs.into_iter().map(tell).collect(),
            trigger: tell(self.trigger),
            steps: self.steps,
        }
    }
}

#[cfg(feature = "ssr")]
impl TemplateCard {
    /// A template among others.
    pub fn of(template: &Template, graph: &Graph) -> Self {
        let trigger = graph.trigger.as_ref().map(|trigger| trigger.kind.name()).unwrap_or_default();
        Self {
            key: template.key.to_owned(),
            name: template.name.to_owned(),
            purpose: template.purpose.to_owned(),
            category: template.category.name().to_owned(),
            needs: template.needs.iter().map(|need| (*need).to_owned()).collect(),
            trigger: trigger.to_owned(),
            steps: graph.steps.len(),
        }
    }
}

/// Every template (WF-10).
#[server(prefix = "/rpc", endpoint = "templates", input = Json, output = Json)]
pub async fn load_templates() -> Result<Vec<TemplateCard>, Failure> {
    let caller = caller()?;
    answer(caller.desk.templates(&caller.actor).await)
}

/// One template with its steps.
#[server(prefix = "/rpc", endpoint = "template", input = Json, output = Json)]
pub async fn load_template(key: String) -> Result<TemplatePreview, Failure> {
    let caller = caller()?;
    answer(caller.desk.template(&caller.actor, key).await)
}
