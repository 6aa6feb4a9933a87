//! Learns `models/rank.json`: `cargo run --release -p knowledge --example train_rank -- DATA_DIR [SHOP_DIR] > rank.json`

use std::path::Path;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [data, shop @ ..] = args.as_slice() else {
        return Err("usage: train_rank DATA_DIR [SHOP_DIR]".into());
    };
    if shop.first().is_some_and(|word| word == "usual") {
        print!("{}", knowledge::train::usual(Path::new(data))?);
        return Ok(());
    }
    print!("{}", knowledge::train::rank(Path::new(data), shop.first().map(Path::new))?);
    Ok(())
}
