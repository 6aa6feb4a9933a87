//! When products sell.

/// The months of the year.
pub(super) const MONTHS: usize = 12;
/// How probable it is, before anything was sold, that a product sells all the year round.
const ALWAYS: f32 = 0.9;
/// For so many months in a row others may sell.
const LENGTHS: [usize; 3] = [1, 3, 6];
/// What sells out of its season, of what sells in it.
const OUTSIDE: f32 = 0.03;

/// How much more each item sells in each month than all the year round, against what all sell in it. What few
/// sales could have shown by chance is not believed: a product has a season as probably as its sales say.
pub(super) fn seasons(sold: &[[f32; MONTHS]]) -> Vec<[f32; MONTHS]> {
    let courses = courses(&usual(sold));
    sold.iter().map(|sold| season(sold, &courses)).collect()
}

/// Each month's share of all that is sold.
fn usual(sold: &[[f32; MONTHS]]) -> [f32; MONTHS] {
    let mut months = [1.0_f32; MONTHS];
    for item in sold {
        months.iter_mut().zip(item).for_each(|(all, one)| *all += one);
    }
    let all: f32 = months.iter().sum();
    months.map(|month| month / all)
}

/// The courses that a year may take, each with its probability.
fn courses(usual: &[f32; MONTHS]) -> Vec<([f32; MONTHS], f32)> {
    let each = (1.0 - ALWAYS) / (LENGTHS.len() * MONTHS) as f32;
    let begun = |length: usize| (0..MONTHS).map(move |first| (length, first));
    let some = LENGTHS.into_iter().flat_map(begun).map(|(length, first)| {
        let sells = |month: usize| if (month + MONTHS - first) % MONTHS < length { 1.0 } else { OUTSIDE };
        let course: [f32; MONTHS] = std::array::from_fn(sells);
        let all: f32 = course.iter().zip(usual).map(|(sells, usual)| sells * usual).sum();
        (course.map(|sells| sells / all), each)
    });
    std::iter::once(([1.0; MONTHS], ALWAYS)).chain(some).collect()
}

fn season(sold: &[f32; MONTHS], courses: &[([f32; MONTHS], f32)]) -> [f32; MONTHS] {
    let says = |(course, before): &([f32; MONTHS], f32)| {
        before.ln() + sold.iter().zip(course).map(|(sold, sells)| sold * sells.ln()).sum::<f32>()
    };
    let said: Vec<f32> = courses.iter().map(says).collect();
    let most = said.iter().copied().fold(f32::MIN, f32::max);
    let mut season = [0.0; MONTHS];
    let mut all = 0.0;
    for (said, (course, _)) in said.iter().zip(courses) {
        let believed = (said - most).exp();
        all += believed;
        season.iter_mut().zip(course).for_each(|(sum, sells)| *sum += believed * sells);
    }
    season.map(|sum| sum / all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_sold_in_winter_only_is_a_winter_product_and_one_sale_proves_nothing() {
        let plain = [10.0; MONTHS];
        let mut winter = [0.0; MONTHS];
        (winter[0], winter[1], winter[11]) = (4.0, 5.0, 4.0);
        let mut once = [0.0; MONTHS];
        once[4] = 1.0;
        let seasons = seasons(&[plain, winter, once, plain]);
        assert!(seasons[1][0] > 2.5 && seasons[1][6] < 0.2, "{:?}", seasons[1]);
        assert!(seasons[0].iter().all(|month| (0.9..1.1).contains(month)), "{:?}", seasons[0]);
        assert!(seasons[2][4] < 2.0 && seasons[2][10] > 0.7, "{:?}", seasons[2]);
    }
}
