-- A card, as far as the gateway tells: never its number.
create table payment_method (
    account_id uuid not null references account on delete cascade,
    id uuid not null,
    -- What the gateway calls it.
    reference text not null,
    brand text not null,
    last_four text not null check (last_four ~ '^[0-9]{4}$'),
    expires_year integer,
    expires_month integer check (expires_month between 1 and 12),
    -- `default` is charged, `backup` when nothing else is left; none is kept only.
    role text check (role in ('default', 'backup')),
    added_at timestamptz not null,
    added_by uuid,
    removed_at timestamptz check (removed_at is null or role is null),
    primary key (account_id, id),
    foreign key (account_id, added_by) references member (account_id, id),
    constraint payment_method_once unique (account_id, reference)
);
select protect_tenant_table('payment_method', 'select, insert, update');
create unique index payment_method_role on payment_method (account_id, role) where role is not null;

-- Somebody was sent to the gateway to enter a card.
create table card_setup (
    account_id uuid not null references account on delete cascade,
    id uuid not null,
    -- What the gateway calls the visit.
    reference text not null,
    started_by uuid not null,
    started_at timestamptz not null,
    -- What came of it; none while they are away.
    payment_method_id uuid,
    primary key (account_id, id),
    foreign key (account_id, started_by) references member (account_id, id),
    foreign key (account_id, payment_method_id) references payment_method (account_id, id)
);
select protect_tenant_table('card_setup', 'select, insert, update');

-- A charge: written down before it is sent, and settled once.
create table payment_attempt (
    account_id uuid not null references account on delete cascade,
    -- `domain::billing::Attempt::number`; goes into the idempotency key.
    number integer not null,
    invoice_number integer not null,
    payment_method_id uuid not null,
    amount_minor bigint not null check (amount_minor > 0),
    currency text not null,
    begun_at timestamptz not null,
    -- When it was sent or asked about last.
    sent_at timestamptz not null,
    -- The gateway's last word: `domain::billing::Answer`; none while it is awaited.
    answer text check (answer in ('paid', 'soft', 'hard', 'unknown', 'never_arrived')),
    -- What the gateway calls it, once it does.
    reference text,
    -- The gateway's word for a decline.
    decline_code text,
    primary key (account_id, number),
    foreign key (account_id, invoice_number) references invoice (account_id, number),
    foreign key (account_id, payment_method_id) references payment_method (account_id, id)
);
select protect_tenant_table('payment_attempt', 'select, insert, update');

-- An offer as it was shown; it binds for `domain::billing::QUOTE_MINUTES`.
create table billing_quote (
    account_id uuid not null references account on delete cascade,
    id uuid not null,
    offer jsonb not null,
    made_by uuid not null,
    made_at timestamptz not null,
    accepted_at timestamptz,
    primary key (account_id, id),
    foreign key (account_id, made_by) references member (account_id, id)
);
select protect_tenant_table('billing_quote', 'select, insert, update');
