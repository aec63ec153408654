//! How a statement is written once and run on either database.

/// A statement, with a second text only where the two dialects part.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sql {
    pub(crate) sqlite: &'static str,
    pub(crate) postgres: &'static str,
}

impl Sql {
    /// A statement both databases understand.
    pub(crate) const fn same(text: &'static str) -> Self {
        Self { sqlite: text, postgres: text }
    }
}

/// Declares a module's statements and lists them for the drift test.
macro_rules! statements {
    (@one { sqlite: $sqlite:expr, postgres: $postgres:expr $(,)? }) => {
        $crate::sql::Sql { sqlite: $sqlite, postgres: $postgres }
    };
    (@one { both: $sql:expr }) => { $sql };
    (@one $text:expr) => { $crate::sql::Sql::same($text) };
    ($( $(#[$doc:meta])* $name:ident = $body:tt; )*) => {
        $( $(#[$doc])* const $name: $crate::sql::Sql = statements!(@one $body); )*
        #[cfg(test)]
        pub(crate) const STATEMENTS: &[(&str, $crate::sql::Sql)] = &[ $( (stringify!($name), $name) ),* ];
    };
}

/// Runs one sqlx expression on whichever database the transaction is on.
///
/// The body is compiled once per driver, so what is bound and what is read is type-checked against both.
macro_rules! run {
    ($tx:expr, $sql:expr, |$text:ident, $conn:ident| $body:expr) => {
        match &mut $tx.inner {
            $crate::db::Inner::Sqlite(tx) => {
                let ($text, $conn) = ($sql.sqlite, &mut **tx);
                $body
            }
            $crate::db::Inner::Postgres(tx) => {
                let ($text, $conn) = ($sql.postgres, &mut **tx);
                $body
            }
        }
    };
}

/// Runs a statement with these values bound in order and answers how many rows it changed.
macro_rules! execute {
    ($tx:expr, $sql:expr $(, $value:expr)* $(,)?) => {
        run!($tx, $sql, |text, conn| {
            sqlx::query(text)$(.bind($value))*.execute(conn).await?.rows_affected()
        })
    };
}

/// Reads all rows of a statement with these values bound in order.
macro_rules! fetch_all {
    ($tx:expr, $sql:expr $(, $value:expr)* $(,)?) => {
        run!($tx, $sql, |text, conn| sqlx::query_as(text)$(.bind($value))*.fetch_all(conn).await?)
    };
}

/// Reads the row of a statement, if there is one, with these values bound in order.
macro_rules! fetch_optional {
    ($tx:expr, $sql:expr $(, $value:expr)* $(,)?) => {
        run!($tx, $sql, |text, conn| sqlx::query_as(text)$(.bind($value))*.fetch_optional(conn).await?)
    };
}

/// Reads the one row a statement always has, with these values bound in order.
macro_rules! fetch_one {
    ($tx:expr, $sql:expr $(, $value:expr)* $(,)?) => {
        run!($tx, $sql, |text, conn| sqlx::query_as(text)$(.bind($value))*.fetch_one(conn).await?)
    };
}

/// Inserts all these rows, many with one statement: `insert_all!(tx, "insert into t (a, b) ", &rows, |row| row.a, row.b)`.
/// A text may follow that says what happens to rows that are there: `…, row.b; " on conflict …"`.
macro_rules! insert_all {
    ($tx:expr, $into:expr, $rows:expr, |$one:pat_param| $($value:expr),+ $(; $then:expr)?) => {
        for some in $crate::sql::in_sizes($rows) {
            match &mut $tx.inner {
                $crate::db::Inner::Sqlite(tx) => {
                    let mut query = sqlx::QueryBuilder::<sqlx::Sqlite>::new($into);
                    query.push_values(some, |mut row, $one| { $(row.push_bind($value);)+ });
                    $(query.push($then);)?
                    query.build().execute(&mut **tx).await?;
                }
                $crate::db::Inner::Postgres(tx) => {
                    let mut query = sqlx::QueryBuilder::<sqlx::Postgres>::new($into);
                    query.push_values(some, |mut row, $one| { $(row.push_bind($value);)+ });
                    $(query.push($then);)?
                    query.build().execute(&mut **tx).await?;
                }
            }
        }
    };
}

/// How many rows one insert may have, so that only a few different texts are prepared.
const SIZES: [usize; 4] = [64, 16, 4, 1];

/// Cuts rows into pieces of those sizes, the largest first.
pub(crate) fn in_sizes<T>(mut rows: &[T]) -> impl Iterator<Item = &[T]> {
    std::iter::from_fn(move || {
        let size = SIZES.into_iter().find(|size| *size <= rows.len())?;
        let (piece, rest) = rows.split_at(size);
        rows = rest;
        Some(piece)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_cut_into_a_few_sizes_and_none_is_lost() {
        for count in [0, 1, 3, 4, 63, 64, 150] {
            let rows: Vec<usize> = (0..count).collect();
            let pieces: Vec<&[usize]> = in_sizes(&rows).collect();
            assert!(pieces.iter().all(|piece| SIZES.contains(&piece.len())), "{count}");
            assert_eq!(pieces.concat(), rows);
        }
    }
}
