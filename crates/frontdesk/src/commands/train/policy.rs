//! The policy's training: the dev halves of the sample shop's held-back questions and of question sets of
//! other shops, and questions that have no answer.

use std::path::Path;

use assistant::calibrate::{Tried, calibrate, try_out};
use knowledge::Library;

use crate::commands::files::{self, Split};

/// Sets whose labels are complete enough to say that an answer is wrong.
const SETS: [&str; 4] = ["lcqmc_dev_zh", "baoxian_zh", "covidfaq_en", "alchemy_en"];
/// So many questions of each, so that no set outweighs the shop.
const EACH: usize = 100;

/// `policy.json`.
pub(super) fn train(data: &Path, shop: &Path) -> anyhow::Result<String> {
    let mut tried = sample_shop(shop)?;
    for set in SETS {
        tried.extend(one_set(data, set)?);
    }
    let on = format!(
        "dev halves of the sample shop's held-back questions, of {} and of questions without an answer; {} questions",
        SETS.join(", "),
        tried.len()
    );
    Ok(serde_json::to_string_pretty(&calibrate(&tried, "1", &on))? + "\n")
}

fn sample_shop(shop: &Path) -> anyhow::Result<Vec<Tried>> {
    let file = |name: &str| shop.join(name);
    let knowledge = [file("knowledge.zh.jsonl"), file("knowledge.en.jsonl"), file("articles")];
    let asked = [
        "questions.zh.jsonl",
        "questions.en.jsonl",
        "article-questions.zh.jsonl",
        "article-questions.en.jsonl",
        "unanswerable.jsonl",
    ];
    ask_all(&knowledge, &asked.map(file), usize::MAX)
}

fn one_set(data: &Path, set: &str) -> anyhow::Result<Vec<Tried>> {
    let file = |part: &str| data.join(format!("faq_retrieval/{set}.{part}.jsonl.gz"));
    ask_all(&[file("knowledge")], &[file("queries")], EACH)
}

fn ask_all(
    knowledge: &[std::path::PathBuf],
    questions: &[std::path::PathBuf],
    most: usize,
) -> anyhow::Result<Vec<Tried>> {
    let library = Library::new();
    library.change(&files::knowledge(knowledge)?, &[], 1);
    let questions = files::questions(questions, Split::Dev)?;
    let every = questions.len().div_ceil(most.min(questions.len()).max(1));
    Ok(questions
        .iter()
        .step_by(every)
        .filter_map(|question| try_out(&library, &question.query, &question.relevant))
        .collect())
}
