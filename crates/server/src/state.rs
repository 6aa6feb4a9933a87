//! What every handler may use.

use std::sync::{Arc, Mutex, PoisonError};

use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use reception::Reception;
use sha2::{Digest, Sha256};

use crate::{admission::Admission, config::ServerConfig, demo::SampleShop};

/// The running server. Cheap to clone.
#[derive(Clone)]
pub struct App {
    pub(crate) reception: Reception,
    pub(crate) config: Arc<ServerConfig>,
    pub(crate) admission: Arc<Admission>,
    pub(crate) metrics: PrometheusHandle,
    operator: Arc<[u8]>,
    /// Whether `/` shows the sample shop.
    pub(crate) demo: bool,
    /// Who can sign in there.
    pub(crate) shop: Option<Arc<SampleShop>>,
}

impl App {
    /// A server for this desk. `operator_token` opens the API to the commands on this machine.
    pub fn new(
        reception: Reception,
        config: ServerConfig,
        operator_token: &str,
        metrics: PrometheusHandle,
        demo: bool,
    ) -> Self {
        let limits = &reception.settings().limits;
        let admission = Arc::new(Admission::new(limits.visitor_per_minute, limits.address_per_minute));
        let operator = Sha256::digest(operator_token.as_bytes()).as_slice().into();
        Self { reception, config: Arc::new(config), admission, metrics, operator, demo, shop: None }
    }

    /// The same, with a sample shop where one can sign in.
    #[must_use]
    pub fn with_shop(self, shop: SampleShop) -> Self {
        Self { shop: Some(Arc::new(shop)), ..self }
    }

    /// Whether this is the operator's token. Hashes are compared, so time tells nothing.
    pub(crate) fn is_operator(&self, token: &str) -> bool {
        Sha256::digest(token.as_bytes()).as_slice() == &*self.operator
    }
}

/// Starts to keep metrics, once a process: a second server in it (tests) shares the first one's numbers.
pub fn install_metrics() -> Result<PrometheusHandle, metrics_exporter_prometheus::BuildError> {
    // Held until it is kept: of two at once the one whose numbers nobody writes would be read.
    static KEPT: Mutex<Option<PrometheusHandle>> = Mutex::new(None);
    let mut kept = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(handle) = &*kept {
        return Ok(handle.clone());
    }
    let buckets = [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1.0, 3.0];
    let recorder = PrometheusBuilder::new().set_buckets(&buckets)?.build_recorder();
    let handle = recorder.handle();
    let _ = metrics::set_global_recorder(recorder);
    Ok(kept.insert(handle).clone())
}
