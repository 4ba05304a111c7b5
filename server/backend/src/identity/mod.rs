//! Logins, sessions and the proofs behind them.

mod passwords;

pub(crate) use passwords::PasswordHashing;
