//! What every measurement reports, and how it is printed.

use std::time::{Duration, Instant};

use serde_json::{Map, Value, json};

use crate::say;

/// Times of single items, one thread, wall clock.
#[derive(Default)]
pub(super) struct Times(Vec<Duration>);

impl Times {
    /// Does something and keeps how long it took.
    pub(super) fn of<T>(&mut self, work: impl FnOnce() -> T) -> T {
        let begun = Instant::now();
        let done = work();
        self.0.push(begun.elapsed());
        done
    }

    fn micros(&self, percent: usize) -> Option<u64> {
        let mut sorted = self.0.clone();
        sorted.sort_unstable();
        let at = (sorted.len().checked_sub(1)?) * percent / 100;
        u64::try_from(sorted[at].as_micros()).ok()
    }
}

/// The fields common to all tasks, with the task's own merged in.
pub(super) fn report(task: &str, rows: usize, times: &Times, own: Value) -> Value {
    let mut all = json!({
        "task": task,
        "rows": rows,
        "latency_us": { "p50": times.micros(50), "p99": times.micros(99) },
        "peak_rss_mb": peak_rss_mb(),
    });
    if let (Some(all), Value::Object(own)) = (all.as_object_mut(), own) {
        all.extend(own);
    }
    all
}

/// Prints one JSON object, or a table.
pub(super) fn print(report: &Value, as_json: bool) -> anyhow::Result<()> {
    if as_json {
        return say::line(report);
    }
    print_table(report.as_object().unwrap_or(&Map::new()), "")
}

fn print_table(fields: &Map<String, Value>, prefix: &str) -> anyhow::Result<()> {
    for (name, value) in fields {
        match value {
            Value::Object(inner) => print_table(inner, &format!("{prefix}{name}."))?,
            Value::Number(number) if number.is_f64() => {
                say::line(format_args!(
                    "{:<28} {:>12.4}",
                    format!("{prefix}{name}"),
                    number.as_f64().unwrap_or_default()
                ))?;
            }
            Value::String(text) => say::line(format_args!("{:<28} {text:>12}", format!("{prefix}{name}")))?,
            other => say::line(format_args!("{:<28} {other:>12}", format!("{prefix}{name}")))?,
        }
    }
    Ok(())
}

/// The most memory this process ever held, in MB; null where the system does not say.
fn peak_rss_mb() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    let kilobytes: f64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some((kilobytes / 1024.0 * 10.0).round() / 10.0)
}
