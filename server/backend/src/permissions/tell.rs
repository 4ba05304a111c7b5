//! People hear by mail that they were given something else. Changes that follow each other closely are told in one mail.

use chrono::{DateTime, Duration, Utc};
use domain::{
    AccountId, MemberId, PermissionSet, ProfileId,
    activity::Change,
    permissions::{Assignment, ProfileName},
};

use super::queries::{
    given::{self, NamedGiven},
    notice,
};
use crate::{
    Backend, Result,
    db::Tx,
    jobs,
    mail::{Action, Letter, Message, SendLetter},
    staff,
};

/// Minutes after the first change in which others join its mail.
const TOGETHER_MINUTES: i64 = 5;

/// Sees to it that a member hears what they have since `now` instead of `before`. Whoever changes an assignment calls it after
/// [`super::note_given`], under the account's lock; who joins is told by other mails.
///
/// # Errors
/// [`crate::Error::Internal`].
pub(crate) async fn tell_reassigned(
    tx: &mut Tx,
    account: AccountId,
    member: MemberId,
    before: &Assignment,
    now: DateTime<Utc>,
) -> Result<()> {
    let begun = notice::Begun { member, before, now };
    if notice::begin(tx, account, &begun, now - Duration::minutes(TOGETHER_MINUTES)).await? {
        let letter = Letter::Reassigned { account, member, since: now };
        jobs::enqueue_at(tx, now, end(now), &SendLetter { letter }).await?;
    }
    Ok(())
}

/// [`tell_reassigned`] for all the active holders of a profile, before it is taken from them: as many statements for thousands as for
/// one.
///
/// # Errors
/// [`crate::Error::Internal`].
pub(super) async fn tell_holders_reassigned(
    tx: &mut Tx,
    account: AccountId,
    profile: &ProfileName,
    now: DateTime<Utc>,
) -> Result<()> {
    let still_open_since = now - Duration::minutes(TOGETHER_MINUTES);
    let begun = notice::begin_for_holders(tx, account, profile, now, still_open_since).await?;
    let letters: Vec<SendLetter> = begun
        .into_iter()
        .map(|member| SendLetter { letter: Letter::Reassigned { account, member, since: now } })
        .collect();
    jobs::enqueue_all_at(tx, now, end(now), &letters).await
}

fn end(since: DateTime<Utc>) -> DateTime<Utc> {
    since + Duration::minutes(TOGETHER_MINUTES)
}

/// The mail about what became of a member's assignment from `since` on; none when it came to nothing, when they did it themselves, or
/// when they are not active any more.
///
/// # Errors
/// [`crate::Error::Internal`].
pub(crate) async fn reassigned_letter(
    backend: &Backend,
    account: AccountId,
    member: MemberId,
    since: DateTime<Utc>,
) -> Result<Option<Message>> {
    let mut tx = backend.db.tenant(account).await?;
    let receiver = notice::receiver(&mut tx, account, member).await?;
    let before = notice::before(&mut tx, account, member, since).await?;
    let after = given::last_named_before(&mut tx, account, member, end(since)).await?;
    let givers = given::givers(&mut tx, account, member, since, end(since)).await?;
    tx.commit().await?;
    let (Some(receiver), Some(before), Some(after)) = (receiver, before, after) else { return Ok(None) };
    let changes = staff::reassigned(&assignment(before), &assignment(after));
    if changes.is_empty() || givers.iter().all(|giver| giver.id == Some(member)) {
        return Ok(None);
    }
    let who = givers.into_iter().map(|giver| giver.name).collect::<Vec<_>>().join(" and ");
    let account_name = receiver.account_name;
    let mut paragraphs = vec![
        format!("Hello {},", receiver.first_name),
        format!("{who} changed what you may do in {account_name}."),
    ];
    paragraphs.extend(changes.iter().map(told));
    Ok(Some(Message {
        attachment: None,
        to: receiver.email,
        sender_name: account_name.clone(),
        subject: format!("Your access to {account_name} has changed"),
        paragraphs,
        action: Some(Action { label: format!("Open {account_name}"), url: backend.link("/") }),
        note: format!(
            "The change holds already. If you did not expect it, ask {who} or an Admin of {account_name}."
        ),
    }))
}

/// Names and words only: what they could do then does not stand in the mail.
fn assignment(given: NamedGiven) -> Assignment {
    let id = ProfileId::default();
    let profile = given.profile_name.map(|name| (ProfileName { id, name }, PermissionSet::EMPTY));
    Assignment::new(given.role, profile, given.only_assigned)
}

/// "Role: User → Admin".
fn told(change: &Change) -> String {
    let what = match change.what.as_str() {
        "role" => "Role",
        "profile" => "Permission profile",
        _ => "Records",
    };
    let word = |value: &str| if value.is_empty() { "none".to_owned() } else { value.to_owned() };
    format!("{what}: {} → {}", word(&change.from), word(&change.to))
}
