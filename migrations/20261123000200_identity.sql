-- Global tables: a person exists once, whatever number of accounts they belong to.
create table login (
    id uuid primary key,
    email text not null constraint login_email_unique unique check (email = lower(trim(email))),
    first_name text not null,
    last_name text not null,
    password_hash text not null,
    created_at timestamptz not null
);

create table login_photo (
    login_id uuid primary key references login on delete cascade,
    version integer not null,
    content_type text not null check (content_type in ('image/png', 'image/jpeg', 'image/webp')),
    content bytea not null check (octet_length(content) <= 512 * 1024)
);

-- Only the hash of the cookie's value: who reads this table cannot sign in with it.
create table session (
    id uuid primary key,
    login_id uuid not null references login on delete cascade,
    token_hash bytea not null constraint session_token_hash_unique unique check (octet_length(token_hash) = 32),
    current_account_id uuid,
    user_agent text not null,
    ip_address text not null,
    created_at timestamptz not null,
    last_seen_at timestamptz not null,
    proved_at timestamptz not null
);
create index session_by_login on session (login_id);
create index session_by_current_account on session (current_account_id);

-- Mailed links. The link's secret is derived from the nonce and the installation's secret key, so it is stored nowhere.
create table login_token (
    id uuid primary key,
    login_id uuid not null references login on delete cascade,
    purpose text not null check (purpose in ('reset_password', 'confirm_email')),
    nonce bytea not null check (octet_length(nonce) = 32),
    new_email text check ((purpose = 'confirm_email') = (new_email is not null)),
    created_at timestamptz not null,
    expires_at timestamptz not null,
    used_at timestamptz
);
create index login_token_by_login on login_token (login_id);

-- A sign-up is no login until its address is confirmed, so that nobody can occupy another person's address.
create table sign_up (
    id uuid primary key,
    email text not null check (email = lower(trim(email))),
    first_name text not null,
    last_name text not null,
    password_hash text not null,
    business_name text not null,
    time_zone text not null,
    country text not null,
    nonce bytea not null check (octet_length(nonce) = 32),
    created_at timestamptz not null,
    expires_at timestamptz not null,
    used_at timestamptz
);

-- Attempts per key and window; the key is a hash, so that it tells no address.
create table throttle (
    key bytea primary key,
    window_started_at timestamptz not null,
    attempts integer not null
);

grant select, insert, update, delete on login, login_photo, session, login_token, sign_up, throttle to steward_app;
