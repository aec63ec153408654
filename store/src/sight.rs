//! Which conversations somebody sees, as the database asks it. [`Sight::sees`] is the rule; a test compares both.

use domain::person::Sight;
use sqlx::{Database, Encode, QueryBuilder, Type};
use uuid::Uuid;

/// One reason to see a conversation. Each is answered from an index of its own.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Reason {
    Assignee(Uuid),
    Team(Uuid),
}

/// The reasons, one of which is enough; nothing for somebody who sees everything.
pub(crate) fn reasons(sight: &Sight) -> Option<Vec<Reason>> {
    match sight {
        Sight::Everything => None,
        Sight::Only { person, teams } => {
            let teams = teams.iter().map(|team| Reason::Team(team.0));
            Some(std::iter::once(Reason::Assignee(person.0)).chain(teams).collect())
        }
    }
}

/// Adds the condition on `c` that one reason is there.
pub(crate) fn because<DB: Database>(query: &mut QueryBuilder<DB>, reason: Reason)
where
    Uuid: for<'q> Encode<'q, DB> + Type<DB>,
{
    match reason {
        Reason::Assignee(person) => query.push("c.assignee = ").push_bind(person),
        Reason::Team(team) => query.push("c.team = ").push_bind(team),
    };
}

/// Adds the condition on `c` that it is seen.
pub(crate) fn sees<DB: Database>(query: &mut QueryBuilder<DB>, sight: &Sight)
where
    Uuid: for<'q> Encode<'q, DB> + Type<DB>,
{
    let Some(reasons) = reasons(sight) else { return };
    for (index, reason) in reasons.into_iter().enumerate() {
        query.push(if index == 0 { " and (" } else { " or " });
        because(query, reason);
    }
    query.push(")");
}
