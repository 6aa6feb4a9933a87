//! Names of intents as one would say them.

/// `card_arrival` and `cardArrival` as words; `None` of what is a number rather than a name.
pub(super) fn spoken(name: &str) -> Option<String> {
    if name.chars().any(char::is_numeric) {
        return None;
    }
    let (mut said, mut was_small) = (String::with_capacity(name.len() + 4), false);
    for letter in name.chars() {
        if letter.is_uppercase() && was_small {
            said.push(' ');
        }
        was_small = letter.is_lowercase();
        said.push(if letter.is_alphabetic() { letter } else { ' ' });
    }
    (!said.trim().is_empty()).then_some(said)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_said_in_words() {
        for (name, said) in [
            ("card_arrival", "card arrival"),
            ("cardArrival", "card Arrival"),
            ("退换货", "退换货"),
            ("FAQ", "FAQ"),
        ] {
            assert_eq!(spoken(name).as_deref(), Some(said));
        }
    }

    #[test]
    fn a_number_says_nothing() {
        for name in ["", "_", "0197f2c4-77aa", "entry 12"] {
            assert_eq!(spoken(name), None, "{name}");
        }
    }
}
