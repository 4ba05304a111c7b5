//! The people of the tests and the world they live in: a real database under the application's own role, a clock that can be
//! moved, a mailbox in memory.

pub mod fragile;
pub mod random_sets;
pub mod statements;

use std::sync::LazyLock;

use argon2::{Argon2, password_hash::PasswordHasher};
use backend::{
    Access, Backend, Client, Clock, Db, Installation, Keys, Signed, identity,
    keys::BearerToken,
    mail::{Mailer, MemoryMailbox, Message},
};
use chrono::{DateTime, Duration, Utc};
use domain::{AccountId, Email, LoginId, MemberId, Permission, PermissionSet, ProfileId, Refusal, Role};
use sqlx::PgPool;
use uuid::Uuid;

/// Everybody's password.
pub const PASSWORD: &str = "correct horse battery staple";

/// Made once: hashing for each person would be most of the tests' time.
static PASSWORD_HASH: LazyLock<String> =
    LazyLock::new(|| Argon2::default().hash_password(PASSWORD.as_bytes()).unwrap().to_string());

pub struct World {
    pub backend: Backend,
    pub mailbox: MemoryMailbox,
    /// A superuser's connections, which row-level security does not bind: to arrange and to look behind the scenes.
    pub root: PgPool,
    pub acme: AccountId,
    pub others: AccountId,
    people: Vec<Person>,
}

#[derive(Clone)]
pub struct Person {
    pub login_id: LoginId,
    pub member_id: MemberId,
    pub account: AccountId,
    pub email: Email,
    pub session_token: String,
    pub access: Access,
    pub signed: Signed,
}

impl World {
    pub async fn new(root: PgPool) -> Self {
        let options = root.connect_options().as_ref().clone().username("steward_web");
        let mailbox = MemoryMailbox::default();
        let installation = Installation {
            base_url: "https://steward.test".parse().unwrap(),
            brand_name: "Steward".into(),
            support_email: Email::parse("support@example.com").unwrap(),
            invitations_per_day: 500,
        };
        let backend = Backend::new(
            Db::with_options(options, 12),
            Clock::system(),
            Keys::new("a secret key of the tests, long enough").unwrap(),
            Mailer::Memory(mailbox.clone()),
            installation,
        );
        let mut world = Self {
            acme: Uuid::from_u128(0xacee).into(),
            others: Uuid::from_u128(0x0770).into(),
            backend,
            mailbox,
            root,
            people: vec![],
        };
        world.account(world.acme, "Acme").await;
        world.account(world.others, "Otto & Co").await;
        for (email, account, role) in [
            ("olive@example.com", world.acme, Role::Admin),
            ("max@example.com", world.acme, Role::User),
            ("uma@example.com", world.acme, Role::User),
            ("otto@example.com", world.others, Role::Admin),
        ] {
            let person = world.person(email, account, role).await;
            world.people.push(person);
        }
        world
    }

    /// The Admin of Acme.
    pub fn olive(&self) -> &Person {
        &self.people[0]
    }
    /// A User of Acme.
    pub fn max(&self) -> &Person {
        &self.people[1]
    }
    /// Another User of Acme.
    pub fn uma(&self) -> &Person {
        &self.people[2]
    }
    /// The Admin of another account.
    pub fn otto(&self) -> &Person {
        &self.people[3]
    }

    pub fn now(&self) -> DateTime<Utc> {
        self.backend.clock.now()
    }
    pub fn advance(&self, by: Duration) {
        self.backend.clock.advance(by);
    }
    pub fn client(&self) -> Client {
        Client {
            ip_address: "203.0.113.7".into(),
            user_agent: "Firefox/140.0 Windows".into(),
            known_device: None,
        }
    }

    /// Adds somebody and signs them in. The first name is the address's, the last name "Tester".
    pub async fn person(&self, email: &str, account: AccountId, role: Role) -> Person {
        let (login, member) = (Uuid::from_u128(rand_u128()), Uuid::from_u128(rand_u128()));
        let first = email.split('@').next().unwrap();
        let first = first[..1].to_uppercase() + &first[1..];
        sqlx::query("insert into login values ($1, $2, $3, 'Tester', $4, $5)")
            .bind(login)
            .bind(email)
            .bind(&first)
            .bind(&*PASSWORD_HASH)
            .bind(self.now())
            .execute(&self.root)
            .await
            .unwrap();
        self.join(login.into(), member.into(), account, &first, role).await;
        let session_token = self.session(login.into(), account).await;
        let signed_in = self.signed_in(&session_token).await.unwrap();
        Person {
            login_id: login.into(),
            member_id: member.into(),
            account,
            email: Email::parse(email).unwrap(),
            session_token,
            access: signed_in.access.unwrap(),
            signed: signed_in.signed,
        }
    }

    /// Makes an existing login a member of one more account.
    pub async fn join(&self, login: LoginId, member: MemberId, account: AccountId, first: &str, role: Role) {
        sqlx::query(
            "insert into member (account_id, id, login_id, first_name, last_name, role, joined_at)
             values ($1, $2, $3, $4, 'Tester', $5, $6)",
        )
        .bind(account.0)
        .bind(member.0)
        .bind(login.0)
        .bind(first)
        .bind(role.key())
        .bind(self.now())
        .execute(&self.root)
        .await
        .unwrap();
    }

    /// One more signed-in browser of this person; answers its token.
    pub async fn session(&self, login: LoginId, account: AccountId) -> String {
        let token = BearerToken::random();
        sqlx::query(
            "insert into session (id, login_id, token_hash, current_account_id, user_agent, ip_address,
                                  created_at, last_seen_at, proved_at)
             values ($1, $2, $3, $4, 'Chrome/156 Linux', '198.51.100.4', $5, $5, $5)",
        )
        .bind(Uuid::from_u128(rand_u128()))
        .bind(login.0)
        .bind(&token.hash[..])
        .bind(account.0)
        .bind(self.now())
        .execute(&self.root)
        .await
        .unwrap();
        token.text
    }

    /// What the session middleware makes of a token.
    pub async fn signed_in(&self, token: &str) -> Option<identity::SignedIn> {
        identity::authenticate(&self.backend, token, &self.client()).await.unwrap()
    }

    /// This person's access as of their next request; none when they have none any more.
    pub async fn access_again(&self, person: &Person) -> Option<Access> {
        self.signed_in(&person.session_token).await.and_then(|signed_in| signed_in.access)
    }

    /// Runs all due jobs and answers the mails sent so far.
    pub async fn mails(&self) -> Vec<Message> {
        backend::jobs::run_due(&self.backend).await.unwrap();
        self.mailbox.sent()
    }

    /// The secret part of the newest mail to `email` whose link contains `path`, after all due jobs have run.
    pub async fn mailed_link(&self, email: &str, path: &str) -> String {
        let mails = self.mails().await;
        let urls = mails
            .iter()
            .rev()
            .filter(|mail| mail.to.as_str() == email)
            .filter_map(|mail| mail.action.as_ref());
        let url =
            urls.map(|action| &action.url).find(|url| url.contains(path)).expect("a mail with such a link");
        url.rsplit('/').next().unwrap().to_owned()
    }

    /// Sets a profile's permissions, in all its versions, behind the application's back.
    pub async fn arrange_profile(&self, id: ProfileId, permissions: PermissionSet) {
        let keys: Vec<_> = permissions.iter().map(Permission::key).collect();
        for table in [
            "update permission_profile set permissions = $1 where id = $2",
            "update permission_profile_version set permissions = $1 where profile_id = $2",
        ] {
            sqlx::query(table).bind(&keys).bind(id.0).execute(&self.root).await.unwrap();
        }
    }

    /// The sentences of an account's log, oldest first.
    pub async fn log(&self, account: AccountId) -> Vec<String> {
        let rows: Vec<(String, serde_json::Value)> =
            sqlx::query_as("select actor_name, event from activity where account_id = $1 order by number")
                .bind(account.0)
                .fetch_all(&self.root)
                .await
                .unwrap();
        rows.into_iter()
            .map(|(actor, event)| {
                let event: domain::activity::Event = serde_json::from_value(event).unwrap();
                format!("{actor} {}", event.sentence())
            })
            .collect()
    }

    /// A number from the database, for counting behind the scenes.
    pub async fn count(&self, sql: &'static str) -> i64 {
        sqlx::query_scalar(sql).fetch_one(&self.root).await.unwrap()
    }

    async fn account(&self, id: AccountId, name: &str) {
        sqlx::query("insert into account values ($1, $2, 'America/Denver', 'US', 'USD', 'en', $3)")
            .bind(id.0)
            .bind(name)
            .bind(self.now())
            .execute(&self.root)
            .await
            .unwrap();
    }
}

/// The refusal a use case ended with.
#[track_caller]
pub fn refusal<T: std::fmt::Debug>(result: backend::Result<T>) -> Refusal {
    result.expect_err("a refusal").refusal().expect("a refusal, not an internal error").clone()
}

/// Ids only need to differ here.
fn rand_u128() -> u128 {
    u128::from_le_bytes(BearerToken::random().hash[..16].try_into().unwrap())
}
