//! A new migration alone makes the crate compile again.

fn main() {
    println!("cargo:rerun-if-changed=migrations");
}
