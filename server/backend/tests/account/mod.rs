mod account;
mod change_account;
mod overview;
