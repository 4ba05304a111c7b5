mod catalogue;
mod pool;
mod tenancy;
