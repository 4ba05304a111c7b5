mod applications;
mod change_account;
mod overview;
mod read_account;
