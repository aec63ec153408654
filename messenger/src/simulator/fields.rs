//! The `fields` parameter: a caller gets what it asks for and nothing else, as from Meta.

use super::world::history::Slice;
use serde_json::{Map, Value};

/// How many messages or conversations are answered when no limit is given.
const USUAL: usize = 25;
const MOST: usize = 499;

/// One requested field, such as `messages.limit(25){id,message}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    pub name: String,
    pub limit: Option<usize>,
    pub inner: Vec<Field>,
}

/// Reads a list of fields.
pub fn read(text: &str) -> Vec<Field> {
    split(text).into_iter().filter(|part| !part.trim().is_empty()).map(|part| field(part.trim())).collect()
}

/// Keeps the id and the requested fields of an object.
pub fn pick(object: Value, fields: &[Field]) -> Value {
    let Value::Object(all) = object else { return object };
    let wanted = |name: &str| name == "id" || fields.iter().any(|field| field.name == name);
    Value::Object(all.into_iter().filter(|(name, _)| wanted(name)).collect::<Map<_, _>>())
}

/// Keeps the requested fields of every object of an answer's `data`.
pub fn pick_each(mut answer: Value, fields: &[Field]) -> Value {
    if let Some(rows) = answer["data"].as_array_mut() {
        for row in rows {
            *row = pick(row.take(), fields);
        }
    }
    answer
}

/// Which part of a list is asked for.
pub fn slice(limit: Option<usize>, after: Option<usize>) -> Slice {
    Slice { after: after.unwrap_or_default(), limit: limit.unwrap_or(USUAL).min(MOST) }
}

fn field(text: &str) -> Field {
    let end = text.find(['.', '{', '(']).unwrap_or(text.len());
    let limit = text.split_once(".limit(").and_then(|(_, rest)| rest.split(')').next()?.parse().ok());
    let inner =
        text.split_once('{').and_then(|(_, rest)| rest.rsplit_once('}')).map(|(inner, _)| read(inner));
    Field { name: text[..end].to_owned(), limit, inner: inner.unwrap_or_default() }
}

/// Splits at the commas outside braces.
fn split(text: &str) -> Vec<&str> {
    let mut depth = 0_i32;
    text.split(|letter| {
        depth += i32::from(letter == '{') - i32::from(letter == '}');
        letter == ',' && depth == 0
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn nested_fields_and_limits_are_understood() {
        let fields = read("id,messages.limit(5){id,from,message},snippet");
        assert_eq!(
            fields.iter().map(|field| field.name.as_str()).collect::<Vec<_>>(),
            ["id", "messages", "snippet"]
        );
        assert_eq!(fields[1].limit, Some(5));
        assert_eq!(fields[1].inner.len(), 3);
    }

    #[test]
    fn only_what_was_asked_for_is_answered() {
        let object = json!({ "id": "1", "name": "Shoe Shop", "secret": "x" });
        assert_eq!(pick(object, &read("name")), json!({ "id": "1", "name": "Shoe Shop" }));
    }
}
