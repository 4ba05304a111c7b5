//! The way to PostgreSQL: one pool whose connections come back clean, and transactions that know their tenant.

use std::{str::FromStr, time::Duration};

use domain::{AccountId, LoginId, Slug};
use sqlx::{
    AssertSqlSafe, Executor, PgPool, Postgres, Transaction,
    postgres::{PgConnectOptions, PgListener, PgPoolOptions},
};

use crate::{Error, Result};

pub type Tx = Transaction<'static, Postgres>;

#[derive(Clone, Debug)]
pub struct Db {
    pool: PgPool,
}

/// Why the database cannot be used as it is; each says what to do.
#[derive(Debug, thiserror::Error)]
pub enum SetUpError {
    #[error("DATABASE_URL cannot be read: {0}")]
    Address(sqlx::Error),
    #[error("the database does not answer: {0}. Is it running, and is DATABASE_URL right?")]
    Unreachable(sqlx::Error),
    #[error(
        "the database role {role:?} {problem}, so row-level security would not bind it. Use a login that owns nothing \
         and is a member of steward_app: CREATE ROLE steward_web LOGIN PASSWORD '…' IN ROLE steward_app"
    )]
    RoleTooStrong { role: String, problem: &'static str },
    #[error("the database is not migrated. Run: server migrate")]
    NotMigrated,
}

impl Db {
    /// Opens a pool of at most `connections` (opened when needed).
    ///
    /// # Errors
    /// [`SetUpError::Address`].
    pub fn open(url: &str, connections: u32) -> std::result::Result<Self, SetUpError> {
        let options = PgConnectOptions::from_str(url).map_err(SetUpError::Address)?;
        Ok(Self::with_options(options, connections))
    }

    #[must_use]
    pub fn with_options(options: PgConnectOptions, connections: u32) -> Self {
        let pool = PgPoolOptions::new()
            .max_connections(connections)
            .acquire_timeout(Duration::from_secs(5))
            // A cancelled `begin` (the visitor hung up) hands back a connection with an open transaction and the tenant of
            // whoever had it. Nothing may pass from one borrower to the next.
            .after_release(|connection, _| {
                Box::pin(async move {
                    connection.execute("ROLLBACK; RESET ALL").await?;
                    Ok(true)
                })
            })
            .connect_lazy_with(options);
        Self { pool }
    }

    /// Refuses to serve with a role that row-level security would not bind, or without tables.
    ///
    /// # Errors
    /// [`SetUpError`].
    pub async fn check_set_up(&self) -> std::result::Result<(), SetUpError> {
        let (role, is_super, bypasses, tables, owned): (String, bool, bool, i64, i64) = sqlx::query_as(
            "select current_user::text, r.rolsuper, r.rolbypassrls, \
             (select count(*) from pg_tables where schemaname = 'public' and tablename = 'member'), \
             (select count(*) from pg_tables where schemaname = 'public' and tableowner = current_user) \
             from pg_roles r where r.rolname = current_user",
        )
        .fetch_one(&self.pool)
        .await
        .map_err(SetUpError::Unreachable)?;
        let problem = match (is_super, bypasses, owned) {
            (true, _, _) => Some("is a superuser"),
            (_, true, _) => Some("has BYPASSRLS"),
            (_, _, 1..) => Some("owns tables"),
            _ => None,
        };
        match (problem, tables) {
            (Some(problem), _) => Err(SetUpError::RoleTooStrong { role, problem }),
            (None, 0) => Err(SetUpError::NotMigrated),
            (None, _) => Ok(()),
        }
    }

    /// Whether a query gets through.
    ///
    /// # Errors
    /// [`Error::Internal`] when it does not.
    pub async fn ping(&self) -> Result<()> {
        sqlx::query("select 1").execute(&self.pool).await?;
        Ok(())
    }

    /// A transaction that sees global tables only.
    ///
    /// # Errors
    /// [`Error::Internal`].
    pub async fn begin(&self) -> Result<Tx> {
        Ok(self.pool.begin().await?)
    }

    /// A transaction inside one account: row-level security lets it see that account's rows and no others.
    ///
    /// # Errors
    /// [`Error::Internal`].
    pub async fn tenant(&self, account: AccountId) -> Result<Tx> {
        self.begin_as(&format!("set_config('app.account_id', '{account}', true)")).await
    }

    /// As [`Self::tenant`], for lists with filters: those that are not set fall out of the plan only when the plan is made for these
    /// values; a plan for any values would walk the whole log of an account to find one person's rows.
    ///
    /// # Errors
    /// [`Error::Internal`].
    pub(crate) async fn tenant_filtering(&self, account: AccountId) -> Result<Tx> {
        let plans = "set_config('plan_cache_mode', 'force_custom_plan', true)";
        self.begin_as(&format!("set_config('app.account_id', '{account}', true), {plans}")).await
    }

    /// A transaction that sees one person's own memberships in all their accounts.
    ///
    /// # Errors
    /// [`Error::Internal`].
    pub async fn own(&self, login: LoginId) -> Result<Tx> {
        self.begin_as(&format!("set_config('app.login_id', '{login}', true)")).await
    }

    /// A transaction of a visitor, who sees the account with this public address and nothing inside it, until it is entered.
    ///
    /// # Errors
    /// [`Error::Internal`].
    pub(crate) async fn public(&self, account: &Slug) -> Result<Tx> {
        self.begin_as(&format!("set_config('app.account_slug', '{account}', true)")).await
    }

    /// A transaction of the operator's commands: it sees the list of accounts, and nothing inside them.
    ///
    /// # Errors
    /// [`Error::Internal`].
    pub(crate) async fn operator(&self) -> Result<Tx> {
        self.begin_as("set_config('app.operator', 'on', true)").await
    }

    /// One round trip instead of two. Only UUIDs and slugs (letters, digits, hyphens) are ever formatted into the text. Statements are
    /// not compiled to machine code: with a large account that takes seconds, and running them does not.
    async fn begin_as(&self, setting: &str) -> Result<Tx> {
        let statement = AssertSqlSafe(format!("BEGIN; SELECT {setting}, set_config('jit', 'off', true)"));
        self.pool.begin_with(statement).await.map_err(Error::from)
    }

    /// Lets an open transaction enter an account that it has just made.
    pub(crate) async fn enter(tx: &mut Tx, account: AccountId) -> Result<()> {
        sqlx::query("select set_config('app.account_id', $1, true)")
            .bind(account.to_string())
            .execute(&mut **tx)
            .await?;
        Ok(())
    }

    /// A connection of its own kind, which hears what the database tells and takes itself up again when it breaks.
    pub(crate) async fn listener(&self) -> std::result::Result<PgListener, sqlx::Error> {
        PgListener::connect_with(&self.pool).await
    }

    /// Closes every connection, waiting for those in use.
    pub async fn close(&self) {
        self.pool.close().await;
    }
}

/// Runs the migrations as the owner. Several processes may do it at once: sqlx takes an advisory lock.
///
/// # Errors
/// [`SetUpError::Address`], or [`SetUpError::Unreachable`] with the database's words.
pub async fn migrate(owner_url: &str) -> std::result::Result<(), SetUpError> {
    let options = PgConnectOptions::from_str(owner_url).map_err(SetUpError::Address)?;
    let pool = PgPoolOptions::new()
        .max_connections(1)
        .connect_with(options)
        .await
        .map_err(SetUpError::Unreachable)?;
    MIGRATOR.run(&pool).await.map_err(|error| SetUpError::Unreachable(error.into()))?;
    pool.close().await;
    Ok(())
}

/// The migrations, compiled into the binary.
pub static MIGRATOR: sqlx::migrate::Migrator = sqlx::migrate!("../../migrations");
