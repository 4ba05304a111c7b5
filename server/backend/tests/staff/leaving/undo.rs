use backend::{
    calendars::{self, appointments},
    pipelines::{self, opportunities},
    staff::{self, leaving},
};
use chrono::Duration;
use domain::{
    Permission as P, PermissionSet, Refusal, Role,
    calendars::{AppointmentState, HostTermsForm},
    pipelines::MembershipChoice,
    staff::{
        MemberState, ReviewFilter, Verdict,
        leaving::{LeavingForm, LeavingWay},
    },
};
use sqlx::PgPool;

use super::world::{all, say, to, told};
use crate::support::{World, refusal};

const GOES: LeavingWay = LeavingWay::Deactivate;

/// Everything that undoing has to bring back, as the database holds it; what only counts up is left out.
async fn state(world: &World) -> Vec<String> {
    let sql = "
        select 'member ' || id || state || coalesce(removed_email, '') from member
        union all select 'host ' || appointment_id || member_id || occupied || is_active from appointment_host
        union all select 'appointment ' || id || state || credit_moves || starts_at from appointment
        union all select 'opportunity ' || id || coalesce(owner_id::text, 'nobody') from opportunity
        union all select 'in calendar ' || (m)::text from calendar_member m
        union all select 'calendar ' || id || is_active from calendar
        union all select 'in pipeline ' || (m)::text from pipeline_member m
        union all select 'credit ' || calendar_id || member_id || credit from calendar_turn where credit <> 0
        order by 1";
    sqlx::query_scalar(sql).fetch_all(&world.root).await.unwrap()
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn whatever_was_chosen_everything_is_as_it_was(pool: PgPool) {
    let world = World::new(pool).await;
    let umas = world.umas().await;
    let before = state(&world).await;
    let (max, olive) = (world.max(), world.olive());
    let forms = [
        all(&to(&[max])),
        all(&to(&[max, olive])),
        LeavingForm { appointments: say("cancel"), ..all(&say("nobody")) },
        LeavingForm { appointments: say("turn"), calendars: to(&[&umas.nia]), ..all(&say("nobody")) },
        all(&say("keep")),
    ];
    for way in [LeavingWay::Deactivate, LeavingWay::Remove] {
        for form in &forms {
            let id = world.uma_goes(way, form).await;
            assert_ne!(state(&world).await, before);
            world.undo(id).await.unwrap();
            assert_eq!(state(&world).await, before, "{way:?} {form:?}");
            let receipt = world.receipt(id).await;
            assert_eq!(receipt.undone.unwrap().1.as_deref(), Some("Olive Tester"));
            assert_eq!(receipt.undo_until, None);
        }
    }
    assert!(world.access_again(world.uma()).await.is_none(), "her old sessions have ended for good");
    let again = world.session(world.uma().login_id, world.acme).await;
    assert!(world.signed_in(&again).await.unwrap().access.is_some(), "and she may sign in");
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn everybody_concerned_hears_of_it(pool: PgPool) {
    let world = World::new(pool).await;
    world.umas().await;
    let id = world.uma_goes(GOES, &all(&to(&[world.max()]))).await;
    world.mails().await;
    let before = world.mailbox.sent().len();
    world.undo(id).await.unwrap();
    let mails = world.mails().await.split_off(before);
    let count = |email: &str, subject: &str| {
        mails.iter().filter(|mail| mail.to.as_str() == email && mail.subject.starts_with(subject)).count()
    };
    assert_eq!(count("ann.archer@clients.example.com", "Moved: "), 3);
    assert_eq!(count("max@example.com", "Given away: "), 3);
    assert_eq!(count("uma@example.com", "Booked: "), 3);
    assert_eq!(mails.len(), 9);
    assert_eq!(world.last_told().await, "Olive Tester undid the leaving of Uma Tester: 9 things given back");
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn what_somebody_changed_since_is_named_and_left_alone(pool: PgPool) {
    let world = World::new(pool).await;
    let umas = world.umas().await;
    let (backend, olive, max) = (&world.backend, &world.olive().access, world.max());
    let id = world.uma_goes(GOES, &all(&to(&[max]))).await;
    // One call is moved, one cancelled; one deal is given on, one deleted; Max gets another weight, and the pipeline is left by Max.
    let version = world.appointment(umas.calls[0]).await.version;
    let later = (world.appointment(umas.calls[0]).await.row.starts_at + Duration::hours(5)).to_rfc3339();
    appointments::reschedule(backend, olive, umas.calls[0], version, &later).await.unwrap();
    appointments::cancel(backend, olive, umas.calls[1], version).await.unwrap();
    opportunities::assign(backend, olive, umas.deals[0], world.olive().access.member_id()).await.unwrap();
    opportunities::delete(backend, olive, umas.deals[1]).await.unwrap();
    opportunities::move_to(backend, olive, umas.deals[2], umas.sales.stages[2]).await.unwrap();
    let heavier = HostTermsForm { weight: "33".into(), ..HostTermsForm::default() };
    let chosen = MembershipChoice::In;
    calendars::set_member(backend, olive, umas.coffee.id, max.member_id, chosen, &heavier).await.unwrap();
    calendars::set_member(backend, olive, umas.call.id, max.member_id, chosen, &heavier).await.unwrap();

    world.undo(id).await.unwrap();
    let receipt = told(&world.receipt(id).await);
    assert_eq!(
        receipt,
        [
            "Ann Archer · Call: To Max Tester (Left alone: somebody changed it since)",
            "Ann Archer · Call: To Max Tester (Left alone: it was cancelled since)",
            "Ann Archer · Coffee: To Max Tester (Given back)",
            "No roof · Sales: To Max Tester (Given back)",
            "Old roof · Sales: To Max Tester (Left alone: it was deleted since)",
            "New roof · Sales: To Max Tester (Left alone: somebody changed it since)",
            "Call · Round robin: To Max Tester (Given back)",
            "Coffee · Personal: To Max Tester (Left alone: somebody changed it since)",
            "Sales · : To Max Tester (Given back)",
        ]
    );
    assert_eq!(world.hosts_of(umas.calls[0]).await, ["Max Tester"]);
    assert_eq!(world.appointment(umas.calls[1]).await.row.state, AppointmentState::Cancelled);
    assert_eq!(world.owner(umas.deals[0]).await.as_deref(), Some("Olive Tester"));
    assert_eq!(
        world.owner(umas.deals[2]).await.as_deref(),
        Some("Uma Tester"),
        "work on it is no change of whose it is"
    );
    assert_eq!(world.settings(umas.coffee.id).await.hosts, 1);
    let told = world.last_told().await;
    assert_eq!(
        told,
        "Olive Tester undid the leaving of Uma Tester: 4 things given back, 5 things left as they are now"
    );
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_changed_place_beside_is_kept_and_the_own_comes_back(pool: PgPool) {
    let world = World::new(pool).await;
    let umas = world.umas().await;
    let (backend, olive) = (&world.backend, &world.olive().access);
    let form = LeavingForm { calendars: to(&[&umas.nia]), ..all(&say("keep")) };
    let id = world.uma_goes(GOES, &form).await;
    let lighter = HostTermsForm { weight: "1".into(), ..HostTermsForm::default() };
    let (nia, chosen) = (umas.nia.member_id, MembershipChoice::In);
    calendars::set_member(backend, olive, umas.call.id, nia, chosen, &lighter).await.unwrap();
    world.undo(id).await.unwrap();
    let call = world.settings(umas.call.id).await;
    assert_eq!(call.hosts, 3, "Uma, Max, and Nia as Olive wants her");
    let told = told(&world.receipt(id).await);
    let expected =
        "Call · Round robin: To Nia Tester (Given back; the other place was changed since and stays)";
    assert!(told.contains(&expected.to_owned()), "{told:?}");
    pipelines::set_member(backend, olive, umas.sales.id, nia, MembershipChoice::AsRules).await.unwrap();
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn it_is_undone_for_24_hours_and_not_an_instant_longer(pool: PgPool) {
    let world = World::new(pool).await;
    let umas = world.umas().await;
    let form = LeavingForm { appointments: to(&[world.max()]), ..all(&say("keep")) };
    let id = world.uma_goes(GOES, &form).await;
    let left_at = world.receipt(id).await.left_at;
    assert_eq!(world.receipt(id).await.undo_until, Some(left_at + Duration::hours(24)));
    world.advance(left_at + Duration::hours(24) - world.now());
    assert_eq!(refusal(world.undo(id).await), Refusal::UndoOver);
    assert_eq!(world.receipt(id).await.undo_until, None);
    world.advance(Duration::seconds(-1));
    world.undo(id).await.unwrap();
    assert_eq!(world.hosts_of(umas.cup).await, ["Uma Tester"]);
    // Repeated, nothing more happens, whenever that is.
    world.advance(Duration::days(2));
    let told = world.log(world.acme).await.len();
    world.undo(id).await.unwrap();
    assert_eq!(world.log(world.acme).await.len(), told);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn the_latest_is_undone_first_and_a_return_in_between_is_respected(pool: PgPool) {
    let world = World::new(pool).await;
    let umas = world.umas().await;
    let (backend, olive, uma) = (&world.backend, &world.olive().access, world.uma());
    let deactivated = world.uma_goes(GOES, &all(&say("keep"))).await;
    let handed = world.uma_goes(LeavingWay::HandOver, &all(&to(&[world.max()]))).await;
    assert_eq!(refusal(world.undo(deactivated).await), Refusal::UndoLaterFirst);
    assert_eq!(world.receipt(deactivated).await.undo_until, None);
    let state = async || staff::member(backend, olive, uma.member_id).await.unwrap().state;
    world.undo(handed).await.unwrap();
    assert_eq!(
        (state().await, world.hosts_of(umas.cup).await),
        (MemberState::Deactivated, vec!["Uma Tester".to_owned()])
    );
    world.undo(deactivated).await.unwrap();
    assert_eq!(state().await, MemberState::Active);

    // Somebody let her in meanwhile: what she had comes back all the same.
    let again = world.uma_goes(GOES, &all(&to(&[world.max()]))).await;
    staff::reactivate(backend, olive, uma.member_id).await.unwrap();
    world.undo(again).await.unwrap();
    assert_eq!(
        (state().await, world.owner(umas.deals[0]).await.as_deref()),
        (MemberState::Active, Some("Uma Tester"))
    );
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn what_has_shut_them_out_since_is_not_undone_with_it(pool: PgPool) {
    let world = World::new(pool).await;
    let umas = world.umas().await;
    let (backend, olive, uma) = (&world.backend, &world.olive().access, world.uma().member_id);
    let id = world.uma_goes(GOES, &all(&to(&[world.max()]))).await;
    world.advance(Duration::hours(1));
    staff::reactivate(backend, olive, uma).await.unwrap();
    world.advance(Duration::hours(1));
    let review = staff::start_review(backend, olive).await.unwrap();
    let filter = ReviewFilter { page: 1, ..ReviewFilter::default() };
    let lines = staff::review(backend, olive, review, &filter).await.unwrap().lines.rows;
    let hers = lines.iter().find(|line| line.name == "Uma Tester").unwrap().id;
    staff::decide(backend, olive, review, hers, Verdict::End, "").await.unwrap();
    world.undo(id).await.unwrap();
    let state = staff::member(backend, olive, uma).await.unwrap().state;
    assert_eq!(
        (state, world.owner(umas.deals[0]).await.as_deref()),
        (MemberState::Deactivated, Some("Uma Tester"))
    );
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn whoever_has_something_of_their_own_there_by_now_stays_in_the_pipeline(pool: PgPool) {
    let world = World::new(pool).await;
    let umas = world.umas().await;
    let form = LeavingForm { pipelines: to(&[&umas.nia]), ..all(&say("keep")) };
    let id = world.uma_goes(GOES, &form).await;
    let hers = world.opportunity(&umas.sales, "Nia’s own", "", Some(&umas.nia)).await;
    world.undo(id).await.unwrap();
    let told = told(&world.receipt(id).await);
    let expected = "Sales · : To Nia Tester (Given back; the other place was changed since and stays)";
    assert!(told.contains(&expected.to_owned()), "{told:?}");
    assert_eq!(world.owner(hers).await.as_deref(), Some("Nia Tester"));
    let inside = "select count(*) from pipeline_person where is_in";
    assert_eq!(world.count(inside).await, 3, "Uma, Max and Nia");
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_visitor_who_has_booked_another_time_since_is_not_booked_for_the_old_one_too(pool: PgPool) {
    let world = World::new(pool).await;
    let umas = world.umas().await;
    let form = LeavingForm { appointments: say("cancel"), ..all(&say("keep")) };
    let id = world.uma_goes(GOES, &form).await;
    world.advance(Duration::minutes(5));
    let at = world.appointment(umas.calls[0]).await.row.starts_at + Duration::hours(6);
    world.booked(&umas.call, at, Some(world.max())).await;
    world.undo(id).await.unwrap();
    let told = told(&world.receipt(id).await);
    assert_eq!(told[0], "Ann Archer · Call: Cancelled (Left alone: somebody changed it since)");
    assert_eq!(told[2], "Ann Archer · Coffee: Cancelled (Given back)", "that is another calendar");
    assert_eq!(world.appointment(umas.calls[0]).await.row.state, AppointmentState::Cancelled);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn whoever_was_booked_again_meanwhile_is_not_booked_twice(pool: PgPool) {
    let world = World::new(pool).await;
    let umas = world.umas().await;
    let (backend, olive, uma) = (&world.backend, &world.olive().access, world.uma());
    let form = LeavingForm { appointments: to(&[world.max()]), ..all(&say("keep")) };
    let id = world.uma_goes(GOES, &form).await;
    staff::reactivate(backend, olive, uma.member_id).await.unwrap();
    let at = world.appointment(umas.calls[0]).await.row.starts_at;
    world.booked(&umas.call, at, Some(uma)).await;
    world.undo(id).await.unwrap();
    assert_eq!(world.hosts_of(umas.calls[0]).await, ["Max Tester"]);
    assert_eq!(world.hosts_of(umas.calls[1]).await, ["Uma Tester"]);
    let told = told(&world.receipt(id).await);
    assert_eq!(told[0], "Ann Archer · Call: To Max Tester (Left alone: they have something else then)");
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn what_has_begun_since_is_over(pool: PgPool) {
    let world = World::new(pool).await;
    let umas = world.umas().await;
    let starts_at = world.appointment(umas.calls[0]).await.row.starts_at;
    world.advance(starts_at - world.now() - Duration::hours(1));
    let form = LeavingForm { appointments: say("cancel"), ..all(&say("keep")) };
    let id = world.uma_goes(GOES, &form).await;
    world.advance(Duration::hours(1));
    world.undo(id).await.unwrap();
    let told = told(&world.receipt(id).await);
    assert_eq!(told[0], "Ann Archer · Call: Cancelled (Left alone: it has begun)");
    assert_eq!(told[1], "Ann Archer · Call: Cancelled (Given back)");
    assert_eq!(world.appointment(umas.calls[1]).await.row.state, AppointmentState::Booked);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn somebody_removed_who_joined_anew_stays_who_they_are_now(pool: PgPool) {
    let world = World::new(pool).await;
    world.umas().await;
    let id = world.uma_goes(LeavingWay::Remove, &all(&say("keep"))).await;
    world.join(world.uma().login_id, uuid::Uuid::from_u128(77).into(), world.acme, "Uma", Role::User).await;
    assert_eq!(refusal(world.undo(id).await), Refusal::AlreadyMember);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn it_takes_what_doing_it_took(pool: PgPool) {
    let world = World::new(pool).await;
    world.umas().await;
    let backend = &world.backend;
    let edits = Role::User.permissions().with(P::SettingsEditStaff);
    let max = world.holding(world.max(), edits).await;
    let form = LeavingForm { opportunities: say("nobody"), ..all(&say("keep")) };
    let id = world.uma_goes(GOES, &form).await;
    assert_eq!(
        world.receipt(id).await.undo_needs,
        [
            P::SettingsEditStaff,
            P::OpportunitiesAssign,
            P::OpportunitiesAllRecords,
            P::OpportunitiesManagePipelines
        ]
    );
    let refused = refusal(leaving::undo(backend, &max, id).await);
    assert_eq!(refused, Refusal::PermissionMissing(P::OpportunitiesAssign));
    let nobody = world.uma_and_nobody().await;
    assert_eq!(
        refusal(leaving::undo(backend, &nobody, id).await),
        Refusal::PermissionMissing(P::SettingsEditStaff)
    );
    world.undo(id).await.unwrap();

    let id = world.uma_goes(LeavingWay::Remove, &all(&say("keep"))).await;
    assert_eq!(refusal(leaving::undo(backend, &max, id).await), Refusal::PermissionMissing(P::RemovePeople));
    let stale = world.olive_later().await;
    assert_eq!(refusal(leaving::undo(backend, &stale, id).await), Refusal::FreshProofNeeded);
}

impl World {
    /// Somebody who may nothing.
    async fn uma_and_nobody(&self) -> backend::Access {
        let ada = self.person("ada@example.com", self.acme, Role::User).await;
        self.holding(&ada, PermissionSet::EMPTY).await
    }
}
