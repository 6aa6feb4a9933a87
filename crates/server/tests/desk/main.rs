//! The desk as a browser without scripts sees it.

mod browser;
mod conversations;
mod door;
mod knowledge;
