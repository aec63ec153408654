//! Many intentions at once: each is whole, whoever shares a commit with it.

on_both!(one_that_fails_costs_nobody_else, what_everybody_wanted_is_there);

mod journeys {
    use crate::support::*;
    use futures::future::join_all;
    use server::desk::together::intend;
    use store::{Error, settings};

    const MANY: usize = 40;

    /// Each writes down its number; some change their mind afterwards.
    async fn write_down(stage: &Stage, fails: impl Fn(usize) -> bool) -> Vec<bool> {
        let each = (0..MANY).map(|n| {
            let fails = fails(n);
            intend(stage.node(), move |intention| {
                Box::pin(async move {
                    settings::put(intention.tx(), &format!("test.{n}"), "here").await?;
                    if fails { Err(Error::Conflict) } else { Ok(n) }
                })
            })
        });
        join_all(each).await.into_iter().map(|answer| answer.is_ok()).collect()
    }

    async fn written(stage: &Stage) -> Vec<bool> {
        let mut tx = stage.node().db.snapshot().await.expect("reads");
        let mut found = Vec::new();
        for n in 0..MANY {
            found.push(settings::get(&mut tx, &format!("test.{n}")).await.expect("reads").is_some());
        }
        found
    }

    pub async fn one_that_fails_costs_nobody_else(on: On) {
        let stage = Stage::new(on).await;
        let answers = write_down(&stage, |n| n % 7 == 3).await;
        let expected: Vec<bool> = (0..MANY).map(|n| n % 7 != 3).collect();
        assert_eq!(answers, expected, "each hears how its own went");
        assert_eq!(written(&stage).await, expected, "and of one that failed nothing is left");
    }

    pub async fn what_everybody_wanted_is_there(on: On) {
        let stage = Stage::new(on).await;
        assert_eq!(write_down(&stage, |_| false).await, vec![true; MANY]);
        assert_eq!(written(&stage).await, vec![true; MANY]);
    }
}
