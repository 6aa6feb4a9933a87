//! Builders, clocks and browsers for tests; never part of the product.
