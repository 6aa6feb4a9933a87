//! What happens at the desk, told as stories and as laws.

mod acts;
mod deliveries;
mod hand_over;
mod laws;
mod log;
mod race;
mod turns;
mod waiting;
