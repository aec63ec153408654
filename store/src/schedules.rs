//! Business hours by name.

use crate::{Result, Tx, text};
use domain::ScheduleId;
use domain::workflow::view::Schedule;
use uuid::Uuid;

statements! {
    PUT = "
        insert into schedule (id, name, hours) values ($1, $2, $3)
        on conflict (id) do update set name = excluded.name, hours = excluded.hours";
    ALL = "select id, name, hours from schedule order by name, id";
    REMOVE = "delete from schedule where id = $1";
}

/// Adds business hours or changes them.
pub async fn put(tx: &mut Tx, schedule: &Schedule) -> Result<()> {
    let hours = text::write("schedule", &schedule.hours)?;
    execute!(tx, PUT, schedule.id.0, schedule.name.as_str(), &hours);
    Ok(())
}

/// All of them, by name.
pub async fn all(tx: &mut Tx) -> Result<Vec<Schedule>> {
    let rows: Vec<(Uuid, String, String)> = fetch_all!(tx, ALL);
    let read = |(id, name, hours): (Uuid, String, String)| {
        Ok(Schedule { id: ScheduleId(id), name, hours: text::read("schedule", &hours)? })
    };
    rows.into_iter().map(read).collect()
}

/// Removes them. `false`: they were gone.
pub async fn remove(tx: &mut Tx, id: ScheduleId) -> Result<bool> {
    Ok(execute!(tx, REMOVE, id.0) == 1)
}
