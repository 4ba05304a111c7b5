-- The built-in gateway for trying things: a bank of its own that happens to live in the same database. It knows customers by the
-- names that it is told, and nothing of accounts.
create table test_gateway_visit (
    reference text primary key,
    customer text not null,
    return_url text not null,
    created_at timestamptz not null,
    card text
);
create table test_gateway_card (
    reference text primary key,
    customer text not null,
    -- `backend::billing::TestCard`: what becomes of charges.
    behaviour text not null,
    brand text not null,
    last_four text not null,
    expires_year integer not null,
    expires_month integer not null,
    charged integer not null default 0,
    removed_at timestamptz
);
create table test_gateway_charge (
    -- The idempotency key: the same one is the same charge.
    key text primary key,
    reference text not null unique,
    card text not null references test_gateway_card,
    amount_minor bigint not null,
    currency text not null,
    created_at timestamptz not null,
    -- `paid`, `soft` or `hard`.
    outcome text not null,
    decline_code text,
    -- When a late outcome is there.
    settles_at timestamptz,
    refunded_minor bigint not null default 0
);
create table test_gateway_refund (
    key text primary key,
    charge text not null,
    amount_minor bigint not null,
    created_at timestamptz not null
);
grant select, insert, update on test_gateway_visit, test_gateway_card, test_gateway_charge, test_gateway_refund to steward_app;
