//! What a front desk is made of: no I/O, no async.
