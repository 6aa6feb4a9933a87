//! The stock that is recommended from now. The next one is made beside it and swapped in; who reads never waits.

use std::sync::{Arc, PoisonError, RwLock};

use super::Stock;

/// Holds the present stock.
#[derive(Debug, Default)]
pub struct Shelf {
    current: RwLock<Arc<Stock>>,
}

impl Shelf {
    /// The stock as it is now; it stays so for who holds it.
    pub fn stock(&self) -> Arc<Stock> {
        Arc::clone(&self.current.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// From now on this one.
    pub fn fill(&self, stock: Stock) {
        *self.current.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(stock);
    }
}
