//! The policy's training: the dev halves of the sample shop's held-back questions and of question sets of
//! other shops, and questions that have no answer.

use std::path::{Path, PathBuf};

use assistant::calibrate::{Tried, calibrate, try_out};
use knowledge::{Library, later_strangers};

use crate::commands::files::{self, Split};

/// Sets whose labels are complete enough to say that an answer is wrong.
const SETS: [&str; 4] = ["lcqmc_dev_zh", "baoxian_zh", "covidfaq_en", "alchemy_en"];
/// So many questions of each, so that no set outweighs the shop.
const EACH: usize = 100;

/// `policy.json`.
pub(super) fn train(data: &Path, shop: &Path) -> anyhow::Result<String> {
    let entries = ["questions.zh.jsonl", "questions.en.jsonl", "unanswerable.jsonl"];
    let mut asked = sample_shop(shop, &entries)?;
    let mut read_up = asked.clone();
    read_up.extend(sample_shop(shop, &["article-questions.zh.jsonl", "article-questions.en.jsonl"])?);
    for set in SETS {
        asked.extend(one_set(data, set)?);
    }
    let on = format!(
        "dev halves of the sample shop's held-back questions, of {}, of questions without an answer, and questions for other kinds of business; {} questions to entries, {} to articles",
        SETS.join(", "),
        asked.len(),
        read_up.len()
    );
    Ok(serde_json::to_string_pretty(&calibrate(&asked, &read_up, &strangers(shop)?, "1", &on))? + "\n")
}

/// Those of whom the sample shop has never heard, as it will not have heard of most who come.
fn strangers(shop: &Path) -> anyhow::Result<Vec<Tried>> {
    let library = Library::new();
    library.change(&files::knowledge(&knowledge_of(shop))?, &[], 1);
    library.adapt_for_training();
    Ok(later_strangers().filter_map(|question| try_out(&library, question, &[])).collect())
}

fn knowledge_of(shop: &Path) -> [PathBuf; 3] {
    ["knowledge.zh.jsonl", "knowledge.en.jsonl", "articles"].map(|name| shop.join(name))
}

fn sample_shop(shop: &Path, questions: &[&str]) -> anyhow::Result<Vec<Tried>> {
    let knowledge = knowledge_of(shop);
    let questions: Vec<PathBuf> = questions.iter().map(|name| shop.join(name)).collect();
    ask_all(&knowledge, &questions, usize::MAX)
}

fn one_set(data: &Path, set: &str) -> anyhow::Result<Vec<Tried>> {
    let file = |part: &str| data.join(format!("faq_retrieval/{set}.{part}.jsonl.gz"));
    ask_all(&[file("knowledge")], &[file("queries")], EACH)
}

fn ask_all(knowledge: &[PathBuf], questions: &[PathBuf], most: usize) -> anyhow::Result<Vec<Tried>> {
    let library = Library::new();
    library.change(&files::knowledge(knowledge)?, &[], 1);
    library.adapt();
    let questions = files::questions(questions, Split::Dev)?;
    let every = questions.len().div_ceil(most.min(questions.len()).max(1));
    Ok(questions
        .iter()
        .step_by(every)
        .filter_map(|question| try_out(&library, &question.query, &question.relevant))
        .collect())
}
