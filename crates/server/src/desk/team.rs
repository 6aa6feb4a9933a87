//! Colleagues: who they are, what they may do, how they come in.

use askama::Template;
use axum::{
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Redirect, Response},
};
use domain::{AgentId, Role};
use reception::{AgentView, SignInLink, StaffError};
use serde::Deserialize;

use super::{
    Frame, part,
    refusal::{Page, Refusal},
    session::{Nothing, SignedIn, Submitted},
    settings,
    words::{Words, fill},
};
use crate::state::App;

#[derive(Template)]
#[template(path = "desk/team.html")]
struct TeamPage {
    frame: Frame,
    colleagues: Vec<Colleague>,
    roles: [(&'static str, &'static str); 3],
    /// For whom the link is, and the link.
    link: Option<(String, String)>,
    problem: Option<&'static str>,
}

struct Colleague {
    part: String,
    name: String,
    role: &'static str,
    me: bool,
}

/// `GET /desk/team`
pub(super) async fn page(SignedIn(view): SignedIn) -> Result<Response, Refusal> {
    show(&view, None, None, StatusCode::OK).await
}

async fn show(
    view: &AgentView,
    link: Option<(String, String)>,
    problem: Option<&'static str>,
    status: StatusCode,
) -> Result<Response, Refusal> {
    if !view.agent().role.manages() {
        return Err(Refusal::forbidden());
    }
    let frame = Frame::of(view, "team").await?;
    let roles = [
        (Role::Agent.name(), frame.w.role_agent),
        (Role::Editor.name(), frame.w.role_editor),
        (Role::Owner.name(), frame.w.role_owner),
    ];
    let role =
        |role: Role| roles.iter().find(|(name, _)| *name == role.name()).map_or("", |(_, words)| *words);
    let colleague = |agent: domain::Agent| Colleague {
        part: part(agent.id.as_str()),
        me: agent.id == view.agent().id,
        role: role(agent.role),
        name: agent.name,
    };
    let colleagues = view.colleagues().await?.into_iter().map(colleague).collect();
    Ok((status, Page(TeamPage { frame, colleagues, roles, link, problem })).into_response())
}

#[derive(Deserialize)]
pub(super) struct Invited {
    name: String,
    role: String,
}

/// `POST /desk/team`: the answer shows the link, once.
pub(super) async fn invite(
    State(app): State<App>,
    headers: HeaderMap,
    Submitted { view, fields }: Submitted<Invited>,
) -> Result<Response, Refusal> {
    let w = Words::of(view.agent().lang);
    match view.invite(&fields.name, Role::from_name(&fields.role).unwrap_or(Role::Agent)).await {
        Ok(link) => given(&app, &headers, &view, &link).await,
        Err(StaffError::BadName) => show(&view, None, Some(w.bad_name), StatusCode::BAD_REQUEST).await,
        Err(error) => Err(error.into()),
    }
}

/// `POST /desk/team/{id}/link`
pub(super) async fn new_link(
    State(app): State<App>,
    headers: HeaderMap,
    Path(id): Path<AgentId>,
    Submitted { view, .. }: Submitted<Nothing>,
) -> Result<Response, Refusal> {
    let link = view.invite_again(&id).await?;
    given(&app, &headers, &view, &link).await
}

async fn given(
    app: &App,
    headers: &HeaderMap,
    view: &AgentView,
    link: &SignInLink,
) -> Result<Response, Refusal> {
    let w = Words::of(view.agent().lang);
    let name = view.colleagues().await?.into_iter().find(|agent| agent.id == link.agent);
    let name = name.map(|agent| agent.name).unwrap_or_default();
    let address = format!("{}{}", settings::origin(app, headers), link.path);
    show(view, Some((fill(w.link_for, &[&name]), address)), None, StatusCode::OK).await
}

/// `POST /desk/team/{id}/let-go`
pub(super) async fn let_go(
    Path(id): Path<AgentId>,
    Submitted { view, .. }: Submitted<Nothing>,
) -> Result<Response, Refusal> {
    match view.let_go(&id).await {
        Ok(()) => Ok(Redirect::to("/desk/team").into_response()),
        Err(StaffError::LastOwner) => {
            let problem = Words::of(view.agent().lang).last_owner;
            show(&view, None, Some(problem), StatusCode::CONFLICT).await
        }
        Err(error) => Err(error.into()),
    }
}
