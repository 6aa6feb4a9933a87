//! Recommendations at the desk: whether they sell, what became of them, and the owner's rules.

use std::fmt::Write;

use askama::Template;
use axum::{
    extract::Query,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    Product, Rules, Said, Timestamp,
    advice::{Act, Rule, Which},
};
use reception::{ActError, AgentView, goods::Effect};
use serde::Deserialize;

use super::{
    Frame, part,
    products::day,
    refusal::{Page, Refusal},
    session::{SignedIn, Submitted},
    words::{advice::Words, fill},
};

#[derive(Template)]
#[template(path = "desk/advice.html")]
struct AdvicePage {
    frame: Frame,
    p: &'static Words,
    /// Categories of the catalogue: their names, and how rules write them.
    groups: Vec<String>,
    verdict: String,
    shares: Option<String>,
    interval: Option<String>,
    since: String,
    outcomes: Vec<Outcome>,
    written: Written,
    good: Option<&'static str>,
    bad: Option<String>,
}

struct Outcome {
    href: String,
    name: String,
    shown: u64,
    clicked: u64,
    bought: u64,
}

#[derive(Default, Deserialize)]
pub(super) struct Wanted {
    done: Option<String>,
}

/// `GET /desk/advice`
pub(super) async fn page(
    SignedIn(view): SignedIn,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Refusal> {
    let written = Written::of(&view.trial().await?.rules);
    let good = wanted.done.is_some().then(|| Words::of(view.agent().lang).saved);
    Ok(Page(shown(&view, written, good, None).await?).into_response())
}

async fn shown(
    view: &AgentView,
    written: Written,
    good: Option<&'static str>,
    bad: Option<String>,
) -> Result<AdvicePage, Refusal> {
    let frame = Frame::of(view, "products").await?;
    let p = Words::of(frame.lang);
    let effect = view.effect().await?;
    let mut outcomes = Vec::new();
    for one in view.outcomes().await? {
        let product = view.product(&one.product).await?;
        let name =
            product.map_or_else(|| one.product.to_string(), |product| product.name(frame.lang).to_owned());
        let href = format!("/desk/products/{}", part(one.product.as_str()));
        outcomes.push(Outcome { href, name, shown: one.shown, clicked: one.clicked, bought: one.bought });
    }
    let since =
        if effect.since == Timestamp::UNIX_EPOCH { p.from_start.to_owned() } else { day(effect.since) };
    let groups = view.product_groups().await?;
    let group = |product: &Product| format!("{} = category:{}", product.group(frame.lang), product.category);
    Ok(AdvicePage {
        groups: groups.iter().map(group).collect(),
        verdict: verdict(p, &effect),
        shares: (effect.purchases > 0).then(|| shares(p, &effect)),
        interval: (effect.purchases > 0).then(|| interval(p, &effect)).flatten(),
        since: fill(p.since, &[&since, &effect.days.to_string()]),
        outcomes,
        written,
        good,
        bad,
        p,
        frame,
    })
}

fn verdict(p: &Words, effect: &Effect) -> String {
    if effect.purchases == 0 {
        return p.no_orders.to_owned();
    }
    match effect.lift.verdict {
        reception::goods::Verdict::NotYet => {
            fill(p.not_yet, &[&effect.lift.enough.0.to_string(), &effect.lift.enough.1.to_string()])
        }
        reception::goods::Verdict::More => p.more.to_owned(),
        reception::goods::Verdict::Less => p.less.to_owned(),
        reception::goods::Verdict::NoDifference => p.no_difference.to_owned(),
    }
}

fn shares(p: &Words, effect: &Effect) -> String {
    let (with, without) = (effect.lift.advised, effect.lift.held_out);
    let numbers = [with.customers, with.bought, without.customers, without.bought].map(|one| one.to_string());
    fill(p.shares, &numbers.each_ref().map(String::as_str))
}

fn interval(p: &Words, effect: &Effect) -> Option<String> {
    let [difference, low, high] = effect.lift.difference?.map(|share| format!("{:+.1}", share * 100.0));
    let sure = format!("{}%", effect.lift.confidence * 100.0);
    Some(fill(p.interval, &[&difference, &sure, &low, &high]))
}

/// What the form holds.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Written {
    on: Option<String>,
    unasked: Option<String>,
    after: String,
    most_unasked: String,
    most_products: String,
    hold_out: String,
    days: String,
    least_margin: String,
    products: String,
}

impl Written {
    fn of(rules: &Rules) -> Self {
        let ticked = |on: bool| on.then(|| "on".to_owned());
        Self {
            on: ticked(rules.on),
            unasked: ticked(rules.unasked),
            after: rules.after.join(", "),
            most_unasked: rules.most_unasked.to_string(),
            most_products: rules.most_products.to_string(),
            hold_out: rules.hold_out.to_string(),
            days: rules.days.to_string(),
            least_margin: rules.least_margin.map(|least| least.to_string()).unwrap_or_default(),
            products: rules.products.iter().map(line).collect::<Vec<_>>().join("\n"),
        }
    }

    fn read(&self, p: &Words) -> Result<Rules, String> {
        fn number<T: std::str::FromStr>(p: &Words, text: &str) -> Result<T, String> {
            text.trim().parse().map_err(|_| fill(p.bad_number, &[text]))
        }
        let least = self.least_margin.trim();
        let mut products = Vec::new();
        for (at, text) in (1..).zip(self.products.lines()).filter(|(_, text)| !text.trim().is_empty()) {
            products.push(rule(text).ok_or_else(|| fill(p.bad_rule, &[&at.to_string(), text.trim()]))?);
        }
        let after = self.after.split([',', '，', '、']).map(str::trim);
        Ok(Rules {
            on: self.on.is_some(),
            unasked: self.unasked.is_some(),
            after: after.filter(|name| !name.is_empty()).map(str::to_owned).collect(),
            most_unasked: number(p, &self.most_unasked)?,
            most_products: number(p, &self.most_products)?,
            hold_out: number(p, &self.hold_out)?,
            days: number(p, &self.days)?,
            least_margin: if least.is_empty() { None } else { Some(number(p, least)?) },
            products,
        })
    }
}

/// A rule as a line: `never_with category:wood with category:lamps months 1,2`.
fn line(rule: &Rule) -> String {
    let mut line = format!("{} {}", rule.act.name(), rule.what.words());
    if let Some(with) = &rule.with {
        let _ = write!(line, " with {}", with.words());
    }
    if !rule.months.is_empty() {
        let months: Vec<String> = rule.months.iter().map(ToString::to_string).collect();
        let _ = write!(line, " months {}", months.join(","));
    }
    line
}

/// What [`line`] wrote.
fn rule(text: &str) -> Option<Rule> {
    let (act, rest) = text.trim().split_once(char::is_whitespace)?;
    let (rest, months) = match rest.rsplit_once(" months ") {
        Some((rest, months)) => {
            let months = months.split([',', '，']).map(|month| month.trim().parse().ok());
            (rest, months.collect::<Option<Vec<u8>>>()?)
        }
        None => (rest, Vec::new()),
    };
    let (what, with) = match rest.split_once(" with ") {
        Some((what, with)) => (what, Some(Which::from_words(with)?)),
        None => (rest, None),
    };
    Some(Rule { act: Act::from_name(act)?, what: Which::from_words(what)?, with, months })
}

/// `POST /desk/advice`
pub(super) async fn save(Submitted { view, fields }: Submitted<Written>) -> Result<Response, Refusal> {
    let p = Words::of(view.agent().lang);
    let outcome = match fields.read(p) {
        Ok(rules) => view.put_rules(rules).await,
        Err(problem) => Err(ActError::Invalid(Said::verbatim(problem))),
    };
    match outcome {
        Ok(()) => Ok(Redirect::to("/desk/advice?done=saved").into_response()),
        Err(ActError::Invalid(problem)) => {
            let page =
                shown(&view, fields, None, Some(fill(p.not_saved, &[problem.text(view.agent().lang)])))
                    .await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, Page(page)).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_is_a_line_and_back() {
        for text in [
            "pin product:wool-throw months 11,12",
            "never tag:老款",
            "boost category:bedding",
            "never_with category:wood with category:lamps",
            "only_in tag:夏天 months 5,6,7,8",
        ] {
            assert_eq!(rule(text).map(|rule| line(&rule)).as_deref(), Some(text));
        }
        for text in
            ["", "pin", "push product:a", "pin months 1", "pin a months x", "never_with a with", "pin shop:a"]
        {
            assert_eq!(rule(text), None, "{text}");
        }
    }
}
