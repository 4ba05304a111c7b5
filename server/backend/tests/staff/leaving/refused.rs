use backend::{
    calendars::appointments,
    staff::{self, leaving},
};
use domain::{
    LeavingId, MemberId, Permission as P, PermissionSet, Problem, Refusal, Role,
    staff::leaving::{AnswerForm, HeldKind, LeavingForm, LeavingWay},
};
use sqlx::PgPool;
use uuid::Uuid;

use super::world::{all, say, to};
use crate::support::{World, refusal};

const GOES: LeavingWay = LeavingWay::Deactivate;

/// What a page said is not what is there any more: asked again, and nothing has happened.
#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn what_has_changed_since_it_was_shown_is_asked_again(pool: PgPool) {
    let world = World::new(pool).await;
    let umas = world.umas().await;
    let (backend, olive, uma) = (&world.backend, &world.olive().access, world.uma());
    let form = all(&to(&[world.max()]));
    let seen = world.seen(GOES, &form).await;
    let goes = async |seen: &str| leaving::end(backend, olive, uma.member_id, GOES, &form, seen).await;

    let more = world.opportunity(&umas.sales, "One more", "", Some(uma)).await;
    assert_eq!(refusal(goes(&seen).await), Refusal::ChangedMeanwhile);
    let seen = world.seen(GOES, &form).await;
    appointments::cancel(backend, olive, umas.calls[0], 1).await.unwrap();
    assert_eq!(refusal(goes(&seen).await), Refusal::ChangedMeanwhile);
    // Another answer than was shown.
    let seen = world.seen(GOES, &all(&say("keep"))).await;
    assert_eq!(refusal(goes(&seen).await), Refusal::ChangedMeanwhile);
    for nonsense in ["", "x", "AAAA"] {
        assert_eq!(refusal(goes(nonsense).await), Refusal::ChangedMeanwhile);
    }
    assert!(world.access_again(uma).await.is_some(), "nothing has happened");
    assert_eq!(world.owner(more).await.as_deref(), Some("Uma Tester"));
    let seen = world.seen(GOES, &form).await;
    goes(&seen).await.unwrap();
    assert_eq!(world.owner(more).await.as_deref(), Some("Max Tester"));
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_receiver_who_is_out_by_then_gets_nothing_and_nothing_else_is_done(pool: PgPool) {
    let world = World::new(pool).await;
    let umas = world.umas().await;
    let (backend, olive, uma) = (&world.backend, &world.olive().access, world.uma());
    let form = all(&to(&[&umas.nia, world.olive()]));
    let form = LeavingForm { opportunities: to(&[world.olive()]), ..form };
    let seen = world.seen(GOES, &form).await;
    staff::deactivate(backend, olive, umas.nia.member_id).await.unwrap();
    let refused = refusal(leaving::end(backend, olive, uma.member_id, GOES, &form, &seen).await);
    for kind in [HeldKind::Appointments, HeldKind::Calendars, HeldKind::Pipelines] {
        let why = refused.problem(kind.key()).unwrap().to_string();
        assert_eq!(why, "Somebody you chose is not active in your account any more. Choose again.");
    }
    assert_eq!(refused.problem("opportunities"), None);
    assert!(world.access_again(uma).await.is_some());
    assert_eq!(world.hosts_of(umas.cup).await, ["Uma Tester"]);
    assert_eq!(world.count("select count(*) from leaving_item").await, 0);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_receiver_who_would_not_see_it_is_told_with_what_they_lack(pool: PgPool) {
    let world = World::new(pool).await;
    world.umas().await;
    let max = world.max();
    world.holding(max, PermissionSet::of(&[P::OpportunitiesView])).await;
    let form = all(&to(&[max]));
    let why = world.problem(&form, HeldKind::Appointments).await.unwrap();
    assert_eq!(why, "Max Tester would not see them: their access does not include “View Calendars”.");
    assert_eq!(world.problem(&form, HeldKind::Opportunities).await, None);
    let page = world.asked(&world.olive().access, world.uma().member_id, GOES, &form).await.unwrap();
    let offered = page.receivers.into_iter().find(|one| one.member == max.member_id).unwrap();
    assert_eq!(offered.kinds, [HeldKind::Opportunities, HeldKind::Pipelines]);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn nobody_of_another_account_leaves_receives_or_reads(pool: PgPool) {
    let world = World::new(pool).await;
    world.umas().await;
    let (backend, olive, otto) = (&world.backend, &world.olive().access, world.otto());
    let (uma, form) = (world.uma().member_id, all(&to(&[world.max()])));
    let absent: MemberId = Uuid::from_u128(1).into();
    for id in [otto.member_id, absent] {
        assert_eq!(refusal(world.asked(olive, id, GOES, &form).await), Refusal::NotFound);
        let ended = leaving::end(backend, olive, id, GOES, &form, "x").await;
        assert_eq!(refusal(ended), Refusal::NotFound);
    }
    assert_eq!(refusal(world.asked(&otto.access, uma, GOES, &form).await), Refusal::NotFound);
    let why = world.problem(&all(&to(&[otto])), HeldKind::Calendars).await.unwrap();
    assert_eq!(why, "Somebody you chose is not active in your account any more. Choose again.");

    let id = world.uma_goes(GOES, &form).await;
    let nowhere: LeavingId = Uuid::from_u128(2).into();
    for (access, id) in [(&otto.access, id), (olive, nowhere)] {
        assert_eq!(refusal(leaving::receipt(backend, access, id, 1).await), Refusal::NotFound);
        assert_eq!(refusal(leaving::undo(backend, access, id).await), Refusal::NotFound);
    }
}

/// Whoever edits staff but decides about nothing else shuts people out, and what those hold stays theirs.
#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn who_may_not_decide_about_something_leaves_it_where_it_is(pool: PgPool) {
    let world = World::new(pool).await;
    let umas = world.umas().await;
    let backend = &world.backend;
    let edits = Role::User.permissions().with(P::SettingsEditStaff);
    let max = world.holding(world.max(), edits).await;
    let uma = world.uma().member_id;
    let page = world.asked(&max, uma, GOES, &LeavingForm::default()).await.unwrap();
    let missing: Vec<_> = page.parts.iter().map(|part| part.missing.unwrap()).collect();
    assert_eq!(
        missing,
        [P::CalendarsEditAny, P::OpportunitiesAssign, P::CalendarsManage, P::OpportunitiesManagePipelines]
    );
    assert!(page.parts.iter().all(|part| part.about.is_empty()), "names are not for everybody");
    assert_eq!(page.receivers, []);
    let seen = page.planned.unwrap().seen;
    let takes = LeavingForm { opportunities: to(&[world.max()]), ..LeavingForm::default() };
    let refused = refusal(leaving::end(backend, &max, uma, GOES, &takes, &seen).await);
    assert_eq!(refused, Refusal::PermissionMissing(P::OpportunitiesAssign));
    let id = leaving::end(backend, &max, uma, GOES, &LeavingForm::default(), &seen).await.unwrap();
    assert_eq!(world.owners(&umas.deals).await, vec![Some("Uma Tester".to_owned()); 3]);
    assert_eq!(world.hosts_of(umas.cup).await, ["Uma Tester"]);
    let receipt = leaving::receipt(backend, &max, id, 1).await.unwrap();
    assert_eq!((receipt.items.rows.len(), receipt.sums.len()), (0, 4), "how much, and no names");
    assert_eq!(receipt.undo_needs, [P::SettingsEditStaff]);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn it_takes_the_rights_that_ending_somebodys_place_takes(pool: PgPool) {
    let world = World::new(pool).await;
    world.umas().await;
    let (backend, uma, form) = (&world.backend, world.uma(), all(&say("keep")));
    let max = &world.max().access;
    for (way, needed) in [
        (LeavingWay::Deactivate, P::SettingsEditStaff),
        (LeavingWay::HandOver, P::SettingsEditStaff),
        (LeavingWay::Remove, P::RemovePeople),
    ] {
        let missing = Refusal::PermissionMissing(needed);
        assert_eq!(refusal(world.asked(max, uma.member_id, way, &form).await), missing);
        assert_eq!(refusal(leaving::end(backend, max, uma.member_id, way, &form, "x").await), missing);
    }
    let olive = world.olive();
    let own = world.asked(&olive.access, olive.member_id, GOES, &form).await;
    assert_eq!(refusal(own), Refusal::NotToYourself);
    let last = world.asked(&olive.access, olive.member_id, LeavingWay::Leave, &form).await;
    assert_eq!(refusal(last), Refusal::LastAdmin);
    let other = world.asked(&olive.access, uma.member_id, LeavingWay::Leave, &form).await;
    assert_eq!(refusal(other), Refusal::NotFound, "nobody goes for somebody else");
    let there = world.asked(&olive.access, uma.member_id, LeavingWay::HandOver, &form).await;
    assert_eq!(refusal(there), Refusal::ChangedMeanwhile, "she has not left");
    let stale = world.olive_later().await;
    let unproved = leaving::end(backend, &stale, uma.member_id, LeavingWay::Remove, &form, "x").await;
    assert_eq!(refusal(unproved), Refusal::FreshProofNeeded);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn an_answer_is_needed_for_everything_that_is_held(pool: PgPool) {
    let world = World::new(pool).await;
    world.umas().await;
    let mut form = all(&say("keep"));
    form.calendars = AnswerForm::default();
    assert_eq!(
        world.problem(&form, HeldKind::Calendars).await.as_deref(),
        Some("Please choose what becomes of them.")
    );
    form.calendars = AnswerForm { to: "nobody".into(), ..to(&[world.max()]) };
    let both = world.problem(&form, HeldKind::Calendars).await.unwrap();
    assert_eq!(both, "You ticked people and chose something else. Choose one of both.");
    let (backend, olive, uma) = (&world.backend, &world.olive().access, world.uma().member_id);
    let refused = refusal(leaving::end(backend, olive, uma, GOES, &form, "x").await);
    assert!(refused.problem("calendars").is_some() && refused.problem("appointments").is_none());
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn handing_over_that_changes_nothing_says_so_where_it_can_be_answered(pool: PgPool) {
    let world = World::new(pool).await;
    world.umas().await;
    let uma = world.uma().member_id;
    world.uma_goes(GOES, &all(&say("keep"))).await;
    let edits = Role::User.permissions().with(P::SettingsEditStaff).with(P::OpportunitiesManagePipelines);
    let max = world.holding(world.max(), edits).await;
    let only_pipelines = LeavingForm { pipelines: say("keep"), ..LeavingForm::default() };
    for (access, form, first) in [
        (&world.olive().access, all(&say("keep")), HeldKind::Appointments),
        (&max, only_pipelines, HeldKind::Pipelines),
    ] {
        let page = world.asked(access, uma, LeavingWay::HandOver, &form).await.unwrap();
        let said: Vec<_> =
            page.parts.iter().filter_map(|part| Some((part.kind, part.problem.clone()?))).collect();
        assert_eq!(said, [(first, Problem::NothingHandedOver)]);
        let refused =
            refusal(leaving::end(&world.backend, access, uma, LeavingWay::HandOver, &form, "x").await);
        assert_eq!(refused, Refusal::field(first.key(), Problem::NothingHandedOver));
    }
}
