//! Which of the products that were just named a message points at: 第二个, the last one, these.

use crate::clause::without;

/// What a message points at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Point {
    /// These places of a list, from 0.
    Places(Vec<usize>),
    /// The last of a list.
    Last,
    /// The one thing that was talked of, or all of it: 它, this one, these.
    It,
}

const ORDINALS: [&[&str]; 5] = [
    &[
        "第一个",
        "第一款",
        "第一件",
        "第一种",
        "第一只",
        "第一套",
        "第1个",
        "第1款",
        "第1件",
        "the first one",
        "the first",
        "first one",
        "number one",
        "number 1",
        "no 1",
    ],
    &[
        "第二个",
        "第二款",
        "第二件",
        "第二种",
        "第二只",
        "第二套",
        "第2个",
        "第2款",
        "第2件",
        "the second one",
        "the second",
        "second one",
        "number two",
        "number 2",
        "no 2",
    ],
    &[
        "第三个",
        "第三款",
        "第三件",
        "第三种",
        "第三只",
        "第三套",
        "第3个",
        "第3款",
        "第3件",
        "the third one",
        "the third",
        "third one",
        "number three",
        "number 3",
        "no 3",
    ],
    &["第四个", "第四款", "第四件", "第4个", "the fourth one", "the fourth", "number 4"],
    &["第五个", "第五款", "第五件", "第5个", "the fifth one", "the fifth", "number 5"],
];
const LAST: &[&str] = &["最后一个", "最后一款", "最后那个", "最后一件", "the last one", "last one"];
const IT: &[&str] = &[
    "这几个",
    "这几款",
    "这几件",
    "这三个",
    "这两个",
    "那几个",
    "这些",
    "这个",
    "那个",
    "这款",
    "那款",
    "这件",
    "那件",
    "这只",
    "它们",
    "它",
    "this one",
    "that one",
    "these",
    "those",
    "they",
    "them",
    "both",
    "this",
    "that",
    "it",
];

/// What a clause points at, and what is left of it.
pub(super) fn pointed(text: &str) -> (Option<Point>, String) {
    let mut rest = text.to_owned();
    let mut take = |phrases: &[&str]| {
        let before = rest.clone();
        for phrase in phrases {
            rest = without(&rest, phrase);
        }
        rest != before
    };
    let places: Vec<usize> = (0..).zip(ORDINALS).filter(|(_, words)| take(words)).map(|(at, _)| at).collect();
    let last = take(LAST);
    let it = take(IT);
    let point = match (places.is_empty(), last, it) {
        (false, ..) => Some(Point::Places(places)),
        (_, true, _) => Some(Point::Last),
        (.., true) => Some(Point::It),
        _ => None,
    };
    (point, rest)
}

impl Point {
    /// Those of a list; empty where it has no such place.
    pub(super) fn of(&self, list: &[u32]) -> Vec<u32> {
        match self {
            Self::Places(places) => places.iter().filter_map(|&at| list.get(at).copied()).collect(),
            Self::Last => list.last().copied().into_iter().collect(),
            Self::It => list.to_vec(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_of_a_list_are_pointed_at() {
        for (text, places) in [
            ("第一个多少钱", vec![7]),
            ("第一个和第三个有货吗", vec![7, 9]),
            ("how much is the second one", vec![8]),
            ("最后一个是什么材质", vec![9]),
            ("这几个都多少钱", vec![7, 8, 9]),
            ("第五个呢", vec![]),
        ] {
            assert_eq!(pointed(text).0.unwrap().of(&[7, 8, 9]), places, "{text}");
        }
        assert_eq!(pointed("茶壶多少钱").0, None);
    }
}
