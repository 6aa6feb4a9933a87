//! What the owner's rules say of a product.

use domain::{
    Product, Rules,
    advice::{Act, Rule},
};

/// The rules that hold in a month.
fn holding(rules: &Rules, month: u8) -> impl Iterator<Item = &Rule> {
    rules.products.iter().filter(move |rule| rule.holds_in(month))
}

/// Whether a product may be recommended in this month at all.
pub(super) fn allow(rules: &Rules, product: &Product, month: u8) -> bool {
    let barred = holding(rules, month).any(|rule| rule.act == Act::Never && rule.what.has(product));
    let out_of_season = rules
        .products
        .iter()
        .any(|rule| rule.act == Act::OnlyIn && rule.what.has(product) && !rule.holds_in(month));
    let too_little =
        rules.least_margin.is_some_and(|least| product.margin().is_some_and(|margin| margin < least));
    product.is_offered() && !barred && !out_of_season && !too_little
}

/// Whether two products may stand beside each other.
pub(super) fn agree(rules: &Rules, a: &Product, b: &Product, month: u8) -> bool {
    let apart = |rule: &Rule, a: &Product, b: &Product| {
        rule.what.has(a) && rule.with.as_ref().is_some_and(|with| with.has(b))
    };
    !holding(rules, month)
        .filter(|rule| rule.act == Act::NeverWith)
        .any(|rule| apart(rule, a, b) || apart(rule, b, a))
}

/// Whether the owner wants it first.
pub(super) fn is_pinned(rules: &Rules, product: &Product, month: u8) -> bool {
    holding(rules, month).any(|rule| rule.act == Act::Pin && rule.what.has(product))
}

/// Whether the owner wants it sooner.
pub(super) fn is_boosted(rules: &Rules, product: &Product, month: u8) -> bool {
    holding(rules, month).any(|rule| rule.act == Act::Boost && rule.what.has(product))
}
