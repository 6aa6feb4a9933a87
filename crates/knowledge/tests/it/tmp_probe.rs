//! tmp
use crate::planting::{sample, third};
use knowledge::Library;
#[test]
fn probe() {
    let mut shop = sample("2026-10-15T08:00:00Z".parse().unwrap());
    third::TRAPS.iter().for_each(|t| t.apply(&mut shop));
    for p in third::PLANTS { p.sow(&mut shop); }
    let library = Library::new();
    library.change(&shop, &[], 1);
    for entry in shop.iter().filter(|e| e.id.as_str().starts_with("x-") || e.id.as_str().starts_with("n-")) {
        for (lang, text) in entry.texts.iter() {
            let o = library.others(&text.title, *lang, &entry.id);
            let o: Vec<String> = o.iter().take(3).map(|(id, p)| format!("{id} {p:.2}")).collect();
            println!("{} {lang:?} {} -> {}", entry.id, text.title, o.join(", "));
        }
    }
    for (id, lang, q) in [("exchange", domain::Lang::Zh, "手机号换了，怎么改绑定"), ("member-upgrade", domain::Lang::En, "which light bulb fits your lamps"), ("points-earn", domain::Lang::En, "who pays customs on a parcel sent abroad")] {
        let o = library.others(q, lang, &id.into());
        let o: Vec<String> = o.iter().take(3).map(|(id, p)| format!("{id} {p:.2}")).collect();
        println!("{id} {q} -> {}", o.join(", "));
    }
}
