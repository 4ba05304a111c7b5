//! Billing against a real database and the test gateway.

mod cards;
mod choose;
mod debt;
mod doubt;
mod killed;
mod limits;
mod mails;
mod operator;
mod stripe;
mod world;
