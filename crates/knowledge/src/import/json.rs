//! JSON in one piece: an array of objects, or an object that holds one (`{"products": [ … ]}`).

use serde_json::Value;

use super::{
    bytes::Place,
    encoding,
    record::{Records, Schema},
    rows::Takes,
};

/// Reads each object of the array; what is wrong with one is told with its line.
pub(super) fn read<S: Schema>(top: &Place, bytes: &[u8], records: &mut Records<S>) {
    let (bytes, charset) = encoding::detect(bytes);
    let Some(text) = charset.text(&bytes) else {
        return records.reject(top, None, &format!("not {}: a character is broken", charset.name()));
    };
    let Some(mut at) = text.find('[') else {
        return records.reject(top, None, "no list of objects: write [{\"id\": …, \"name\": …}, …]");
    };
    at += 1;
    let (mut line, mut counted) = (1, 0);
    loop {
        at += text[at..].len() - text[at..].trim_start_matches([',', ' ', '\n', '\r', '\t']).len();
        line += text[counted..at].matches('\n').count() as u64;
        counted = at;
        let place = top.at(line);
        if text[at..].starts_with(']') {
            return;
        }
        if records.is_full() {
            return records.reject(&place, None, "not read from here on: the import is full; split it");
        }
        let mut values = serde_json::Deserializer::from_str(&text[at..]).into_iter::<Value>();
        match values.next() {
            Some(Ok(Value::Object(object))) => records.object(&place, &object),
            Some(Ok(_)) => records.reject(&place, None, "not an object: write {\"id\": …, \"name\": …}"),
            Some(Err(error)) => {
                return records.reject(&place, None, &format!("not JSON from here on: {error}"));
            }
            None => return records.reject(&place, None, "the list is not closed with ]"),
        }
        at += values.byte_offset();
    }
}
