mod queue;
mod worker;
