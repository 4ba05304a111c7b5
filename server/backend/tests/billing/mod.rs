//! Billing against a real database and the test gateway.

mod cards;
mod choose;
mod debt;
mod doubt;
mod mails;
mod operator;
mod world;
