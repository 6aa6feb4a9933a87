//! Where marks part the clauses of a sentence.

/// A sentence in its clauses, each with the mark that ends it; the comma of 1,000 and the colon of 10:30 end none.
pub(super) fn pieces(sentence: &str) -> Vec<&str> {
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let (mut found, mut begin) = (Vec::new(), 0);
    for (at, c) in sentence.char_indices().filter(|(_, c)| is_clause_end(*c)) {
        let end = at + c.len_utf8();
        let within = digit(sentence[..at].chars().next_back()) && digit(sentence[end..].chars().next());
        if !within {
            found.push(&sentence[begin..end]);
            begin = end;
        }
    }
    found.push(&sentence[begin..]);
    found.retain(|piece| !piece.is_empty());
    found
}

fn is_clause_end(c: char) -> bool {
    matches!(c, ',' | '，' | ':' | '：' | '(' | ')' | '（' | '）' | '—' | '–' | '"' | '“' | '”')
}
