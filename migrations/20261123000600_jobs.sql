-- Background work, enqueued in the transaction that causes it. `run_at` is product time (tests move it);
-- `leased_until` is real time, because it says whether a worker is still alive.
create table job (
    id uuid primary key,
    name text not null,
    payload jsonb not null,
    run_at timestamptz not null,
    attempts integer not null default 0,
    leased_until timestamptz,
    last_error text,
    created_at timestamptz not null,
    finished_at timestamptz,
    gave_up_at timestamptz
);
create index job_due on job (run_at) where finished_at is null and gave_up_at is null;
grant select, insert, update, delete on job to steward_app;
