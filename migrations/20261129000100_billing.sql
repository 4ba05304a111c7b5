-- The billing of one account: what `domain::billing::Book` holds, and to whom invoices go.
create table billing (
    account_id uuid primary key references account on delete cascade,
    -- That of the plans; it never changes once there is an invoice.
    currency text not null check (currency ~ '^[A-Z]{3}$'),
    -- The engine's book without what is settled: invoices and postings have tables of their own.
    book jsonb not null,
    -- Grows with each change of the book: what was read is only stored on top of itself.
    version bigint not null,
    -- `domain::billing::StateName`, for lists and for the pause; none without a subscription.
    state text check (state in ('trialing', 'active', 'past_due', 'paused', 'ending', 'ended')),
    -- When the next thing is due; none when nothing is, and while it is parked.
    due_at timestamptz,
    -- Why nothing happens any more until the operator has looked.
    parked text,
    -- Name, address and tax id on invoices; empty until somebody fills them in.
    customer jsonb not null default '{}',
    -- Who gets the mails about billing, beside the Admins who want them; none: all Admins.
    emails text[] not null default '{}',
    -- What the gateway calls the customer.
    gateway_customer text
);
select protect_tenant_table('billing', 'select, insert, update');
create index billing_due on billing (due_at) where due_at is not null;
-- What is due is looked for in all accounts; everything else is done inside them.
create policy operator on billing for select using (current_setting('app.operator', true) = 'on');

-- A person hears on every page how it stands in their own accounts.
create policy own_accounts on billing for select
    using (account_id in (select account_id from member where login_id = current_login_id() and state = 'active'));

-- The next number on an invoice: counted where the invoice is made, so that none is left out.
create table invoice_serial (
    only_row boolean primary key default true check (only_row),
    last bigint not null
);
insert into invoice_serial (last) values (0);
grant select, update on invoice_serial to steward_app;

-- What was issued. Only whether it is open, paid or void changes.
create table invoice (
    account_id uuid not null references account on delete cascade,
    -- Counts the invoices of the account, as the engine knows them.
    number integer not null,
    -- Counts all invoices of the issuer without a gap.
    serial bigint not null,
    subscription integer not null,
    period_start date not null,
    kind text not null check (kind in ('period', 'change', 'cancellation')),
    -- Counts the changes of a subscription; 0 for the other kinds.
    nth integer not null,
    issued_on date not null,
    currency text not null,
    total_minor bigint not null,
    due_minor bigint not null,
    draft jsonb not null,
    issuer jsonb not null,
    customer jsonb not null,
    status text not null check (status in ('open', 'paid', 'void')),
    -- When it was paid or became void.
    settled_on date check ((settled_on is null) = (status = 'open')),
    -- Who chose what it is for; none for a renewal.
    caused_by uuid,
    primary key (account_id, number),
    foreign key (account_id, caused_by) references member (account_id, id),
    constraint invoice_once unique (account_id, subscription, period_start, kind, nth),
    constraint invoice_serial_once unique (account_id, serial)
);
select protect_tenant_table('invoice', 'select, insert');
grant update (status, settled_on) on invoice to steward_app;

create function invoice_stays() returns trigger language plpgsql as $$
begin
    if to_jsonb(new) - 'status' - 'settled_on' <> to_jsonb(old) - 'status' - 'settled_on' then
        raise exception 'an issued invoice does not change';
    end if;
    if old.status <> 'open' then
        raise exception 'a settled invoice does not change';
    end if;
    return new;
end $$;
create trigger invoice_stays before update on invoice for each row execute function invoice_stays();

-- Double entry: what moved, in pairs that sum to 0. It is only ever added to.
create table ledger_posting (
    account_id uuid not null references account on delete cascade,
    entry integer not null,
    ledger_account text not null check (ledger_account in ('receivable', 'revenue', 'tax', 'cash', 'balance')),
    posted_on date not null,
    invoice_number integer not null,
    amount_minor bigint not null,
    primary key (account_id, entry, ledger_account),
    foreign key (account_id, invoice_number) references invoice (account_id, number)
);
select protect_tenant_table('ledger_posting', 'select, insert');
