//! How a conversation goes, small and quiet: how satisfied the customer seems, and the course of their mood as a line.

use domain::Lang;
use reception::Going;

use super::{
    inbox, percent,
    words::{self, Words, fill},
};

/// The line's width and height, and how far it stays from the edges.
const WIDE: f32 = 96.0;
const HIGH: f32 = 24.0;
const EDGE: f32 = 3.0;
/// From so much on a message is no longer calm, and a mood has turned.
const FELT: f32 = 0.3;

/// What the right pane shows of it.
pub(super) struct Satisfied {
    /// The style, as moods have it.
    pub(super) mood: &'static str,
    pub(super) name: &'static str,
    pub(super) sure: String,
    /// Nothing to draw of one message.
    pub(super) course: Option<Course>,
}

/// The course of the mood, oldest first.
#[derive(Debug, PartialEq)]
pub(super) struct Course {
    /// The line's points.
    pub(super) points: String,
    /// Its last one, across and down.
    pub(super) last: (String, String),
    /// Where it goes, in words.
    pub(super) turn: &'static str,
    /// The same for those who do not see it.
    pub(super) says: String,
}

impl Satisfied {
    pub(super) fn new(lang: Lang, going: &Going) -> Self {
        let satisfied = &going.satisfaction;
        Self {
            mood: inbox::mood_code(&satisfied.name),
            name: words::satisfied(lang, &satisfied.name).unwrap_or(Words::of(lang).unknown),
            sure: percent(satisfied.confidence),
            course: course(lang, &going.course),
        }
    }
}

fn course(lang: Lang, moods: &[f32]) -> Option<Course> {
    let (last, before) = moods.split_last().filter(|(_, before)| !before.is_empty())?;
    let step = (WIDE - 2.0 * EDGE) / before.len() as f32;
    let down = |mood: &f32| HIGH / 2.0 - mood.clamp(-1.0, 1.0) * (HIGH / 2.0 - EDGE);
    let points = moods.iter().enumerate().map(|(at, mood)| (EDGE + step * at as f32, down(mood)));
    let points: Vec<String> = points.map(|(x, y)| format!("{x:.1},{y:.1}")).collect();
    let mean = before.iter().sum::<f32>() / before.len() as f32;
    let turn = match last - mean {
        more if more > FELT => "better",
        less if less < -FELT => "worse",
        _ => "steady",
    };
    let turn = words::turn(lang, turn).unwrap_or_default();
    let names: Vec<&str> = moods.iter().filter_map(|mood| words::mood(lang, named(*mood))).collect();
    let names = names.join(lang.pick("、", ", "));
    Some(Course {
        last: (format!("{:.1}", WIDE - EDGE), format!("{:.1}", down(last))),
        points: points.join(" "),
        turn,
        says: fill(Words::of(lang).course_says, &[&moods.len().to_string(), &names, turn]),
    })
}

fn named(mood: f32) -> &'static str {
    match mood {
        glad if glad > FELT => "positive",
        sad if sad < -FELT => "negative",
        _ => "neutral",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_goes_up_where_the_mood_does_and_says_so() {
        let told = course(Lang::Zh, &[0.0, -1.0, 1.0]).expect("three messages have a course");
        assert_eq!(told.points, "3.0,12.0 48.0,21.0 93.0,3.0");
        assert_eq!(told.last, ("93.0".to_owned(), "3.0".to_owned()));
        assert_eq!(told.turn, "在转好");
        assert_eq!(told.says, "最近 3 条消息：平静、不满、满意。在转好");
        let told = course(Lang::En, &[0.5, -0.9]).expect("two do as well");
        assert_eq!(told.says, "The latest 2 messages: pleased, unhappy. getting worse");
    }

    #[test]
    fn one_message_has_no_course_and_a_wild_number_stays_inside() {
        assert_eq!(course(Lang::En, &[]), None);
        assert_eq!(course(Lang::En, &[0.4]), None);
        let told = course(Lang::En, &[0.0, 9.0]).expect("two messages");
        assert_eq!((told.last.1.as_str(), told.turn), ("3.0", "getting better"));
        assert_eq!(course(Lang::Zh, &[0.1, 0.0]).map(|told| told.turn), Some("平稳"));
    }
}
