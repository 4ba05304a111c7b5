use backend::{calendars::booking, pipelines::opportunities, staff::leaving};
use domain::{
    Refusal, Role,
    staff::leaving::{LeavingForm, LeavingWay},
};
use sqlx::PgPool;
use tokio::task::JoinSet;

use super::world::{all, say, to};
use crate::{
    calendars::world::{client_at, visitor},
    support::World,
};

/// Appointments that overlap for one host.
const TWICE: &str = "select count(*) from appointment_host a join appointment_host b
    on a.member_id = b.member_id and a.appointment_id < b.appointment_id and a.occupied && b.occupied
    where a.is_active and b.is_active";

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn of_two_who_do_it_at_once_one_does_and_the_other_is_told(pool: PgPool) {
    let world = World::new(pool).await;
    let umas = world.umas().await;
    let ada = world.person("ada@example.com", world.acme, Role::Admin).await;
    let (first, second) = (all(&to(&[world.max()])), all(&to(&[world.olive()])));
    let mut acts = JoinSet::new();
    for (access, form) in [(&world.olive().access, first), (&ada.access, second)] {
        let seen = world.seen(LeavingWay::Deactivate, &form).await;
        let (backend, access, uma) = (world.backend.clone(), access.clone(), world.uma().member_id);
        acts.spawn(async move {
            leaving::end(&backend, &access, uma, LeavingWay::Deactivate, &form, &seen).await
        });
    }
    let (mut done, mut refused) = (0, vec![]);
    while let Some(act) = acts.join_next().await {
        match act.unwrap() {
            Ok(_) => done += 1,
            Err(error) => refused.push(error.refusal().unwrap_or_else(|| panic!("{error}")).clone()),
        }
    }
    assert_eq!((done, refused), (1, vec![Refusal::ChangedMeanwhile]));
    let owners = world.owners(&umas.deals).await;
    assert!(owners.iter().all(|owner| *owner == owners[0]), "all of it is one's");
    assert_eq!(world.count("select count(*) from leaving").await, 1);
}

/// Visitors book the receiver at the very times at which they get something: one of both happens.
#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn nobody_is_booked_twice_while_appointments_change_hands(pool: PgPool) {
    let world = World::new(pool).await;
    let umas = world.umas().await;
    let slug = world.account_slug().await;
    let max = world.max();
    let form = LeavingForm { appointments: to(&[max]), ..all(&say("keep")) };
    let mut moved = 0;
    for round in 0..10 {
        let seen = world.seen(LeavingWay::Deactivate, &form).await;
        let mut acts = JoinSet::new();
        for (n, call) in umas.calls.into_iter().enumerate() {
            let starts_at = world.appointment(call).await.row.starts_at;
            let wanted = visitor(&format!("Visitor {round} {n}"), starts_at);
            let (backend, account, calendar) =
                (world.backend.clone(), slug.clone(), umas.call.slug.to_string());
            let client = client_at(round * 10 + n);
            acts.spawn(async move {
                booking::book(&backend, &client, &account, &calendar, &wanted).await.map(|_| None)
            });
        }
        let (backend, olive, uma) =
            (world.backend.clone(), world.olive().access.clone(), world.uma().member_id);
        let own = form.clone();
        acts.spawn(async move {
            leaving::end(&backend, &olive, uma, LeavingWay::Deactivate, &own, &seen).await.map(Some)
        });
        while let Some(act) = acts.join_next().await {
            match act.unwrap() {
                Ok(Some(id)) => {
                    moved += 1;
                    world.undo(id).await.unwrap();
                }
                Ok(None) => {}
                Err(error) => {
                    let refusal = error.refusal().unwrap_or_else(|| panic!("{error}"));
                    let expected = matches!(
                        refusal,
                        Refusal::TimeTaken | Refusal::ChangedMeanwhile | Refusal::Invalid(_)
                    );
                    assert!(expected, "{refusal:?}");
                }
            }
        }
        assert_eq!(world.count(TWICE).await, 0);
        let cancel = "update appointment set state = 'cancelled' where visitor_name like 'Visitor%'";
        sqlx::query(cancel).execute(&world.root).await.unwrap();
        let free = "update appointment_host h set is_active = false from appointment a
                    where a.id = h.appointment_id and a.state = 'cancelled'";
        sqlx::query(free).execute(&world.root).await.unwrap();
    }
    println!("10 rounds, {moved} of them moved the appointments, nobody was booked twice");
}

/// Somebody gives Uma something at the instant at which she goes: one of both is refused, and nothing is left with whoever is out.
#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn nothing_is_given_to_whoever_goes_at_the_same_instant(pool: PgPool) {
    let world = World::new(pool).await;
    let umas = world.umas().await;
    let form = all(&to(&[world.max()]));
    let of_uma =
        "select count(*) from opportunity o join member m on m.id = o.owner_id where m.state <> 'active'";
    let mut went = 0;
    for round in 0..10 {
        let deal = world.opportunity(&umas.sales, &format!("Deal {round}"), "", Some(world.max())).await;
        let seen = world.seen(LeavingWay::Deactivate, &form).await;
        let uma = world.uma().member_id;
        let mut acts = JoinSet::new();
        let (backend, olive) = (world.backend.clone(), world.olive().access.clone());
        acts.spawn(async move {
            opportunities::assign(&backend, &olive, deal, Some(uma)).await.map(|_out_of_sight| None)
        });
        let (backend, olive, own) = (world.backend.clone(), world.olive().access.clone(), form.clone());
        acts.spawn(async move {
            leaving::end(&backend, &olive, uma, LeavingWay::Deactivate, &own, &seen).await.map(Some)
        });
        let mut leaving = None;
        while let Some(act) = acts.join_next().await {
            match act.unwrap() {
                Ok(done) => leaving = leaving.or(done),
                Err(error) => {
                    let refusal = error.refusal().unwrap_or_else(|| panic!("{error}"));
                    let expected = matches!(refusal, Refusal::ChangedMeanwhile | Refusal::Invalid(_));
                    assert!(expected, "{refusal:?}");
                }
            }
        }
        assert_eq!(world.count(of_uma).await, 0);
        if let Some(id) = leaving {
            went += 1;
            world.undo(id).await.unwrap();
        }
    }
    println!("10 rounds, in {went} of them she went first, nothing was left with her");
}
