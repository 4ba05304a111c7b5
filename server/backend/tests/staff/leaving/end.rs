use backend::staff::{self, leaving};
use domain::{
    Refusal,
    staff::{
        MemberState,
        leaving::{HeldKind, LeavingForm, LeavingWay},
    },
};
use sqlx::PgPool;

use super::world::{all, say, to, told};
use crate::support::{World, refusal};

const GOES: LeavingWay = LeavingWay::Deactivate;

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn the_page_counts_what_is_held_and_offers_who_could_get_it(pool: PgPool) {
    let world = World::new(pool).await;
    let umas = world.umas().await;
    let (olive, uma) = (&world.olive().access, world.uma().member_id);
    let page = world.asked(olive, uma, GOES, &LeavingForm::default()).await.unwrap();
    let counts: Vec<_> = page.parts.iter().map(|part| (part.kind, part.count)).collect();
    assert_eq!(counts, HeldKind::ALL.into_iter().zip([3, 3, 2, 1]).collect::<Vec<_>>());
    assert!(page.parts.iter().all(|part| part.problem.is_none()), "nothing was chosen yet");
    assert!(page.parts[0].about.starts_with("The first is with Ann Archer on "), "{}", page.parts[0].about);
    assert_eq!(page.parts[1].about, "3 in Sales.");
    assert_eq!(page.parts[2].about, "Call and Coffee.");
    assert_eq!(page.planned, None);
    let offered: Vec<_> = page.receivers.iter().map(|one| (one.name.as_str(), one.unfree)).collect();
    assert_eq!(offered, [("Max Tester", 0), ("Nia Tester", 0), ("Olive Tester", 0)]);

    // Whoever is busy then is shown so.
    let at = world.appointment(umas.calls[0]).await.row.starts_at;
    world.booked(&umas.call, at, Some(world.max())).await;
    let page = world.asked(olive, uma, GOES, &LeavingForm::default()).await.unwrap();
    assert_eq!(page.receivers[0].unfree, 1);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn everything_goes_to_one_person_with_the_deactivation(pool: PgPool) {
    let world = World::new(pool).await;
    let umas = world.umas().await;
    let (max, uma) = (world.max(), world.uma());
    let before = world.log(world.acme).await.len();
    let id = world.uma_goes(GOES, &all(&to(&[max]))).await;

    assert!(world.signed_in(&uma.session_token).await.is_none(), "she is out at once");
    for appointment in [umas.calls[0], umas.calls[1], umas.cup] {
        assert_eq!(world.hosts_of(appointment).await, ["Max Tester"]);
    }
    assert!(world.owners(&umas.deals).await.iter().all(|owner| owner.as_deref() == Some("Max Tester")));
    assert_eq!(world.settings(umas.coffee.id).await.hosts, 1);
    let told_since = world.log(world.acme).await.split_off(before);
    assert_eq!(
        told_since,
        [
            "Olive Tester deactivated Uma Tester",
            "Olive Tester saw to what Uma Tester held: 3 appointments to come, 3 opportunities, 2 calendars and 1 pipeline",
        ]
    );
    let receipt = world.receipt(id).await;
    assert_eq!(
        told(&receipt),
        [
            "Ann Archer · Call: To Max Tester",
            "Ann Archer · Call: To Max Tester",
            "Ann Archer · Coffee: To Max Tester",
            "No roof · Sales: To Max Tester",
            "Old roof · Sales: To Max Tester",
            "New roof · Sales: To Max Tester",
            "Call · Round robin: To Max Tester",
            "Coffee · Personal: To Max Tester",
            "Sales · : To Max Tester",
        ]
    );
    assert_eq!((receipt.left_by.as_deref(), receipt.undo_until.is_some()), (Some("Olive Tester"), true));
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn what_is_shared_out_goes_round(pool: PgPool) {
    let world = World::new(pool).await;
    let umas = world.umas().await;
    let form = all(&to(&[world.max(), world.olive()]));
    let seen = world.asked(&world.olive().access, world.uma().member_id, GOES, &form).await.unwrap();
    let sums: Vec<_> =
        seen.planned.unwrap().sums.into_iter().map(|sum| (sum.kind, sum.receiver, sum.count)).collect();
    world.uma_goes(GOES, &form).await;
    let of = |kind| {
        sums.iter().filter(move |(own, ..)| *own == kind).map(|(_, _, count)| *count).collect::<Vec<_>>()
    };
    assert_eq!((of(HeldKind::Appointments), of(HeldKind::Opportunities)), (vec![2, 1], vec![2, 1]));
    let owners = world.owners(&umas.deals).await;
    assert_eq!(owners.iter().flatten().filter(|name| *name == "Max Tester").count(), 2);
    assert_eq!(world.hosts_of(umas.calls[0]).await, ["Max Tester"]);
    assert_eq!(world.hosts_of(umas.calls[1]).await, ["Olive Tester"]);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn what_stays_stays_and_is_told_on_her_page_until_it_is_handed_over(pool: PgPool) {
    let world = World::new(pool).await;
    let umas = world.umas().await;
    let (backend, olive, uma) = (&world.backend, &world.olive().access, world.uma());
    world.uma_goes(LeavingWay::Remove, &all(&say("keep"))).await;
    assert_eq!(
        world.log(world.acme).await.last().unwrap(),
        "Olive Tester removed Uma Tester (uma@example.com)"
    );
    assert_eq!(world.hosts_of(umas.calls[0]).await, ["Uma Tester"]);
    let page = staff::member_page(backend, olive, uma.member_id).await.unwrap();
    assert_eq!(page.member.state, MemberState::Removed);
    assert_eq!(page.leaving.lines.len(), 1);
    assert_eq!(page.leaving.still_held, HeldKind::ALL.into_iter().zip([3, 3, 2, 1]).collect::<Vec<_>>());

    let nothing_moves = world.seen_or_refused(&all(&say("keep"))).await;
    assert!(nothing_moves.is_err(), "that is no handing over");
    let id = world.uma_goes(LeavingWay::HandOver, &all(&to(&[world.max()]))).await;
    assert_eq!(world.hosts_of(umas.calls[0]).await, ["Max Tester"]);
    let page = staff::member_page(backend, olive, uma.member_id).await.unwrap();
    assert_eq!((page.leaving.still_held, page.leaving.lines[0].id), (vec![], id));
    assert_eq!(page.leaving.lines.len(), 2);
    assert!(world.last_told().await.starts_with("Olive Tester saw to what Uma Tester held"));
}

impl World {
    async fn seen_or_refused(&self, form: &LeavingForm) -> Result<String, Vec<String>> {
        let (olive, uma) = (&self.olive().access, self.uma().member_id);
        let page = self.asked(olive, uma, LeavingWay::HandOver, form).await.unwrap();
        let problems = page.parts.iter().filter_map(|part| part.problem.as_ref()).map(ToString::to_string);
        page.planned.map(|planned| planned.seen).ok_or_else(|| problems.collect())
    }
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn the_same_form_again_is_done_once_and_answers_the_same(pool: PgPool) {
    let world = World::new(pool).await;
    world.umas().await;
    let (backend, olive, uma) = (&world.backend, &world.olive().access, world.uma().member_id);
    let form = all(&to(&[world.max()]));
    let seen = world.seen(GOES, &form).await;
    let first = leaving::end(backend, olive, uma, GOES, &form, &seen).await.unwrap();
    let told = world.log(world.acme).await.len();
    for _ in 0..2 {
        assert_eq!(leaving::end(backend, olive, uma, GOES, &form, &seen).await.unwrap(), first);
    }
    assert_eq!(world.log(world.acme).await.len(), told);
    // Undone, the old form is about nothing that is there.
    world.undo(first).await.unwrap();
    let stale = leaving::end(backend, olive, uma, GOES, &form, &seen).await;
    assert_eq!(refusal(stale), Refusal::ChangedMeanwhile);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn whoever_holds_something_is_asked_about_and_whoever_holds_nothing_is_not(pool: PgPool) {
    let world = World::new(pool).await;
    world.umas().await;
    let (backend, olive) = (&world.backend, &world.olive().access);
    for end in [
        staff::deactivate(backend, olive, world.uma().member_id).await,
        staff::remove(backend, olive, world.uma().member_id).await,
        staff::leave(backend, &world.uma().access).await,
    ] {
        assert_eq!(refusal(end), Refusal::ReceiversNeeded);
    }
    assert!(world.access_again(world.uma()).await.is_some());

    let ada = world.person("ada@example.com", world.acme, domain::Role::User).await.member_id;
    staff::remove(backend, olive, ada).await.unwrap();
    let lines = staff::member_page(backend, olive, ada).await.unwrap().leaving.lines;
    assert_eq!((lines.len(), lines[0].way), (1, LeavingWay::Remove));
    let receipt = world.receipt(lines[0].id).await;
    assert_eq!((receipt.items.total, receipt.sums.len()), (0, 0));
    world.undo(lines[0].id).await.unwrap();
    assert_eq!(staff::member(backend, olive, ada).await.unwrap().state, MemberState::Active);
    assert_eq!(world.last_told().await, "Olive Tester undid the leaving of Ada Tester");
}
