//! Looks.
fn main() {
    let paths: Vec<_> = std::env::args().skip(1).map(Into::into).collect();
    let h = knowledge::import::read(&paths, domain::Timestamp::UNIX_EPOCH).unwrap();
    for e in &h.entries {
        for t in e.texts.values() {
            println!("=== {} | {}\n{}", e.id, t.title, t.answer);
        }
    }
    for r in &h.rejected {
        println!("!! {r}");
    }
}
