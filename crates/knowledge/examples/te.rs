fn main() {
    let args: Vec<String> = std::env::args().collect();
    let found =
        knowledge::train::grounded::grounded(std::path::Path::new("/work/shared/data"), false).unwrap();
    let rows = language::train::entail::plant(&found.documents, &found.judged);
    let (model, report) = language::train::entail::train(&rows);
    eprint!("{report}");
    std::fs::write(&args[1], &model).unwrap();
}
