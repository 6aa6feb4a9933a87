//! The catalogue at the desk: import, look, search, edit, switch off.

use askama::Template;
use axum::{
    extract::{Path, Query},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use domain::{Lang, Price, Product, ProductText, Said, Timestamp, said};
use reception::{ActError, AgentView, Page as Part, ProductFilter, Remark};
use serde::Deserialize;

use super::{
    Frame,
    import::Chosen,
    part,
    refusal::{Page, Refusal},
    session::{Nothing, SignedIn, Submitted},
    words::{advice::Words, fill},
};

const ROWS: u32 = 50;
/// Rejected rows that are shown; the command line shows all.
const LINES: usize = 100;

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Wanted {
    q: String,
    show: String,
    after: String,
    done: Option<String>,
}

#[derive(Template)]
#[template(path = "desk/products.html")]
struct ProductsPage {
    frame: Frame,
    p: &'static Words,
    q: String,
    show: String,
    count: String,
    fresh: bool,
    rows: Vec<Row>,
    next: Option<String>,
    start: Option<String>,
    good: Option<String>,
    bad: Option<String>,
    rejected: Vec<String>,
}

struct Row {
    href: String,
    name: String,
    other: String,
    category: String,
    price: String,
    state: Option<&'static str>,
}

/// What was just done, to be said above the list.
#[derive(Default)]
struct Told {
    good: Option<String>,
    bad: Option<String>,
    rejected: Vec<String>,
}

/// `GET /desk/products`
pub(super) async fn page(
    SignedIn(view): SignedIn,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Refusal> {
    let p = Words::of(view.agent().lang);
    let good = (wanted.done.as_deref() == Some("removed")).then(|| p.removed.to_owned());
    Ok(Page(list(&view, wanted, Told { good, ..Told::default() }).await?).into_response())
}

async fn list(view: &AgentView, wanted: Wanted, told: Told) -> Result<ProductsPage, Refusal> {
    let frame = Frame::of(view, "products").await?;
    let p = Words::of(frame.lang);
    let text = Some(wanted.q.trim().to_owned()).filter(|text| !text.is_empty());
    let offered = match wanted.show.as_str() {
        "offered" => Some(true),
        "not" => Some(false),
        _ => None,
    };
    let filter = ProductFilter { text, category: None, offered };
    let after = Some(wanted.after).filter(|after| !after.is_empty());
    let found = view.products(&filter, &Part { after: after.clone(), limit: ROWS }).await?;
    let count = view.count_products(&filter).await?;
    let full = found.len() == ROWS as usize;
    let address = |after: &str| {
        format!("/desk/products?q={}&show={}&after={}", part(&wanted.q), part(&wanted.show), part(after))
    };
    Ok(ProductsPage {
        count: fill(p.count, &[&count.to_string()]),
        fresh: count == 0 && filter == ProductFilter::default(),
        next: found.last().filter(|_| full).map(|row| address(&row.cursor)),
        start: after.map(|_| address("")),
        rows: found.iter().map(|found| row(p, frame.lang, &found.product)).collect(),
        good: told.good,
        bad: told.bad,
        rejected: told.rejected,
        q: wanted.q,
        show: wanted.show,
        p,
        frame,
    })
}

fn row(p: &Words, lang: Lang, product: &Product) -> Row {
    let other = product.texts.get(&lang.pick(Lang::En, Lang::Zh)).map(|text| text.name.clone());
    let name = product.name(lang).to_owned();
    Row {
        href: format!("/desk/products/{}", part(product.id.as_str())),
        other: other.filter(|other| *other != name).unwrap_or_default(),
        name,
        category: product.group(lang).to_owned(),
        price: product.prices.first().map(Price::shown).unwrap_or_default(),
        state: match (product.active, product.in_stock) {
            (false, _) => Some(p.off),
            (true, false) => Some(p.sold_out),
            _ => None,
        },
    }
}

/// `POST /desk/products`: a file of products is read and taken in.
pub(super) async fn import(chosen: Chosen) -> Result<Response, Refusal> {
    let (view, file) = chosen.parts();
    let p = Words::of(view.agent().lang);
    let told = match file {
        None => Told { bad: Some(p.no_file.to_owned()), ..Told::default() },
        Some((name, bytes)) => match view.import_products(&name, bytes).await {
            Ok(plan) => {
                let numbers = [plan.new.len(), plan.changed.len(), plan.unchanged, plan.rejected.len()];
                said(view.agent().lang, p.imported, &numbers, &plan.rejected)
            }
            Err(error) => refused(view.agent().lang, error)?,
        },
    };
    shown(&view, told).await
}

/// `POST /desk/products/orders`: a file of past orders is read and taken in.
pub(super) async fn import_orders(chosen: Chosen) -> Result<Response, Refusal> {
    let (view, file) = chosen.parts();
    let p = Words::of(view.agent().lang);
    let told = match file {
        None => Told { bad: Some(p.no_file.to_owned()), ..Told::default() },
        Some((name, bytes)) => match view.import_orders(&name, bytes).await {
            Ok(read) => {
                let numbers = [read.new as usize, read.unchanged as usize, read.rejected.len()];
                said(view.agent().lang, p.orders_read, &numbers, &read.rejected)
            }
            Err(error) => refused(view.agent().lang, error)?,
        },
    };
    shown(&view, told).await
}

fn said(lang: Lang, words: &str, numbers: &[usize], rejected: &[Remark]) -> Told {
    let numbers: Vec<String> = numbers.iter().map(ToString::to_string).collect();
    let good = fill(words, &numbers.iter().map(String::as_str).collect::<Vec<_>>());
    let rejected = rejected.iter().take(LINES).map(|remark| remark.told(lang)).collect();
    Told { good: Some(good), bad: None, rejected }
}

fn refused(lang: Lang, error: ActError) -> Result<Told, Refusal> {
    match error {
        ActError::Invalid(problem) => {
            let bad = fill(Words::of(lang).not_saved, &[problem.text(lang)]);
            Ok(Told { bad: Some(bad), ..Told::default() })
        }
        other => Err(other.into()),
    }
}

async fn shown(view: &AgentView, told: Told) -> Result<Response, Refusal> {
    let status = if told.bad.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Ok((status, Page(list(view, Wanted::default(), told).await?)).into_response())
}

#[derive(Template)]
#[template(path = "desk/product.html")]
struct ProductPage {
    frame: Frame,
    p: &'static Words,
    href: String,
    id: String,
    name: String,
    /// What the catalogue calls its category, where that is not what the form shows.
    group: Option<String>,
    source: String,
    source_name: String,
    written: Written,
    good: Option<&'static str>,
    bad: Option<String>,
}

/// What the form holds.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Written {
    name_zh: String,
    name_en: String,
    description_zh: String,
    description_en: String,
    category: String,
    tags: String,
    prices: String,
    url: String,
    in_stock: Option<String>,
    active: Option<String>,
}

impl Written {
    fn of(product: &Product) -> Self {
        let text = |lang| product.texts.get(&lang).cloned().unwrap_or_default();
        let (zh, en) = (text(Lang::Zh), text(Lang::En));
        let price =
            |price: &Price| format!("{}.{:02} {}", price.cents / 100, price.cents % 100, price.currency);
        Self {
            name_zh: zh.name,
            name_en: en.name,
            description_zh: zh.description,
            description_en: en.description,
            category: product.category.clone(),
            tags: product.tags.join(", "),
            prices: product.prices.iter().map(price).collect::<Vec<_>>().join(", "),
            url: product.url.clone(),
            in_stock: product.in_stock.then(|| "on".to_owned()),
            active: product.active.then(|| "on".to_owned()),
        }
    }

    /// What the form says of a product; what it does not show stays.
    fn onto(&self, mut product: Product) -> Result<Product, Said> {
        let text = |name: &str, description: &str| ProductText {
            name: name.to_owned(),
            description: description.to_owned(),
        };
        product.texts = [
            (Lang::Zh, text(&self.name_zh, &self.description_zh)),
            (Lang::En, text(&self.name_en, &self.description_en)),
        ]
        .into();
        let parts = |line: &str| -> Vec<String> {
            let parts = line.split([',', '，', '、', '|']).map(str::trim);
            parts.filter(|part| !part.is_empty()).map(str::to_owned).collect()
        };
        product.category.clone_from(&self.category);
        product.tags = parts(&self.tags);
        let read = |price: String| Price::read(&price, "CNY").ok_or_else(|| no_price(&price));
        product.prices = parts(&self.prices).into_iter().map(read).collect::<Result<_, _>>()?;
        product.url.clone_from(&self.url);
        product.in_stock = self.in_stock.is_some();
        product.active = self.active.is_some();
        Ok(product)
    }
}

fn no_price(text: &str) -> Said {
    said!("“{text}”不是价格；写成 129 或 129.50", "`{text}` is no price; write 129 or 129.50")
}

/// `GET /desk/products/{id}`
pub(super) async fn one(
    SignedIn(view): SignedIn,
    Path(id): Path<String>,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Refusal> {
    let product = view.product(&id.as_str().into()).await?.ok_or_else(Refusal::not_found)?;
    let good = wanted.done.is_some().then(|| Words::of(view.agent().lang).saved);
    let written = Written::of(&product);
    Ok(Page(form(&view, &product, written, good, None).await?).into_response())
}

async fn form(
    view: &AgentView,
    product: &Product,
    written: Written,
    good: Option<&'static str>,
    bad: Option<String>,
) -> Result<ProductPage, Refusal> {
    let frame = Frame::of(view, "products").await?;
    let p = Words::of(frame.lang);
    Ok(ProductPage {
        href: format!("/desk/products/{}", part(product.id.as_str())),
        id: product.id.to_string(),
        name: product.name(frame.lang).to_owned(),
        group: Some(product.group(frame.lang)).filter(|name| *name != product.category).map(str::to_owned),
        source_name: fill(p.source, &[&super::entry::short(&product.source)]),
        source: product.source.clone(),
        written,
        good,
        bad,
        p,
        frame,
    })
}

/// `POST /desk/products/{id}`
pub(super) async fn save(
    Path(id): Path<String>,
    Submitted { view, fields }: Submitted<Written>,
) -> Result<Response, Refusal> {
    let former = view.product(&id.as_str().into()).await?.ok_or_else(Refusal::not_found)?;
    let outcome = match fields.onto(former.clone()) {
        Ok(product) => view.put_product(product).await,
        Err(problem) => Err(ActError::Invalid(problem)),
    };
    match outcome {
        Ok(()) => Ok(Redirect::to(&format!("/desk/products/{}?done=saved", part(&id))).into_response()),
        Err(ActError::Invalid(problem)) => {
            let lang = view.agent().lang;
            let bad = Some(fill(Words::of(lang).not_saved, &[problem.text(lang)]));
            let page = form(&view, &former, fields, None, bad).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, Page(page)).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

/// `POST /desk/products/{id}/remove`
pub(super) async fn remove(
    Path(id): Path<String>,
    Submitted { view, .. }: Submitted<Nothing>,
) -> Result<Response, Refusal> {
    view.remove_product(&id.as_str().into()).await?;
    Ok(Redirect::to("/desk/products?done=removed").into_response())
}

/// The day of a moment.
pub(super) fn day(at: Timestamp) -> String {
    at.strftime("%Y-%m-%d").to_string()
}
