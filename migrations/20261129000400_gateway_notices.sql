-- What the gateway told by itself and was acted on: the same notice comes more than once.
create table gateway_notice (
    account_id uuid not null references account on delete cascade,
    -- As the gateway calls it.
    id text not null,
    heard_at timestamptz not null,
    primary key (account_id, id)
);
select protect_tenant_table('gateway_notice', 'select, insert');
