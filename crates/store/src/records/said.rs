//! What is said in both languages as JSON has it: English under the name it always had, Chinese beside it.

use domain::Said;
use serde::{Serialize, Serializer};

#[derive(Serialize)]
struct Detail<'a> {
    detail: &'a str,
    detail_zh: &'a str,
}

pub(super) fn detail<S: Serializer>(said: &Said, to: S) -> Result<S::Ok, S::Error> {
    Detail { detail: &said.en, detail_zh: &said.zh }.serialize(to)
}

#[derive(Serialize)]
struct Problem<'a> {
    problem: Option<&'a str>,
    problem_zh: Option<&'a str>,
}

#[allow(clippy::ref_option, reason = "serde hands the field over as it is")]
pub(super) fn problem<S: Serializer>(said: &Option<Said>, to: S) -> Result<S::Ok, S::Error> {
    let (problem, problem_zh) = said.as_ref().map(|said| (said.en.as_str(), said.zh.as_str())).unzip();
    Problem { problem, problem_zh }.serialize(to)
}
