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
