//! Customers of another desk, in the files that `frontdesk export customers` writes.

use std::{
    fs::File,
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
};

use domain::{CustomerFile, Lang};
use reception::TakenIn;
use serde_json::{Value, json};

use crate::{commands::files, desk::Desk};

/// So many go in one request.
const AT_ONCE: usize = 500;
/// The first line of such a file is no longer, in bytes.
const LINE: u64 = 1 << 20;

/// What the files hold.
pub(super) struct People(Vec<CustomerFile>);

/// What became of them.
pub(super) enum Outcome {
    /// Nothing was changed.
    Found(usize),
    Taken(TakenIn),
}

/// Whether this is a file of customers: its first line says so.
pub(super) fn are_in(path: &Path) -> bool {
    if path.extension().is_none_or(|extension| extension != "jsonl") {
        return false;
    }
    let Ok(file) = File::open(path) else { return false };
    let mut line = String::new();
    let read = BufReader::new(std::io::Read::take(file, LINE)).read_line(&mut line);
    let first: Option<Value> = read.ok().and_then(|_| serde_json::from_str(&line).ok());
    first.is_some_and(|first| first["customer"]["id"].is_string() && first["profile"].is_object())
}

/// Reads those of the files that hold customers.
pub(super) fn read(paths: &[PathBuf]) -> anyhow::Result<People> {
    let mut all = Vec::new();
    for path in paths.iter().filter(|path| are_in(path)) {
        all.extend(files::json_lines::<CustomerFile>(path, "{\"customer\", \"senders\", \"profile\"}")?);
    }
    Ok(People(all))
}

impl People {
    /// Takes them in; `None` if there are none.
    pub(super) async fn come_in(mut self, desk: &Desk, only_look: bool) -> anyhow::Result<Option<Outcome>> {
        if self.0.is_empty() {
            return Ok(None);
        }
        if only_look {
            return Ok(Some(Outcome::Found(self.0.len())));
        }
        let mut sum = TakenIn::default();
        while !self.0.is_empty() {
            let rest = self.0.split_off(self.0.len().min(AT_ONCE));
            let taken = desk.take_in_customers(std::mem::replace(&mut self.0, rest)).await?;
            sum.new += taken.new;
            sum.known += taken.known;
            sum.left_out += taken.left_out;
        }
        Ok(Some(Outcome::Taken(sum)))
    }
}

impl Outcome {
    pub(super) fn json(&self) -> Value {
        match self {
            Self::Found(count) => json!({ "found": count }),
            Self::Taken(taken) => json!(taken),
        }
    }

    /// In one line.
    pub(super) fn told(&self, lang: Lang) -> String {
        match self {
            Self::Found(count) => lang.pick(
                format!("客户：找到 {count} 位，没有收入"),
                format!("customers: {count} found, not taken in"),
            ),
            Self::Taken(TakenIn { new, known, left_out }) => lang.pick(
                format!("客户：新增 {new} 位，已有 {known} 位，{left_out} 位在这里已被遗忘，没有收入"),
                format!(
                    "customers: {new} new, {known} known, {left_out} left out because they were forgotten here"
                ),
            ),
        }
    }
}
