//! Cells: lists in one cell, and formulas made harmless. What goes out here comes in again.

/// What separates the phrasings of a cell that has one line.
pub(super) const PHRASINGS: &[char] = &['|', '｜', '；', ';'];
/// What separates the tags of a cell that has one line.
pub(super) const TAGS: &[char] = &['|', '｜', '；', ';', ',', '，', '、'];

/// The parts of a cell: its lines, or, where it has one line, what stands between separators.
pub(super) fn split(cell: &str, separators: &[char]) -> Vec<String> {
    let trimmed = |parts: &mut dyn Iterator<Item = &str>| {
        parts.map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect()
    };
    if cell.contains('\n') { trimmed(&mut cell.lines()) } else { trimmed(&mut cell.split(separators)) }
}

/// A cell that [`split`] takes apart again, whatever the separators.
pub(crate) fn join(parts: &[String]) -> String {
    let lines: Vec<String> = parts.iter().map(|part| part.replace('\n', " ")).collect();
    // The line break tells `split` that separators inside a single part are text.
    if lines.len() == 1 { format!("{}\n", lines[0]) } else { lines.join("\n") }
}

/// A cell that no spreadsheet takes for a formula: `'` in front of `=`, `+`, `-`, `@`.
pub(crate) fn neutralise(cell: &str) -> String {
    if is_formula(cell.trim_start_matches('\'')) { format!("'{cell}") } else { cell.to_owned() }
}

/// The cell before [`neutralise`].
pub(super) fn restore(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if is_formula(rest.trim_start_matches('\'')) => rest,
        _ => cell,
    }
}

fn is_formula(cell: &str) -> bool {
    cell.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠', '\t', '\r'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_harmless_and_come_back() {
        for cell in ["=1+1", "'=1", "- a list", "'quoted'", "''+1", "@SUM", "plain", "", "＝1", "'"] {
            let out = neutralise(cell);
            assert!(!is_formula(&out), "{out}");
            assert_eq!(restore(&out), cell);
        }
    }

    #[test]
    fn one_line_is_split_at_separators_several_are_not() {
        assert_eq!(split("怎么退|如何退；退货;退款", PHRASINGS), ["怎么退", "如何退", "退货", "退款"]);
        assert_eq!(split("a|b\r\n\r\n c ", PHRASINGS), ["a|b", "c"]);
        let one = vec!["yes|no".to_owned()];
        assert_eq!(split(&join(&one), PHRASINGS), one);
    }
}
