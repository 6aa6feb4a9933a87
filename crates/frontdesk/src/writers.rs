//! Language models that write: what `[[models.chat]]` names, with keys from the environment.

use anyhow::Context;
use assistant::llm::ChatSettings;
use reception::{Reception, Writers};

use crate::sentences::Models;

/// Has the desk's answers written by these models, where no entry fits exactly; by nobody if there are none.
pub(crate) fn employ(reception: &Reception, models: &Models) -> anyhow::Result<()> {
    let chain = models.chat.iter().map(|model| with_key(model.clone(), |name| std::env::var(name).ok()));
    let chain: Vec<ChatSettings> = chain.collect::<anyhow::Result<_>>()?;
    reception.employ(Some(Writers::new(chain, models.writing.clone(), models.budget.clone())));
    Ok(())
}

fn with_key(
    mut model: ChatSettings,
    variable: impl Fn(&str) -> Option<String>,
) -> anyhow::Result<ChatSettings> {
    model.check().map_err(anyhow::Error::msg)?;
    if !model.key_env.is_empty() {
        let unset = || {
            format!(
                "[[models.chat]] {}: key_env names {}, which the environment does not set",
                model.model, model.key_env
            )
        };
        model.key = variable(&model.key_env).filter(|key| !key.is_empty()).with_context(unset)?;
    }
    Ok(model)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_comes_from_the_environment_and_is_never_shown() {
        let named = ChatSettings { key_env: "MODEL_KEY".to_owned(), ..ChatSettings::new("http://a/v1", "m") };
        let set = with_key(named.clone(), |name| (name == "MODEL_KEY").then(|| "s3cret".to_owned())).unwrap();
        assert_eq!(set.key, "s3cret");
        assert!(!format!("{set:?}").contains("s3cret"));
        let told = with_key(named, |_| None).unwrap_err().to_string();
        assert!(told.contains("MODEL_KEY") && told.contains("models.chat"), "{told}");
    }

    #[test]
    fn what_cannot_be_a_model_is_told() {
        let told = |settings| with_key(settings, |_| None).unwrap_err().to_string();
        assert!(told(ChatSettings::new("models.example", "m")).contains("http"));
        let free = ChatSettings { price_in: -1.0, ..ChatSettings::new("http://a/v1", "m") };
        assert!(told(free).contains("price"));
    }
}
