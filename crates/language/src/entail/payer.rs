//! Who pays: the customer, the shop or somebody else.

use super::words;

/// One of three.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Payer {
    Customer,
    Shop,
    Other,
}

const PAYERS: [(Payer, &[&str]); 3] = [
    (
        Payer::Other,
        &["快递", "物流", "承运", "保险", "银行", "平台", "courier", "carrier", "insur", "bank", "platform"],
    ),
    (
        Payer::Customer,
        &[
            "您",
            "你",
            "买家",
            "顾客",
            "客户",
            "收件人",
            "买方",
            "you",
            "customer",
            "buyer",
            "recipient",
            "guest",
        ],
    ),
    (
        Payer::Shop,
        &["我们", "商家", "卖家", "本店", "我方", "店铺", "卖方", "we", "us", "shop", "seller", "store"],
    ),
];

/// Who pays by the sentence, where the source says of payments only that others do.
pub(super) fn other_payer(sentence: &str, source: &str) -> Option<String> {
    let there: Vec<Option<Payer>> = payers(stated(source)).map(|(payer, _)| payer).collect();
    if there.is_empty() || there.contains(&None) {
        return None;
    }
    payers(stated(sentence))
        .find(|(payer, _)| payer.is_some() && !there.contains(payer))
        .map(|(_, said)| said)
}

/// The clauses of what is stated; what is asked tells nothing.
fn stated(text: &str) -> impl Iterator<Item = &str> {
    let spans = words::sentences(text).into_iter().map(|span| &text[span]);
    spans.filter(|said| !words::asks(said)).flat_map(|said| {
        said.split(['。', '，', '；', '！', '？', '\n', ',', ';', '!', '?', ':', '：', '.', '—'])
    })
}

fn payers<'a>(
    clauses: impl Iterator<Item = &'a str> + 'a,
) -> impl Iterator<Item = (Option<Payer>, String)> + 'a {
    clauses.filter_map(|clause| {
        let said = chinese(clause).or_else(|| english(clause))?;
        let payer = PAYERS.iter().find(|(_, words)| words.iter().any(|word| has(&said, word)));
        Some((payer.map(|(payer, _)| *payer), said))
    })
}

/// What stands before 承担, from 由 on where there is one.
fn chinese(clause: &str) -> Option<String> {
    let at = ["承担", "负担"].iter().filter_map(|word| clause.find(word)).min()?;
    let before = &clause[..at];
    Some(before.rsplit_once('由').map_or(before, |(_, payer)| payer).to_owned())
}

/// Three words before "pay", or after "paid by".
fn english(clause: &str) -> Option<String> {
    let words: Vec<&str> = clause.split_whitespace().collect();
    let passive = words.windows(2).position(|pair| ["paid", "borne"].contains(&pair[0]) && pair[1] == "by");
    if let Some(at) = passive {
        return Some(words[at + 2..words.len().min(at + 5)].join(" "));
    }
    let at = words.iter().position(|word| ["pay", "pays", "bear", "bears"].contains(word))?;
    Some(words[at.saturating_sub(3)..at].join(" "))
}

fn has(text: &str, word: &str) -> bool {
    if !word.is_ascii() {
        return text.contains(word);
    }
    let fits = |said: &str| if word.len() < 4 { said == word } else { said.starts_with(word) };
    text.split(|c: char| !c.is_ascii_alphabetic()).any(fits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_pays_is_told_apart() {
        let source = "质量问题的运费由我们承担。\nCustoms duty is paid by the recipient.";
        let other =
            |sentence: &str, source: &str| other_payer(&sentence.to_lowercase(), &source.to_lowercase());
        for lie in ["运费由快递公司承担。", "the courier pays the duty."] {
            assert!(other(lie, source).is_some(), "{lie}");
        }
        for truth in ["运费我们承担。", "The recipient has to pay customs duty.", "我们负责维修。"]
        {
            assert_eq!(other(truth, source), None, "{truth}");
        }
        assert!(other("We pay the duty.", "Customs duty is paid by the recipient.").is_some());
        assert_eq!(other("We pay the duty.", "It pays up to 12."), None, "it is not known who it is");
    }
}
