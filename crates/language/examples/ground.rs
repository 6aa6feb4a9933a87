use std::collections::BTreeMap;
fn main() {
    let args: Vec<String> = std::env::args().collect();
    let model = language::entail::Model::from_bytes(&std::fs::read(&args[1]).unwrap()).unwrap();
    let show = args.len() > 3;
    let mut probs: Vec<(u64, f32)> = Vec::new();
    let mut by: BTreeMap<String, [usize; 2]> = BTreeMap::new();
    for line in std::fs::read_to_string(&args[2]).unwrap().lines() {
        let row: serde_json::Value = serde_json::from_str(line).unwrap();
        let (sentence, source, label) = (
            row["sentence"].as_str().unwrap(),
            row["source"].as_str().unwrap(),
            row["label"].as_u64().unwrap(),
        );
        let source_read = language::entail::Source::read(source);
        let c = model.compare(sentence, &source_read);
        let promises = language::entail::BINDING.iter().any(|x| c.promises & x.bit() > 0);
        let why = if language::entail::says_nothing(sentence) {
            ""
        } else if promises {
            "promise"
        } else if !c.quantities.is_empty() {
            "number"
        } else if !c.names.is_empty() {
            "name"
        } else if c.payer.is_some() {
            "payer"
        } else if c.excepted.is_some() {
            "excepted"
        } else if c.probability < model.line() {
            if c.denied { "negation" } else { "meaning" }
        } else {
            ""
        };
        probs.push((label, if why.is_empty() || why == "meaning" || why == "negation" { c.probability } else { 0.0 }));
        let wrong = (label == 1) != why.is_empty();
        for key in [
            format!("{label} all"),
            format!("{} {label} all", row["lang"].as_str().unwrap_or("")),
            format!("{label} {}", row["kind"].as_str().unwrap_or("")),
        ] {
            let e = by.entry(key).or_default();
            e[0] += 1;
            e[1] += usize::from(wrong);
        }
        if wrong && show {
            println!(
                "{label} {} [{why} {:.3}] {sentence:?} of {source:?}",
                row["kind"].as_str().unwrap_or(""),
                c.probability
            );
        }
    }
    for t in [0.2f32, 0.27, 0.33, 0.4, 0.45, 0.5, 0.55, 0.6, 0.7] {
        let cut = probs.iter().filter(|(l, p)| *l == 1 && *p < t).count() as f64 / probs.iter().filter(|x| x.0 == 1).count() as f64;
        let pass = probs.iter().filter(|(l, p)| *l == 0 && *p >= t).count() as f64 / probs.iter().filter(|x| x.0 == 0).count() as f64;
        println!("t {t}: lies pass {:.1}% true cut {:.1}%", 100.0 * pass, 100.0 * cut);
    }
    for (k, [n, w]) in by {
        println!("{k:<24} {w:>4}/{n:<5} {:.1}%", 100.0 * w as f64 / n as f64);
    }
}
