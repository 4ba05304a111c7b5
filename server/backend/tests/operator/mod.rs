mod accounts;
mod given_up_jobs;
