//! The program as its owner runs it: commands, servers, crashes, full disks.

#![allow(clippy::unwrap_used, reason = "a test that meets the unexpected has failed")]

mod carrying;
mod commands;
mod crash;
mod data;
mod disk;
mod doubt;
mod measuring;
mod models;
mod publishing;
mod real_data;
mod servers;
mod shop;
mod writers;
