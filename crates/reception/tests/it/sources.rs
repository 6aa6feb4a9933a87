//! Websites as sources of knowledge: read, read again, and told how every document stands.

use std::{collections::BTreeMap, fmt::Write};

use domain::{Clock, Entry, Lang};
use reception::{JobKind, Page, SourceState};
use store::{NewJob, prelude::*};
use testkit::{Site, TestDesk};

async fn read_again(desk: &TestDesk) -> SourceState {
    let now = desk.clock.now();
    desk.store.enqueue(NewJob { kind: JobKind::Sync, key: "help".to_owned(), due: now }).await.unwrap();
    assert_eq!(desk.reception.work_off(JobKind::Sync).await, 1);
    state(desk).await
}

async fn state(desk: &TestDesk) -> SourceState {
    desk.reception.operator().sources().await.unwrap().remove(0)
}

/// Path, status and notes of each document.
async fn documents(desk: &TestDesk, site: &Site) -> BTreeMap<String, (String, String)> {
    let page = Page { after: None, limit: 100 };
    let rows = desk.reception.operator().documents("help", &page).await.unwrap();
    let (base, host) = (site.url(""), site.url("").replace("http://", ""));
    let told = |text: String| text.replace(&base, "").replace(&host, "HOST");
    rows.into_iter().map(|row| (told(row.address), (row.status, told(row.detail.en)))).collect()
}

async fn entries(desk: &TestDesk) -> Vec<Entry> {
    desk.store.entries_after(None, 100).await.unwrap()
}

fn text(entry: &Entry) -> &domain::EntryText {
    entry.texts.values().next().unwrap()
}

fn numbers(state: &SourceState) -> [u64; 4] {
    let counts = &state.run.as_ref().unwrap().counts;
    ["new", "changed", "unchanged", "removed"].map(|name| counts[name].as_u64().unwrap())
}

/// A site with two pages, read once.
async fn shop() -> (Site, TestDesk) {
    let site = Site::open().await;
    site.page(
        "/returns",
        "<main><h1>退货</h1><p>七天内可退。</p><h2 id=\"fee\">谁付运费？</h2><p>质量问题我们付。</p></main>",
    );
    site.page("/ship", "<h1>配送</h1><p>两天到。</p>");
    site.sitemap("/sitemap.xml", &["/returns", "/ship"]);
    let desk = TestDesk::with().source("help", &site.url("/sitemap.xml")).open().await;
    assert_eq!(numbers(&read_again(&desk).await), [2, 0, 0, 0]);
    (site, desk)
}

#[tokio::test]
async fn a_site_is_read_and_its_answers_lead_back_to_it() {
    let (site, desk) = shop().await;
    assert_eq!(site.asked(), ["/robots.txt", "/sitemap.xml", "/returns", "/ship"]);
    let found =
        desk.assistant_library()
            .search(&knowledge::Query { text: "退货谁付运费", lang: Lang::Zh, limit: 3 });
    assert_eq!(found[0].title.as_str(), "谁付运费？");
    let entry = desk.assistant_library().entry(&found[0].entry).unwrap();
    assert_eq!(entry.source, site.url("/returns"));
}

#[tokio::test]
async fn a_second_visit_asks_only_for_what_changed_and_changes_only_that() {
    let (site, desk) = shop().await;
    site.asked();
    let version = desk.store.knowledge_version().await.unwrap();
    assert_eq!(numbers(&read_again(&desk).await), [0, 0, 2, 0]);
    assert_eq!(site.asked(), ["/robots.txt", "/sitemap.xml", "/returns 304", "/ship 304"]);
    assert_eq!(desk.store.knowledge_version().await.unwrap(), version);

    site.page("/ship", "<h1>配送</h1><p>明天到。</p>");
    assert_eq!(numbers(&read_again(&desk).await), [0, 1, 1, 0]);
    let now = entries(&desk).await;
    assert!(now.iter().any(|entry| text(entry).answer == "明天到。"));
}

#[tokio::test]
async fn what_people_wrote_survives_and_a_conflict_is_told() {
    let (site, desk) = shop().await;
    let mut ship = entries(&desk).await.into_iter().find(|entry| text(entry).title == "配送").unwrap();
    let mine = ship.texts.get_mut(&Lang::Zh).unwrap();
    mine.phrasings.push("多久能到".to_owned());
    mine.answer = "两天到，偏远地区五天。".to_owned();
    ship.source = "desk:小王".to_owned();
    desk.store.write_entries(&[ship.clone()], &[], "小王", desk.clock.now()).await.unwrap();
    desk.assistant_library().change(&[ship.clone()], &[], desk.store.knowledge_version().await.unwrap());

    site.page("/ship", "<h1>配送与签收</h1><p>两天到。</p>");
    read_again(&desk).await;
    let kept = desk.store.entry(&ship.id).await.unwrap().unwrap();
    assert_eq!(
        (text(&kept).title.as_str(), text(&kept).answer.as_str()),
        ("配送与签收", "两天到，偏远地区五天。")
    );
    assert_eq!(text(&kept).phrasings, ["多久能到"]);
    assert_eq!(kept.source, site.url("/ship"), "customers are still led to the page");
    assert_eq!(documents(&desk, &site).await["/ship"], ("read".to_owned(), String::new()));

    site.page("/ship", "<h1>配送与签收</h1><p>三天到。</p>");
    read_again(&desk).await;
    assert_eq!(text(&desk.store.entry(&ship.id).await.unwrap().unwrap()).answer, "两天到，偏远地区五天。");
    assert_eq!(documents(&desk, &site).await["/ship"], ("read".to_owned(), "kept: zh.answer".to_owned()));

    site.vanish("/ship");
    read_again(&desk).await;
    assert!(desk.store.entry(&ship.id).await.unwrap().is_some(), "edited, therefore kept");
    assert_eq!(documents(&desk, &site).await["/ship"].0, "missing");
}

#[tokio::test]
async fn what_was_removed_here_is_not_brought_back_and_what_is_gone_there_goes() {
    let (site, desk) = shop().await;
    let returns = entries(&desk).await.into_iter().find(|entry| text(entry).title == "退货").unwrap();
    desk.store.write_entries(&[], std::slice::from_ref(&returns.id), "小王", desk.clock.now()).await.unwrap();
    desk.assistant_library().change(
        &[],
        std::slice::from_ref(&returns.id),
        desk.store.knowledge_version().await.unwrap(),
    );
    site.page("/returns", "<h1>退货</h1><p>十五天。</p>");
    site.sitemap("/sitemap.xml", &["/returns"]);
    assert_eq!(numbers(&read_again(&desk).await), [0, 0, 0, 1]);
    assert_eq!(entries(&desk).await, []);
    let documents = documents(&desk, &site).await;
    assert_eq!(documents.len(), 1);
    assert!(documents["/returns"].1.starts_with("removed_here: web-returns-"), "{documents:?}");
}

#[tokio::test]
async fn every_document_tells_the_truth() {
    let site = Site::open().await;
    site.file("/robots.txt", "text/plain", b"User-agent: *\nDisallow: /intern");
    site.page("/ok", "<h1>Fine</h1><p>Some text.</p>");
    site.page("/intern/x", "<h1>Secret</h1>");
    site.redirect("/moved", "/ok");
    site.redirect("/astray", "http://127.0.0.1:1/latest/meta-data");
    site.redirect("/metadata", "http://169.254.169.254/latest/meta-data");
    site.redirect("/circle", "/circle");
    site.status("/broken", 500);
    site.page("/empty", "<nav></nav>");
    site.file("/photo", "image/png", b"\x89PNG");
    let pages = [
        "/ok",
        "/gone",
        "/intern/x",
        "/moved",
        "/astray",
        "/metadata",
        "/circle",
        "/broken",
        "/empty",
        "/photo",
        "http://localhost:1/x",
    ];
    site.sitemap("/sitemap.xml", &pages);
    let desk = TestDesk::with().source("help", &site.url("/sitemap.xml")).open().await;
    let state = read_again(&desk).await;

    let told = documents(&desk, &site).await;
    let status = |path: &str| told[path].0.as_str();
    let statuses = pages.map(status);
    assert_eq!(
        statuses,
        [
            "read",
            "missing",
            "robots",
            "repeated",
            "elsewhere",
            "elsewhere",
            "redirects",
            "http",
            "unreadable",
            "unreadable",
            "elsewhere"
        ]
    );
    assert_eq!(told["/broken"].1, "HTTP 500");
    assert_eq!(told["/photo"].1, "unread: not read: neither HTML, PDF, DOCX nor text (image/png)");
    assert!(!site.asked().contains(&"/intern/x".to_owned()));
    assert_eq!(state.documents["read"], 1);
    assert_eq!(state.run.unwrap().counts["unread"], 10);
    assert_eq!(entries(&desk).await.len(), 1);
}

#[tokio::test]
async fn a_name_that_leads_inside_is_refused_whatever_its_port() {
    // The site itself is configured by its exact host and port; the same site under another name is not.
    let site = Site::open().await;
    let inside = site.url("/ok").replace("127.0.0.1", "localhost");
    site.page("/ok", "<h1>Fine</h1><p>Some text.</p>");
    let gate = egress::Gate::new([]);
    let source = reception::Source::once(&inside);
    let refused = reception::harvest_site(&gate, &source, desk_time(), |_, _| ()).await.unwrap_err();
    assert!(refused.to_string().contains("localhost"), "{refused}");
    assert_eq!(site.asked(), Vec::<String>::new(), "no request left");
}

fn desk_time() -> domain::Timestamp {
    domain::Timestamp::UNIX_EPOCH
}

#[tokio::test]
async fn a_site_that_was_imported_by_hand_becomes_a_source_without_a_conflict() {
    let site = Site::open().await;
    site.page("/a", "<h1>Returns</h1><p>Seven days.</p>");
    site.sitemap("/sitemap.xml", &["/a", "/b"]);
    let url = site.url("/sitemap.xml");
    let desk = TestDesk::with().source("help", &url).open().await;
    let once = &desk.reception.settings().sources[0];
    let gate = egress::Gate::new([url.as_str()]);
    let harvest = reception::harvest_site(&gate, once, desk.clock.now(), |_, _| ()).await.unwrap();
    assert_eq!(
        harvest.rejected[0].to_string(),
        format!("{}:1: the server answered HTTP 404", site.url("/b"))
    );
    let operator = desk.reception.operator();
    let plan = operator.plan(harvest).await.unwrap();
    assert_eq!(entries(&desk).await.len(), 0, "a plan writes nothing");
    operator.import(plan).await.unwrap();

    site.page("/a", "<h1>Returns</h1><p>Fifteen days.</p>");
    assert_eq!(numbers(&read_again(&desk).await), [0, 1, 0, 0]);
    assert_eq!(documents(&desk, &site).await["/a"], ("read".to_owned(), String::new()));
}

#[tokio::test]
async fn a_site_that_fails_changes_nothing() {
    let (site, desk) = shop().await;
    for fails in [500, 404] {
        site.status("/sitemap.xml", fails);
        let state = read_again(&desk).await;
        assert!(state.run.unwrap().problem.unwrap().en.contains(&format!("HTTP {fails}")));
        assert_eq!(entries(&desk).await.len(), 2);
    }
    site.file("/sitemap.xml", "application/xml", b"<urlset></urlset>");
    assert!(read_again(&desk).await.run.unwrap().problem.unwrap().en.contains("lists no addresses"));
    site.status("/robots.txt", 503);
    assert!(read_again(&desk).await.run.unwrap().problem.unwrap().en.contains("robots.txt"));
    assert_eq!(entries(&desk).await.len(), 2);
    site.vanish("/robots.txt");
    site.sitemap("/sitemap.xml", &["/returns", "/ship"]);
    assert_eq!(numbers(&read_again(&desk).await), [0, 0, 2, 0]);
}

#[tokio::test]
async fn many_documents_gone_at_once_are_not_believed() {
    let site = Site::open().await;
    let paths: Vec<String> = (0..8).map(|n| format!("/p{n}")).collect();
    for path in &paths {
        site.page(path, &format!("<h1>Page {path}</h1><p>Text of {path}.</p>"));
    }
    let all: Vec<&str> = paths.iter().map(String::as_str).collect();
    site.sitemap("/sitemap.xml", &all);
    let desk = TestDesk::with().source("help", &site.url("/sitemap.xml")).open().await;
    read_again(&desk).await;
    site.sitemap("/sitemap.xml", &all[..2]);
    let state = read_again(&desk).await;
    assert_eq!(state.run.as_ref().unwrap().counts["held_back"], 6);
    assert_eq!(entries(&desk).await.len(), 8);
    assert_eq!(state.documents["unlisted"], 6);
    site.sitemap("/sitemap.xml", &all[..6]);
    assert_eq!(numbers(&read_again(&desk).await), [0, 0, 6, 2]);
}

#[tokio::test]
async fn a_pdf_on_the_site_is_told_down_to_the_page() {
    let site = Site::open().await;
    site.file("/manual.pdf", "application/pdf", &pdf());
    site.sitemap("/sitemap.xml", &["/manual.pdf"]);
    let desk = TestDesk::with().source("help", &site.url("/sitemap.xml")).open().await;
    let state = read_again(&desk).await;
    let (status, detail) = documents(&desk, &site).await["/manual.pdf"].clone();
    assert_eq!(status, "read");
    assert!(detail.starts_with("unread: page 2 its content is damaged"), "{detail}");
    assert_eq!(state.run.unwrap().counts["unread"], 1);
}

/// Two pages, the second damaged.
fn pdf() -> Vec<u8> {
    let stream =
        |dict: &str, body: &str| format!("<< {dict} /Length {} >> stream\n{body}\nendstream", body.len());
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [4 0 R 5 0 R] >>".to_owned(),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_owned(),
        "<< /Type /Page /Contents 6 0 R /Resources << /Font << /F1 3 0 R >> >> >>".to_owned(),
        "<< /Type /Page /Contents 7 0 R >>".to_owned(),
        stream("", "BT /F1 12 Tf 72 700 Td (Press the button for five seconds.) Tj ET"),
        stream("/Filter /FlateDecode", "never packed"),
    ];
    let mut bytes = "%PDF-1.4\n".to_owned();
    for (at, object) in objects.iter().enumerate() {
        let _ = writeln!(bytes, "{} 0 obj {object} endobj", at + 1);
    }
    bytes.push_str("trailer << /Root 1 0 R >>");
    bytes.into_bytes()
}

#[tokio::test]
async fn a_source_has_its_next_time_and_one_that_was_taken_out_has_none() {
    let (_site, desk) = shop().await;
    let backlog = desk.store.backlog().await.unwrap();
    assert!(backlog.contains(&(JobKind::Sync, 1)), "{backlog:?}");
    assert_eq!(desk.reception.work_off(JobKind::Sync).await, 0, "not before its time");
    desk.clock.step(24 * 3_600);
    assert_eq!(desk.reception.work_off(JobKind::Sync).await, 1);
    let job = NewJob { kind: JobKind::Sync, key: "former".to_owned(), due: desk.clock.now() };
    desk.store.enqueue(job).await.unwrap();
    desk.reception.work_off(JobKind::Sync).await;
    assert!(desk.store.backlog().await.unwrap().contains(&(JobKind::Sync, 1)));
}
