//! Chinese licence plates: a province, a letter and five places, six for electric cars.

use super::{Found, Kind, Value, text::Text};

const PROVINCES: &str = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼";
/// Plates of schools, police, trailers and border traffic end with their word.
const LAST: &str = "学警挂港澳领";

pub(super) fn find(text: &Text) -> Vec<Found> {
    let begins = |at: usize| PROVINCES.contains(text.at(at)) && text.at(at + 1).is_ascii_alphabetic();
    (0..text.len()).filter(|&at| begins(at)).filter_map(|at| plate(text, at)).collect()
}

fn plate(text: &Text, from: usize) -> Option<Found> {
    let begin = text.run(from + 2, 2, |c| " -·.".contains(c));
    // I and O are not used: they look like digits.
    let place = |c: char| c.is_ascii_digit() || (c.is_ascii_alphabetic() && !"IOio".contains(c));
    let mut end = text.run(begin, 7, place);
    if end - begin == 4 && LAST.contains(text.at(end)) {
        end += 1;
    }
    let digits = text.slice(begin..end).iter().filter(|c| c.is_ascii_digit()).count();
    let fits = matches!(end - begin, 5 | 6) && digits >= 3 && !text.at(end).is_ascii_alphanumeric();
    let value = text.slice(from..end).iter().filter(|c| !" -·.".contains(**c)).collect::<String>();
    fits.then(|| Found {
        kind: Kind::Plate,
        range: from..end,
        value: Value::Text(value.to_ascii_uppercase()),
    })
}
