//! `baton doctor`: what works, what does not, and how to put it right.

use super::{Failed, open};
use crate::config::Sources;
use crate::node::Node;
use messenger::FIELDS;
use store::chain::{self, Chain};
use store::pages::PageRecord;

/// How many conversations are read at a time.
const ROUND: i64 = 500;

/// Checks everything and says what to do; fails when anything is wrong.
pub async fn run(sources: &Sources) -> Result<(), Failed> {
    let config = sources.config()?;
    println!("ok     configuration: {} with data in {}", config.public_url, config.data.display());
    let node = open(config).await?;
    println!("ok     database");
    let mut wrong = check_timelines(&node).await?;
    let mut tx = node.db.snapshot().await?;
    let pages = store::pages::all(&mut tx).await?;
    drop(tx);
    if pages.is_empty() {
        println!("wrong  no page is connected. Fix: baton page add --help");
        wrong += 1;
    }
    for page in &pages {
        wrong += check(&node, page).await?;
    }
    match wrong {
        0 => Ok(()),
        1 => Err(Failed::Work("1 thing is wrong".into())),
        many => Err(Failed::Work(format!("{many} things are wrong"))),
    }
}

/// Checks that nobody changed who had control behind our back; how many conversations' timelines are not whole.
async fn check_timelines(node: &Node) -> Result<usize, Failed> {
    let (mut wrong, mut links, mut after) = (0, 0, None);
    loop {
        let mut tx = node.db.snapshot().await?;
        let some = chain::conversations(&mut tx, after, ROUND).await?;
        let Some(last) = some.last() else { break };
        after = Some(*last);
        for id in some {
            match chain::check(&mut tx, id).await? {
                Chain::Whole { links: more } => links += more,
                Chain::Broken { link } => {
                    println!(
                        "wrong  control timeline of conversation {id}: entry {link} was changed or removed in the database. Fix: compare with a backup"
                    );
                    wrong += 1;
                }
            }
        }
    }
    if wrong == 0 {
        println!("ok     control timelines: whole, {links} entries");
    }
    Ok(wrong)
}

/// Checks one page; how many things are wrong.
async fn check(node: &Node, record: &PageRecord) -> Result<usize, Failed> {
    let name = &record.page.name;
    let found = node.credentials(&mut node.db.snapshot().await?, record).await;
    let credentials = match found {
        Ok(credentials) => credentials,
        Err(error) => {
            println!("wrong  {name}: {error}");
            return Ok(1);
        }
    };
    let mut wrong = 0;
    let mut tell = |what: &str, problem: Option<String>| match problem {
        None => println!("ok     {name}: {what}"),
        Some(problem) => {
            println!("wrong  {name}: {what}. {problem}");
            wrong += 1;
        }
    };
    match node.messenger.debug_token(&credentials).await {
        Ok(facts) if facts.valid => tell("token", None),
        Ok(_) => tell(
            "token",
            Some(
                "Facebook says it is not valid. Fix: make a new page token and run baton page add again"
                    .into(),
            ),
        ),
        Err(error) => tell("token", Some(error.words())),
    }
    match node.messenger.subscriptions(&credentials).await {
        Ok(subscriptions) => {
            let ours = subscriptions.iter().find(|one| one.app == record.page.app);
            let missing: Vec<_> = FIELDS
                .iter()
                .filter(|field| ours.is_none_or(|ours| !ours.fields.iter().any(|have| have == *field)))
                .copied()
                .collect();
            let problem = (!missing.is_empty()).then(|| {
                format!(
                    "Missing: {}. Fix: subscribe the page to them in your Meta app's Messenger settings",
                    missing.join(", ")
                )
            });
            tell("subscription", problem);
        }
        Err(error) => tell("subscription", Some(error.words())),
    }
    Ok(wrong)
}
