//! What was measured, as a table for people or one JSON object for programs.

use serde_json::{Value, json};

/// The results so far.
pub(crate) struct Table {
    machine: String,
    rows: Vec<Row>,
}

struct Row {
    what: String,
    wanted: String,
    measured: String,
    value: f64,
    met: bool,
}

impl Table {
    pub(crate) fn on(machine: String) -> Self {
        Self { machine, rows: Vec::new() }
    }

    /// A figure that should be at most so large; without a limit, it is only told.
    pub(crate) fn at_most(&mut self, what: &str, limit: f64, value: f64, unit: &str) {
        self.add(what, '≤', limit, value, unit, value <= limit);
    }

    /// A figure that should be at least so large.
    pub(crate) fn at_least(&mut self, what: &str, limit: f64, value: f64, unit: &str) {
        self.add(what, '≥', limit, value, unit, value >= limit);
    }

    fn add(&mut self, what: &str, sign: char, limit: f64, value: f64, unit: &str, met: bool) {
        eprintln!("  {what}: {} {unit}", short(value));
        self.rows.push(Row {
            what: what.to_owned(),
            wanted: if limit.is_finite() {
                format!("{sign} {} {unit}", short(limit))
            } else {
                "–".to_owned()
            },
            measured: format!("{} {unit}", short(value)),
            value,
            met,
        });
    }

    pub(crate) fn all_met(&self) -> bool {
        !self.rows.is_empty() && self.rows.iter().all(|row| row.met)
    }

    pub(crate) fn print(&self, as_json: bool) {
        if as_json {
            let rows: Vec<Value> = self.rows.iter().map(Row::to_json).collect();
            println!("{}", json!({ "machine": self.machine, "rows": rows, "all_met": self.all_met() }));
            return;
        }
        let wide =
            |text: fn(&Row) -> &str| self.rows.iter().map(|row| text(row).chars().count()).max().unwrap_or(0);
        let (what, wanted, measured) =
            (wide(|row| &row.what), wide(|row| &row.wanted), wide(|row| &row.measured));
        println!("| {:what$} | {:wanted$} | {:>measured$} | met |", "what", "figure", "measured");
        println!("| {:-<what$} | {:-<wanted$} | {:->measured$} | --- |", "", "", "");
        for row in &self.rows {
            let met = if row.met { "yes" } else { "NO" };
            println!(
                "| {:what$} | {:wanted$} | {:>measured$} | {met:3} |",
                row.what, row.wanted, row.measured
            );
        }
        println!("\nMeasured on: {}.", self.machine);
    }
}

impl Row {
    fn to_json(&self) -> Value {
        json!({ "what": self.what, "wanted": self.wanted, "measured": self.value, "met": self.met })
    }
}

/// As many digits as matter.
fn short(value: f64) -> String {
    match value.abs() {
        0.0 => "0".to_owned(),
        large if large >= 100.0 => format!("{value:.0}"),
        middling if middling >= 10.0 => format!("{value:.1}"),
        _ => format!("{value:.2}").trim_end_matches('0').trim_end_matches('.').to_owned(),
    }
}
