//! JSON in one piece: an array of objects, or an object that holds one (`{"products": [ … ]}`).

use domain::{Said, said};
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
        return records.reject(top, None, charset.broken());
    };
    let Some(mut at) = text.find('[') else {
        let problem = said!(Shape:
            "没有对象的列表；写成 [{{\"id\": …, \"name\": …}}, …]",
            "no list of objects: write [{{\"id\": …, \"name\": …}}, …]"
        );
        return records.reject(top, None, problem);
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
            return records.reject(&place, None, super::full_from_here());
        }
        let mut values = serde_json::Deserializer::from_str(&text[at..]).into_iter::<Value>();
        match values.next() {
            Some(Ok(Value::Object(object))) => records.object(&place, &object),
            Some(Ok(_)) => {
                let problem = said!(Shape:
                    "不是对象；写成 {{\"id\": …, \"name\": …}}",
                    "not an object: write {{\"id\": …, \"name\": …}}"
                );
                records.reject(&place, None, problem);
            }
            Some(Err(error)) => {
                let problem = said!(Damaged: "从这里起不是 JSON", "not JSON from here on: {error}");
                return records.reject(&place, None, problem);
            }
            None => {
                let problem = said!(Damaged: "列表没有用 ] 结束", "the list is not closed with ]");
                return records.reject(&place, None, problem);
            }
        }
        at += values.byte_offset();
    }
}

/// What is said of a line that is no JSON.
pub(super) fn broken(error: &serde_json::Error) -> Said {
    if error.is_eof() {
        return said!(Damaged: "不是 JSON：没有写完", "not JSON: {error}");
    }
    let column = error.column();
    said!(Damaged: "不是 JSON：第 {column} 个字节处写法有误", "not JSON: {error}")
}

/// What is said of JSON that holds something else than is wanted.
pub(super) fn unfit(error: &serde_json::Error) -> Said {
    said!(BadValue: "内容不合要求（{error}）", "{error}")
}
