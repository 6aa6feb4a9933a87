//! The desk: pages for people.
//!
//! A page is a struct and a template; every link and form works without a script. With the script the same
//! addresses are fetched again and the part that changed is taken from the page (`#desk`, `#inbox`,
//! `#entries`), so there is one way to draw each thing. Everything read and done goes through the
//! [`reception::AgentView`] of who is signed in.

mod about;
mod acts;
mod advice;
mod check_up;
mod drafts;
mod duties;
mod entry;
mod explain;
mod going;
mod import;
mod inbox;
mod intents;
mod knowledge;
mod known;
mod lessons;
mod live;
mod models;
mod products;
mod refusal;
mod session;
mod settings;
mod sources;
mod talk;
mod team;
mod test_questions;
mod times;
mod tree;
mod versions;
mod waits;
mod words;
mod worth;

use axum::{
    Router,
    extract::DefaultBodyLimit,
    middleware,
    routing::{any, get, post},
};
use domain::Lang;
use reception::{AgentView, Listing};

pub(crate) use self::settings::origin;
use self::{refusal::Refusal, words::Words};
use crate::state::App;

/// All paths below `/desk`.
pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/desk", get(inbox::page))
        .route("/desk/sign-in", get(session::offer).post(session::sign_in))
        .route("/desk/sign-out", post(session::sign_out))
        .route("/desk/events", get(live::events))
        .route("/desk/conversations/{id}", get(inbox::conversation))
        .route("/desk/conversations/{id}/take-over", post(acts::take_over))
        .route("/desk/conversations/{id}/give-back", post(acts::give_back))
        .route("/desk/conversations/{id}/close", post(acts::close))
        .route("/desk/conversations/{id}/reply", post(acts::reply))
        .route("/desk/conversations/{id}/typing", post(acts::typing))
        .route("/desk/messages/{id}/again", post(acts::send_again))
        .route("/desk/messages/{id}/arrived", post(acts::arrived))
        .route("/desk/proposals/{id}/send", post(waits::send))
        .route("/desk/proposals/{id}/discard", post(waits::discard))
        .route("/desk/calls/{id}/{act}", post(waits::decide))
        .route("/desk/customers/{id}", get(known::page).post(known::correct))
        .route("/desk/customers/{id}/facts/{name}/erase", post(known::erase))
        .route("/desk/customers/{id}/forget", post(known::forget))
        .route("/desk/duty", get(duties::page).post(duties::set))
        .route("/desk/knowledge", get(knowledge::page))
        .route("/desk/knowledge/new", get(entry::new).post(entry::create))
        .route("/desk/knowledge/preview", post(entry::preview))
        .route("/desk/knowledge/{id}", get(entry::page).post(entry::save))
        .route("/desk/knowledge/{id}/remove", post(entry::remove))
        .route("/desk/knowledge/{id}/versions", get(versions::of_entry))
        .route("/desk/knowledge/{id}/return", post(versions::entry_back))
        .route("/desk/drafts", get(drafts::page))
        .route("/desk/drafts/check", post(drafts::check))
        .route("/desk/drafts/publish", post(drafts::publish))
        .route("/desk/drafts/one/{id}", get(drafts::one))
        .route("/desk/drafts/one/{id}/submit", post(drafts::submit))
        .route("/desk/drafts/one/{id}/back", post(drafts::back))
        .route("/desk/drafts/one/{id}/discard", post(drafts::discard))
        .route("/desk/tests", get(test_questions::page).post(test_questions::add))
        .route("/desk/tests/remove", post(test_questions::remove))
        .route("/desk/tests/check", post(test_questions::check))
        .route("/desk/tests/forget", post(lessons::forget))
        .route("/desk/versions", get(versions::page))
        .route("/desk/versions/{version}", get(versions::one))
        .route("/desk/versions/{version}/return", post(versions::all_back))
        .route("/desk/sources", get(sources::page))
        .route("/desk/sources/{name}", get(sources::one))
        .route("/desk/sources/{name}/sync", post(sources::sync))
        .route(
            "/desk/import",
            get(import::page).post(import::choose).layer(DefaultBodyLimit::max(import::FORM)),
        )
        .route("/desk/import/{id}", get(import::look).post(import::confirm))
        .route("/desk/check-up", get(check_up::page))
        .route("/desk/check-up/links", post(check_up::try_links))
        .route("/desk/check-up/{key}/settle", post(check_up::settle))
        .route("/desk/check-up/{key}/fix", post(check_up::fix))
        .route("/desk/check-up/{key}/reopen", post(check_up::reopen))
        .route("/desk/intents", get(intents::page).post(intents::create))
        .route("/desk/intents/{name}", get(intents::one).post(intents::add))
        .route("/desk/intents/{name}/remove", post(intents::remove))
        .route(
            "/desk/products",
            get(products::page).post(products::import).layer(DefaultBodyLimit::max(import::FORM)),
        )
        .route(
            "/desk/products/orders",
            post(products::import_orders).layer(DefaultBodyLimit::max(import::FORM)),
        )
        .route("/desk/products/{id}", get(products::one).post(products::save))
        .route("/desk/products/{id}/remove", post(products::remove))
        .route("/desk/advice", get(advice::page).post(advice::save))
        .route("/desk/team", get(team::page).post(team::invite))
        .route("/desk/team/{id}/link", post(team::new_link))
        .route("/desk/team/{id}/let-go", post(team::let_go))
        .route("/desk/settings", get(settings::page))
        .route("/desk/settings/language", post(settings::language))
        .route("/desk/{*rest}", any(refusal::nothing_here))
        .layer(middleware::from_fn(refusal::as_pages))
}

/// What surrounds every page of someone who is signed in.
struct Frame {
    w: &'static Words,
    lang: Lang,
    /// The place in the menu.
    here: &'static str,
    me: String,
    form_token: String,
    edits: bool,
    manages: bool,
    /// How many customers wait for a person.
    waiting: u64,
}

impl Frame {
    async fn of(view: &AgentView, here: &'static str) -> Result<Self, Refusal> {
        let agent = view.agent();
        Ok(Self {
            w: Words::of(agent.lang),
            lang: agent.lang,
            here,
            me: agent.name.clone(),
            form_token: view.form_token().to_owned(),
            edits: agent.role.edits_knowledge(),
            manages: agent.role.manages(),
            waiting: view.count(Listing::Waiting).await?,
        })
    }

    /// The number before the title; empty when nobody waits.
    fn badge(&self) -> String {
        if self.waiting > 0 { format!("({}) ", self.waiting) } else { String::new() }
    }
}

/// Text as one part of an address: ids are the owner's own and may hold anything.
fn part(text: &str) -> String {
    use std::fmt::Write;
    text.bytes().fold(String::with_capacity(text.len()), |mut out, byte| {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
        out
    })
}

/// A probability as people read it: whole per cents, and never a certainty it does not have.
fn percent(probability: f32) -> String {
    match probability * 100.0 {
        p if p > 99.0 && probability < 1.0 => ">99%".to_owned(),
        p if p < 1.0 && probability > 0.0 => "<1%".to_owned(),
        p => format!("{p:.0}%"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_with_anything_in_it_fits_an_address() {
        assert_eq!(part("退货/a b?"), "%E9%80%80%E8%B4%A7%2Fa%20b%3F");
    }

    #[test]
    fn a_probability_claims_no_more_than_it_knows() {
        assert_eq!([0.0, 0.004, 0.5, 0.996, 1.0].map(percent), ["0%", "<1%", "50%", ">99%", "100%"]);
    }
}
