//! Realistic data for a first look, for screenshots and for tests of size: people that do not exist, at addresses that
//! nobody owns (RFC 2606, `example.com`). The same plan always makes the same people.
//!
//! Everything goes through [`Backend`] and tenant transactions, so row-level security binds the seed as it binds everybody.

mod calendars;
mod cast;
mod history;
mod people;
mod pipelines;
mod profiles;
mod queries;
mod readiness;

use cast::Persona;
use chrono::{DateTime, Duration, Utc};
use domain::{AccountId, Email, LoginId, MemberId, PersonName, Role};
use secrecy::SecretString;
use serde::Serialize;

use crate::{
    Access, Actor, Backend, Error, Result,
    account::{self, Business, Founder},
    billing,
    db::Tx,
    id,
};

/// Everybody's password. The people of the seed are not real, and it is printed beside their addresses.
pub const SEED_PASSWORD: &str = "quiet-harbour-lantern-42";

/// What to make.
#[derive(Clone, Copy, Debug)]
pub struct SeedPlan {
    /// The first is the demonstration account, the second another business; at least 1.
    pub accounts: u32,
    /// Further members of each account, beside those that sign in.
    pub staff_per_account: u32,
    pub invitations_per_account: u32,
    /// Do nothing when anybody has a login already.
    pub first_run_only: bool,
}

/// Accounts with a past that people read; the others begin with their foundation. With more, thousands of accounts would take an
/// hour instead of minutes.
const TOLD_ACCOUNTS: u32 = 50;

/// How somebody of the seed signs in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SignIn {
    pub email: String,
    pub password: String,
    pub role: Role,
    pub account: String,
}

/// Makes what is missing of the plan, account by account, and answers who can sign in; none when it was for a first run only
/// and this is not one. An account whose founder has a login already is left as it is.
///
/// # Errors
/// [`crate::Error::Internal`].
pub async fn seed(backend: &Backend, plan: &SeedPlan) -> Result<Option<Vec<SignIn>>> {
    let mut tx = backend.db.begin().await?;
    let first_run = !queries::any_login(&mut tx).await?;
    tx.commit().await?;
    if plan.first_run_only && !first_run {
        return Ok(None);
    }
    billing::first_plans(backend).await?;
    let password_hash = backend.passwords.hash(SecretString::from(SEED_PASSWORD)).await?;
    let mut sign_ins = Vec::new();
    for index in 0..plan.accounts.max(1) {
        let casting = cast::account(index);
        for persona in &casting.personas {
            sign_ins.push(SignIn {
                email: persona.email.clone(),
                password: SEED_PASSWORD.to_owned(),
                role: persona.role,
                account: casting.business.name.clone(),
            });
        }
        make_account(backend, plan, index, &casting, &password_hash).await?;
    }
    Ok(Some(sign_ins))
}

/// The people of one account while it is being made; the founder first.
struct Stage<'a> {
    tx: Tx,
    account: AccountId,
    business: &'a Business,
    now: DateTime<Utc>,
    password_hash: &'a str,
    personas: Vec<Player>,
}

/// Somebody who signs in, on stage.
struct Player {
    access: Access,
    email: Email,
    role: Role,
    joined_at: DateTime<Utc>,
}

impl Stage<'_> {
    fn enter(&mut self, persona: &Persona, access: Access, joined_at: DateTime<Utc>) -> Result<()> {
        let email = Email::parse(&persona.email).map_err(|problem| Error::internal(problem.to_string()))?;
        self.personas.push(Player { access, email, role: persona.role, joined_at });
        Ok(())
    }
}

async fn make_account(
    backend: &Backend,
    plan: &SeedPlan,
    index: u32,
    casting: &cast::Casting,
    password_hash: &str,
) -> Result<()> {
    let now = backend.clock.now();
    let mut tx = backend.db.begin().await?;
    let founder = &casting.personas[0];
    if queries::login_by_email(&mut tx, &founder.email).await?.is_some() {
        return Ok(());
    }
    let founded_at = now - Duration::days(cast::ACCOUNT_AGE_DAYS);
    let login_id = login(&mut tx, founder, password_hash, founded_at).await?;
    let founding = Founder { login_id, name: founder.name.clone() };
    let access = account::create(&mut tx, founded_at, &casting.business, &founding).await?;
    let account = access.account();
    let business = &casting.business;
    let mut stage = Stage { tx, account, business, now, password_hash, personas: vec![] };
    stage.enter(founder, access, founded_at)?;
    for persona in &casting.personas[1..] {
        join(&mut stage, persona).await?;
    }
    let staff = people::staff(index, plan.staff_per_account, now);
    queries::insert_staff(&mut stage, &staff).await?;
    let invited = people::invited(index, plan.invitations_per_account, now);
    queries::insert_invitations(&mut stage, &invited).await?;
    if index < TOLD_ACCOUNTS {
        let profiles = profiles::make(&mut stage).await?;
        let mut made = pipelines::make(&mut stage, &profiles).await?;
        made.extend(calendars::make(&mut stage, &profiles).await?);
        readiness::answer(&mut stage).await?;
        history::tell(&mut stage, &staff, &invited, &profiles, made).await?;
        queries::insert_uses(&mut stage).await?;
    }
    stage.tx.commit().await?;
    Ok(())
}

/// One more person who signs in; somebody of an earlier account may join this one too.
async fn join(stage: &mut Stage<'_>, persona: &Persona) -> Result<()> {
    let joined_at = stage.now - Duration::days(persona.joined_days_ago);
    let known = queries::login_by_email(&mut stage.tx, &persona.email).await?;
    let login_id = match known {
        Some(login_id) => login_id,
        None => login(&mut stage.tx, persona, stage.password_hash, joined_at).await?,
    };
    let member_id: MemberId = id::new(joined_at);
    queries::insert_member(stage, member_id, login_id, persona, joined_at).await?;
    let access = access(stage.account, member_id, login_id, &persona.name, persona.role);
    stage.enter(persona, access, joined_at)
}

fn access(account: AccountId, id: MemberId, login_id: LoginId, name: &PersonName, role: Role) -> Access {
    Access::member(account, Actor::Member { id, login_id, name: name.full() }, role.permissions(), false)
}

async fn login(tx: &mut Tx, persona: &Persona, password_hash: &str, at: DateTime<Utc>) -> Result<LoginId> {
    let login_id: LoginId = id::new(at);
    queries::insert_login(tx, login_id, persona, password_hash, at).await?;
    Ok(login_id)
}
