//! A browser at the desk: it keeps the cookie, finds the form token in the page and follows redirects.

use domain::Role;
use testkit::{Answer, Http, TestServer};

/// Somebody's browser.
pub(crate) struct Browser {
    http: Http,
    pub(crate) cookie: String,
    pub(crate) form_token: String,
}

/// A colleague with this role, signed in.
pub(crate) async fn signed_in(server: &TestServer, name: &str, role: Role) -> Browser {
    let reception = &server.desk.reception;
    let owner = reception.owner_link("店主").await.expect("there is an owner");
    let path = if role == Role::Owner {
        owner.path
    } else {
        let secret =
            reception.sign_in(token(&owner.path)).await.expect("read").expect("the link holds").secret;
        let owner = reception.agent_of(&secret).await.expect("read").expect("the session holds");
        owner.invite(name, role).await.expect("a colleague is taken on").path
    };
    Browser::by_link(server, &path).await
}

pub(crate) fn token(link: &str) -> &str {
    link.split_once("token=").expect("a link has a token").1
}

impl Browser {
    /// Nobody has signed in.
    pub(crate) fn stranger(server: &TestServer) -> Self {
        Self { http: server.http(), cookie: String::new(), form_token: String::new() }
    }

    /// Presses the button of a sign-in link.
    pub(crate) async fn by_link(server: &TestServer, link: &str) -> Self {
        let mut browser = Self::stranger(server);
        let answer = browser.send("/desk/sign-in", &[("token", token(link))]).await;
        assert_eq!((answer.status, answer.header("location")), (303, Some("/desk")), "{}", answer.text());
        let cookie = answer.header("set-cookie").expect("a cookie is set");
        browser.cookie = cookie.split(';').next().expect("a value").to_owned();
        let page = browser.get("/desk").await.text();
        let (_, rest) = page.split_once("data-form-token=\"").expect("the page has the form token");
        rest.split('"').next().expect("a value").clone_into(&mut browser.form_token);
        browser
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        let headers = [("cookie", self.cookie.as_str()), ("accept-language", "zh-CN")];
        self.http.request("GET", path, &headers, b"").await.expect("an answer")
    }

    /// A page that must be there.
    pub(crate) async fn page(&self, path: &str) -> String {
        let answer = self.get(path).await;
        assert_eq!(answer.status, 200, "{path}: {}", answer.text());
        answer.text()
    }

    /// Sends a form with its token.
    pub(crate) async fn send(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let token = [("form_token", self.form_token.as_str())];
        self.post(path, &[], &[token.as_slice(), fields].concat()).await
    }

    /// Sends exactly this.
    pub(crate) async fn post(&self, path: &str, more: &[(&str, &str)], fields: &[(&str, &str)]) -> Answer {
        let kind = ("content-type", "application/x-www-form-urlencoded");
        let headers =
            [&[("cookie", self.cookie.as_str()), ("accept-language", "zh-CN"), kind], more].concat();
        let body: Vec<String> =
            fields.iter().map(|(name, value)| format!("{name}={}", encoded(value))).collect();
        self.http.request("POST", path, &headers, body.join("&").as_bytes()).await.expect("an answer")
    }

    /// Sends a body of this kind.
    pub(crate) async fn raw(&self, path: &str, kind: &str, body: &str) -> Answer {
        let headers =
            [("cookie", self.cookie.as_str()), ("accept-language", "zh-CN"), ("content-type", kind)];
        self.http.request("POST", path, &headers, body.as_bytes()).await.expect("an answer")
    }

    /// Sends a form and opens the page that it leads to.
    pub(crate) async fn submit(&self, path: &str, fields: &[(&str, &str)]) -> String {
        let answer = self.send(path, fields).await;
        assert_eq!(answer.status, 303, "{path}: {}", answer.text());
        self.page(answer.header("location").expect("a redirect leads somewhere")).await
    }
}

fn encoded(text: &str) -> String {
    use std::fmt::Write;
    text.bytes().fold(String::new(), |mut out, byte| {
        let _ = write!(out, "%{byte:02X}");
        out
    })
}
