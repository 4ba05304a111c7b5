-- The owner's own application behind a section of the product, to link to from the section's page.
create table connected_application (
    account_id uuid not null references account on delete cascade,
    -- `domain::permissions::Section::key`.
    section text not null,
    -- Empty where the address says enough.
    name text not null default '',
    address text not null check (address ~ '^https?://'),
    primary key (account_id, section)
);
select protect_tenant_table('connected_application');
