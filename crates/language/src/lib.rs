//! Reads text: labels and numbers out; knows nothing of customers.
