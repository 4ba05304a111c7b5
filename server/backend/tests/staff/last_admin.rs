use backend::{Access, Backend, staff};
use domain::{AccountId, MemberId, Refusal, Role, staff::MemberForm};
use sqlx::PgPool;
use tokio::task::JoinSet;
use uuid::Uuid;

use crate::support::World;

const ROUNDS: u64 = 1_000;
/// Accounts tried side by side.
const ACCOUNTS: u64 = 4;
const PEOPLE: u64 = 8;

/// One way to lose an Admin.
#[derive(Clone, Copy, Debug)]
enum Way {
    Demote,
    StepDown,
    Remove,
    Deactivate,
    Leave,
}

/// Whoever acts on somebody else may be gone before their turn comes; whoever acts on themselves may not: more of those.
const WAYS: [Way; 9] = [
    Way::Demote,
    Way::Remove,
    Way::Deactivate,
    Way::StepDown,
    Way::StepDown,
    Way::StepDown,
    Way::Leave,
    Way::Leave,
    Way::Leave,
];

impl Way {
    async fn go(self, backend: &Backend, by: &Access, other: MemberId) -> backend::Result<()> {
        let own = by.member_id().unwrap();
        match self {
            Self::Demote => staff::change_member(backend, by, other, &to_user()).await,
            Self::StepDown => staff::change_member(backend, by, own, &to_user()).await,
            Self::Remove => staff::remove(backend, by, other).await,
            Self::Deactivate => staff::deactivate(backend, by, other).await,
            Self::Leave => staff::leave(backend, by).await,
        }
    }
}

fn to_user() -> MemberForm {
    MemberForm {
        version: 1,
        first_name: "Ada".into(),
        last_name: "Tester".into(),
        phone: String::new(),
        role: "user".into(),
        ..MemberForm::default()
    }
}

/// Numbers that look random and are the same in every run (Knuth's MMIX generator).
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % end
    }
}

#[derive(Default)]
struct Tally {
    acts: u32,
    done: u32,
    last_admin: u32,
    without_admin: u32,
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn an_account_always_has_an_active_admin(pool: PgPool) {
    let world = World::new(pool).await;
    let mut accounts = JoinSet::new();
    for n in 0..ACCOUNTS {
        let account = new_account(&world, n).await;
        let mut admins = Vec::new();
        for i in 0..PEOPLE {
            admins.push(world.person(&format!("ada{i}@{n}.example.com"), account, Role::Admin).await.access);
        }
        let (backend, root) = (world.backend.clone(), world.root.clone());
        accounts.spawn(async move { rounds(&backend, &root, &admins, n).await });
    }
    let mut all = Tally::default();
    for tally in accounts.join_all().await {
        all.acts += tally.acts;
        all.done += tally.done;
        all.last_admin += tally.last_admin;
        all.without_admin += tally.without_admin;
    }
    println!(
        "{ROUNDS} rounds, {} acts at once: {} done, {} refused to keep the last Admin, {} accounts without an Admin",
        all.acts, all.done, all.last_admin, all.without_admin
    );
    assert_eq!(all.without_admin, 0);
    assert!(all.done > 500 && all.last_admin > 100, "the rounds did not try the rule");
}

async fn new_account(world: &World, n: u64) -> AccountId {
    let account = Uuid::from_u128(0xada0 + u128::from(n));
    sqlx::query("insert into account values ($1, 'Race', 'UTC', 'US', 'USD', 'en', now())")
        .bind(account)
        .execute(&world.root)
        .await
        .unwrap();
    account.into()
}

async fn rounds(backend: &Backend, root: &PgPool, people: &[Access], seed: u64) -> Tally {
    let (mut dice, mut tally) = (Dice(seed), Tally::default());
    for _ in 0..ROUNDS / ACCOUNTS {
        let admins = 2 + dice.below(PEOPLE - 1);
        let people = &people[..usize::try_from(admins).unwrap()];
        reset(root, people).await;
        let mut acts = JoinSet::new();
        for (i, by) in people.iter().enumerate() {
            let way = WAYS[usize::try_from(dice.below(9)).unwrap()];
            let step = 1 + usize::try_from(dice.below(admins - 1)).unwrap();
            let other = people[(i + step) % people.len()].member_id().unwrap();
            let (backend, by) = (backend.clone(), by.clone());
            acts.spawn(async move { way.go(&backend, &by, other).await });
        }
        for outcome in acts.join_all().await {
            tally.acts += 1;
            match outcome {
                Ok(()) => tally.done += 1,
                Err(backend::Error::Refused(Refusal::LastAdmin)) => tally.last_admin += 1,
                Err(backend::Error::Refused(_)) => {}
                Err(error) => panic!("{error}"),
            }
        }
        tally.without_admin += u32::from(!has_admin(root, people[0].account()).await);
    }
    tally
}

/// These are Admins, the account's other people are gone.
async fn reset(root: &PgPool, admins: &[Access]) {
    let ids: Vec<Uuid> = admins.iter().map(|access| access.member_id().unwrap().0).collect();
    sqlx::query(
        "update member set role = 'admin', version = 1, first_name = 'Ada',
                           state = case when id = any($2) then 'active' else 'removed' end
         where account_id = $1",
    )
    .bind(admins[0].account().0)
    .bind(&ids)
    .execute(root)
    .await
    .unwrap();
}

async fn has_admin(root: &PgPool, account: AccountId) -> bool {
    sqlx::query_scalar(
        "select exists (select from member where account_id = $1 and role = 'admin' and state = 'active')",
    )
    .bind(account.0)
    .fetch_one(root)
    .await
    .unwrap()
}
