use backend::{mail::Message, permissions, staff};
use chrono::Duration;
use domain::{MemberId, Permission, PermissionSet, Role, staff::MemberForm};
use sqlx::PgPool;

use super::profiles::virtual_assistant;
use crate::support::{Person, World};

/// Through the member's edit page.
async fn edit(world: &World, by: &Person, id: MemberId, change: impl Fn(&mut MemberForm)) {
    let member = staff::member(&world.backend, &world.olive().access, id).await.unwrap();
    let choice = member.assignment.choice();
    let mut form = MemberForm {
        version: member.version,
        first_name: member.name.first,
        last_name: member.name.last,
        role: choice.role.key().to_owned(),
        profile: choice.profile.map(|id| id.to_string()).unwrap_or_default(),
        ..MemberForm::default()
    };
    change(&mut form);
    staff::change_member(&world.backend, &by.access, id, &form).await.unwrap();
}

/// The mails there are once the changes of the last minutes are told.
async fn told(world: &World) -> Vec<Message> {
    world.advance(Duration::minutes(5));
    world.mails().await
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn who_gets_another_role_hears_who_did_it_and_what_it_was_and_is(pool: PgPool) {
    let world = World::new(pool).await;
    let (olive, uma) = (world.olive(), world.uma());
    edit(&world, olive, uma.member_id, |form| form.role = "admin".into()).await;
    assert!(world.mails().await.is_empty(), "others may follow");
    let mails = told(&world).await;
    let [mail] = &mails[..] else { panic!("{mails:#?}") };
    assert_eq!((mail.to.as_str(), mail.sender_name.as_str()), ("uma@example.com", "Acme"));
    assert_eq!(mail.subject, "Your access to Acme has changed");
    let text = mail.text("Steward");
    assert!(
        text.contains("Hello Uma,\n\nOlive Tester changed what you may do in Acme.\n\nRole: User → Admin\n"),
        "{text}"
    );
    assert!(text.contains("Open Acme:\nhttps://steward.test/\n"), "{text}");
    let html = mail.html("Steward").unwrap();
    assert!(html.contains("Role: User → Admin") && html.matches("href=").count() == 1, "{html}");
    assert_eq!(told(&world).await.len(), 1, "once");
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn changes_of_a_few_minutes_are_one_mail_from_the_first_old_to_the_last_new(pool: PgPool) {
    let world = World::new(pool).await;
    let (backend, olive, uma) = (&world.backend, world.olive(), world.uma());
    let ada = world.person("ada@example.com", world.acme, Role::Admin).await;
    let assistants = world.profile("Assistants", virtual_assistant()).await;
    let callers = world.profile("Callers", PermissionSet::of(&[Permission::ContactsView])).await;
    permissions::assign(backend, &olive.access, assistants.id, &[uma.member_id]).await.unwrap();
    world.advance(Duration::minutes(2));
    permissions::assign(backend, &ada.access, callers.id, &[uma.member_id]).await.unwrap();
    world.advance(Duration::minutes(2));
    edit(&world, olive, uma.member_id, |form| form.only_assigned = "true".into()).await;
    let mails = told(&world).await;
    let [mail] = &mails[..] else { panic!("{mails:#?}") };
    assert_eq!(
        mail.paragraphs[1..],
        [
            "Ada Tester and Olive Tester changed what you may do in Acme.",
            "Permission profile: Standard user → Callers",
            "Records: As the profile says → Only what is assigned to them",
        ]
    );
    permissions::unassign(backend, &olive.access, uma.member_id).await.unwrap();
    let mails = told(&world).await;
    assert_eq!(mails.len(), 2, "what comes later is told by itself");
    assert_eq!(mails[1].paragraphs[2..], ["Permission profile: Callers → Standard user"]);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_late_worker_tells_each_few_minutes_by_themselves(pool: PgPool) {
    let world = World::new(pool).await;
    let (olive, uma) = (world.olive(), world.uma());
    edit(&world, olive, uma.member_id, |form| form.role = "admin".into()).await;
    world.advance(Duration::hours(1));
    edit(&world, olive, uma.member_id, |form| form.role = "user".into()).await;
    let mails = told(&world).await;
    let said: Vec<_> = mails.iter().map(|mail| mail.paragraphs[2].as_str()).collect();
    assert_eq!(said, ["Role: User → Admin", "Role: Admin → User"]);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn what_comes_to_nothing_and_what_people_do_to_themselves_is_not_told(pool: PgPool) {
    let world = World::new(pool).await;
    let (backend, olive, uma) = (&world.backend, world.olive(), world.uma());
    let ada = world.person("ada@example.com", world.acme, Role::Admin).await;
    let assistants = world.profile("Assistants", virtual_assistant()).await;
    permissions::assign(backend, &olive.access, assistants.id, &[uma.member_id]).await.unwrap();
    permissions::unassign(backend, &olive.access, uma.member_id).await.unwrap();
    edit(&world, &ada, ada.member_id, |form| form.role = "user".into()).await;
    edit(&world, olive, world.max().member_id, |form| form.last_name = "Mulder".into()).await;
    // Live toggles of a profile are for those who look, not for every holder's mailbox.
    assert!(told(&world).await.is_empty());
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn holders_of_a_deleted_profile_hear_what_they_have_instead_and_who_is_gone_does_not(pool: PgPool) {
    let world = World::new(pool).await;
    let (backend, olive) = (&world.backend, world.olive());
    let assistants = world.profile("Assistants", virtual_assistant()).await;
    let both = [world.uma().member_id, world.max().member_id];
    permissions::assign(backend, &olive.access, assistants.id, &both).await.unwrap();
    assert_eq!(told(&world).await.len(), 2);
    let replacement = permissions::Replacement::StandardUser;
    permissions::delete(backend, &olive.access, assistants.id, replacement, PermissionSet::everything())
        .await
        .unwrap();
    staff::deactivate(backend, &olive.access, world.max().member_id).await.unwrap();
    let mails = told(&world).await;
    assert_eq!(mails.len(), 3);
    assert_eq!(mails[2].to.as_str(), "uma@example.com");
    assert_eq!(mails[2].paragraphs[2..], ["Permission profile: Assistants → Standard user"]);
}

/// Whoever had another change a moment ago hears of both in that mail.
#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn deleting_a_profile_joins_the_mails_that_are_on_their_way(pool: PgPool) {
    let world = World::new(pool).await;
    let (backend, olive) = (&world.backend, world.olive());
    let assistants = world.profile("Assistants", virtual_assistant()).await;
    permissions::assign(backend, &olive.access, assistants.id, &[world.uma().member_id]).await.unwrap();
    sqlx::query("update member set profile_id = $1 where id = $2")
        .bind(assistants.id.0)
        .bind(world.max().member_id.0)
        .execute(&world.root)
        .await
        .unwrap();
    let replacement = permissions::Replacement::StandardUser;
    permissions::delete(backend, &olive.access, assistants.id, replacement, PermissionSet::everything())
        .await
        .unwrap();
    let mails = told(&world).await;
    let [max] = &mails[..] else { panic!("Uma has what she had: {mails:?}") };
    assert_eq!(max.to.as_str(), "max@example.com");
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_change_that_is_refused_tells_nobody(pool: PgPool) {
    let world = World::new(pool).await;
    let assistants = world.profile("Assistants", virtual_assistant()).await;
    let with_an_admin = [world.uma().member_id, world.olive().member_id];
    let refused =
        permissions::assign(&world.backend, &world.olive().access, assistants.id, &with_an_admin).await;
    assert!(refused.is_err());
    assert!(told(&world).await.is_empty());
}
