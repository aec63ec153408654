//! The templates, as the gallery shows them. They stay on the server: a browser loads those it looks at.

use crate::api::Failure;
use crate::api::codec::Json;
#[cfg(feature = "ssr")]
use crate::api::{answer, caller};
use domain::workflow::graph::Graph;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

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
}

#[cfg(feature = "ssr")]
impl TemplatePreview {
    fn of(template: &domain::workflow::gallery::Template) -> Self {
        let graph = (template.build)();
        let trigger = graph.trigger.as_ref().map(|trigger| trigger.kind.name()).unwrap_or_default();
        let card = TemplateCard {
            key: template.key.to_owned(),
            name: template.name.to_owned(),
            purpose: template.purpose.to_owned(),
            category: template.category.name().to_owned(),
            needs: template.needs.iter().map(|need| (*need).to_owned()).collect(),
            trigger: trigger.to_owned(),
            steps: graph.steps.len(),
        };
        Self { card, graph }
    }
}

#[cfg(feature = "ssr")]
fn permitted() -> Result<(), Failure> {
    match caller()?.actor.may(domain::person::Act::Configure) {
        true => Ok(()),
        false => answer(Err(Failure::Forbidden)),
    }
}

/// Every template (WF-10).
#[server(prefix = "/rpc", endpoint = "templates", input = Json, output = Json)]
pub async fn load_templates() -> Result<Vec<TemplateCard>, Failure> {
    permitted()?;
    Ok(domain::workflow::gallery::all().iter().map(|template| TemplatePreview::of(template).card).collect())
}

/// One template with its steps.
#[server(prefix = "/rpc", endpoint = "template", input = Json, output = Json)]
pub async fn load_template(key: String) -> Result<TemplatePreview, Failure> {
    permitted()?;
    let found = domain::workflow::gallery::find(&key).ok_or(Failure::Gone);
    answer(found.map(|template| TemplatePreview::of(&template)))
}
