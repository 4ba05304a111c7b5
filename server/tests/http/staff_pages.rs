//! My Staff without wasm: what the pages say, and what their forms answer.

use axum::http::StatusCode;
use domain::{InvitationId, staff::EmployeeForm};
use sqlx::PgPool;

use crate::http_support::Http;

const NEW: &str = "/settings/staff/new";

pub async fn invite(http: &Http, first: &str, email: &str) -> InvitationId {
    let (first_name, email, role) = (first.to_owned(), email.to_owned(), "user".to_owned());
    let form = EmployeeForm { first_name, email, role, last_name: "Novak".into(), ..EmployeeForm::default() };
    backend::staff::invite(&http.world.backend, &http.world.olive().access, &form).await.unwrap()
}

fn assert_texts(body: &str, there: &[&str], absent: &[&str]) {
    for text in there {
        assert!(body.contains(text), "{text:?} is not on the page");
    }
    for text in absent {
        assert!(!body.contains(text), "{text:?} is on the page");
    }
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn the_list_shows_members_and_invitations_and_obeys_its_address(pool: PgPool) {
    let http = Http::new(pool).await;
    let olive = http.world.olive().clone();
    let id = invite(&http, "Nia", "nia@example.com").await;
    let member = format!("href=\"/settings/staff/{}\"", olive.member_id);
    let invitation = format!("href=\"/settings/staff/invitations/{id}\"");

    let all = http.get("/settings/staff", Some(&olive)).await;
    assert_eq!(all.status, StatusCode::OK);
    let texts = [
        &*member,
        &invitation,
        "Invited, 7 days left",
        "The mail is on its way.",
        "4 results",
        "aria-sort=\"ascending\"",
    ];
    assert_texts(&all.body, &texts, &["Clear filters"]);

    let invited = http.get("/settings/staff?status=invited&q=NOV", Some(&olive)).await;
    assert_texts(&invited.body, &[&invitation, "1 result", "value=\"NOV\""], &[&member]);
    let sorted = http.get("/settings/staff?sort=email&dir=desc", Some(&olive)).await;
    let shown = sorted.body.replace("@<wbr>", "@");
    let place = |email: &str| shown.find(&format!(">{email}<")).expect(email);
    assert!(
        place("uma@example.com") < place("nia@example.com")
            && place("nia@example.com") < place("max@example.com")
    );
    assert_texts(&sorted.body, &["aria-sort=\"descending\""], &["aria-sort=\"ascending\""]);

    let odd =
        http.get("/settings/staff?status=asleep&sort=shoe&page=-1&role=%F0%9F%91%91", Some(&olive)).await;
    assert_texts(&odd.body, &["4 results"], &[]);
    let nothing = http.get("/settings/staff?q=nobody-like-this", Some(&olive)).await;
    assert_texts(&nothing.body, &["Nobody found", "Clear filters"], &[&member]);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn who_is_alone_reads_what_to_do(pool: PgPool) {
    let http = Http::new(pool).await;
    let otto = http.world.otto().clone();
    let page = http.get("/settings/staff", Some(&otto)).await;
    assert_texts(&page.body, &["So far it is only you", "Add your first employee"], &["olive@example.com"]);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn who_may_not_invite_reads_why(pool: PgPool) {
    let http = Http::new(pool).await;
    let uma = http.world.uma().clone();
    let list = http.get("/settings/staff", Some(&uma)).await;
    let reason = "Your access does not include “Invite staff”.";
    assert_texts(&list.body, &[reason, "aria-disabled=\"true\""], &["href=\"/settings/staff/new\""]);
    let add = http.get(NEW, Some(&uma)).await;
    assert_texts(&add.body, &[reason], &["name=\"first_name\""]);
    let id = invite(&http, "Nia", "nia@example.com").await;
    let invitation = http.get(&format!("/settings/staff/invitations/{id}"), Some(&uma)).await;
    assert_texts(&invitation.body, &["nia@example.com", reason], &["/join/", "?revoke=1\""]);
    let edit = http.get(&format!("/settings/staff/invitations/{id}?edit=1"), Some(&uma)).await;
    assert_eq!(edit.status, StatusCode::OK, "there is no form to refuse");
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn adding_answers_with_a_message_or_with_what_was_typed(pool: PgPool) {
    let http = Http::new(pool).await;
    let olive = http.world.olive().clone();
    let form = format!("_page={NEW}&first_name=Nia&last_name=Novak&email=nia@nowhere&phone=12&role=user");
    let refused = http.submit("/api/staff/invite", Some(&olive), &form).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let texts = [
        "value=\"nia@nowhere\"",
        "value=\"12\"",
        "This is not an e-mail address.",
        "This is not a phone number.",
    ];
    assert_texts(&refused.body, &texts, &[]);

    let form = format!(
        "_page={NEW}&first_name=Nia&last_name=Novak&email=nia@example.com&phone=(303)+555-0100&role=user"
    );
    let added = http.submit("/api/staff/invite", Some(&olive), &form).await;
    assert_eq!((added.status, added.header("location")), (StatusCode::SEE_OTHER, "/settings/staff"));
    assert!(added.header("set-cookie").contains("flash"));
    let unread = http.call("/api/staff/invite", Some(&olive), "first_name=Nia&email=other@example.com").await;
    assert_eq!(
        (unread.status, unread.code().as_str()),
        (StatusCode::UNPROCESSABLE_ENTITY, "invalid"),
        "{}",
        unread.body
    );
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn the_questions_about_an_invitation_have_their_own_addresses(pool: PgPool) {
    let http = Http::new(pool).await;
    let olive = http.world.olive().clone();
    let id = invite(&http, "Nia", "nia@example.com").await;
    let link = http.world.mailed_link("nia@example.com", "/join/").await;
    let page = format!("/settings/staff/invitations/{id}");

    let plain = http.get(&page, Some(&olive)).await;
    assert_texts(
        &plain.body,
        &["Nia Novak", "Send a new link", "Sent ", "Olive Tester"],
        &[&link, "id=\"edit\"", "id=\"revoke\""],
    );
    let edit = http.get(&format!("{page}?edit=1"), Some(&olive)).await;
    assert_texts(&edit.body, &["Edit invitation", "id=\"edit\"", "name=\"first_name\""], &["name=\"email\""]);
    let asked = http.get(&format!("{page}?revoke=1"), Some(&olive)).await;
    assert_texts(&asked.body, &["Revoke the invitation of Nia Novak?", "nia@example.com"], &[]);

    let form = format!("_page={page}%3Fedit%3D1&id={id}&first_name=+&role=user");
    let refused = http.submit("/api/staff/change-invitation", Some(&olive), &form).await;
    assert_texts(&refused.body, &["Please fill this in.", "id=\"edit\""], &[]);
    let revoked =
        http.submit("/api/staff/revoke-invitation", Some(&olive), &format!("_page={page}&id={id}")).await;
    assert_eq!((revoked.status, revoked.header("location")), (StatusCode::SEE_OTHER, "/settings/staff"));
    let after = http.get(&page, Some(&olive)).await;
    assert_texts(
        &after.body,
        &["This invitation is revoked", "Invite again", &format!("{NEW}?again={id}")],
        &[&link],
    );
    let again = http.get(&format!("{NEW}?again={id}"), Some(&olive)).await;
    assert_texts(&again.body, &["value=\"Nia\"", "value=\"nia@example.com\""], &[]);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_link_is_shown_to_who_asks_for_it_and_to_nobody_who_only_looks(pool: PgPool) {
    let http = Http::new(pool).await;
    let olive = http.world.olive().clone();
    let id = invite(&http, "Nia", "nia@example.com").await;
    let mailed = http.world.mailed_link("nia@example.com", "/join/").await;
    let page = format!("/settings/staff/invitations/{id}");
    let noted = async || {
        let log = http.world.log(http.world.acme).await;
        log.iter().filter(|line| line.contains("showed the invitation link")).count()
    };

    for address in [page.clone(), format!("{page}?link=1")] {
        let looked = http.get(&address, Some(&olive)).await;
        assert_texts(&looked.body, &["Show link"], &["/join/"]);
    }
    assert_eq!(noted().await, 0);

    let form = format!("_page={page}&id={id}");
    let shown = http.submit("/api/staff/show-invitation-link", Some(&olive), &form).await;
    assert_eq!((shown.status, shown.header("set-cookie")), (StatusCode::OK, ""));
    let (ids, _) = mailed.rsplit_once('.').unwrap();
    assert_texts(
        &shown.body,
        &[&format!("value=\"https://steward.test/join/{ids}.")],
        &[&mailed, "Show link"],
    );
    let answer = http.call("/api/staff/show-invitation-link", Some(&olive), &form).await;
    assert!(answer.body.contains(&format!("https://steward.test/join/{ids}.")), "{}", answer.body);
    assert_eq!(noted().await, 2);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn an_invitation_of_another_account_does_not_exist(pool: PgPool) {
    let http = Http::new(pool).await;
    let otto = http.world.otto().clone();
    let id = invite(&http, "Nia", "nia@example.com").await;
    for page in [format!("/settings/staff/invitations/{id}"), "/settings/staff/invitations/no-id".to_owned()]
    {
        let answer = http.get(&page, Some(&otto)).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{page}");
        assert_texts(
            &answer.body,
            &["This does not exist, or it is not in your account."],
            &["nia@example.com"],
        );
    }
}
