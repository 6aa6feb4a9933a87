//! What is said in both languages as JSON has it: English under the name it always had, Chinese beside it.

use domain::{Code, Said};
use serde::{Serialize, Serializer};

#[derive(Serialize)]
struct OfDocument<'a> {
    detail: &'a str,
    detail_zh: &'a str,
    #[serde(skip_serializing_if = "Code::is_other")]
    detail_code: Code,
}

pub(super) fn detail<S: Serializer>(said: &Said, to: S) -> Result<S::Ok, S::Error> {
    OfDocument { detail: &said.en, detail_zh: &said.zh, detail_code: said.code }.serialize(to)
}

#[derive(Serialize)]
struct OfRun<'a> {
    problem: Option<&'a str>,
    problem_zh: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    problem_code: Option<Code>,
}

#[allow(clippy::ref_option, reason = "serde hands the field over as it is")]
pub(super) fn problem<S: Serializer>(said: &Option<Said>, to: S) -> Result<S::Ok, S::Error> {
    let (problem, problem_zh) = said.as_ref().map(|said| (said.en.as_str(), said.zh.as_str())).unzip();
    let problem_code = said.as_ref().map(|said| said.code);
    OfRun { problem, problem_zh, problem_code }.serialize(to)
}
