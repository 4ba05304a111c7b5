use domain::{
    Checks, Email, PersonName, Refusal,
    activity::{Event, changes},
    staff::PhoneNumber,
};

use super::{
    membership,
    queries::{
        login,
        member::{self, OwnDetails},
        photo,
    },
};
use crate::{Access, Backend, Result, Signed, account, activity, staff};

/// What My profile shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnProfile {
    /// As the account knows the person; outside any account, as they signed up.
    pub name: PersonName,
    /// Belongs to the account.
    pub phone: Option<PhoneNumber>,
    pub email: Email,
    pub photo_version: Option<i32>,
}

/// One's own profile in the account one works in.
///
/// # Errors
/// [`Refusal::SignInNeeded`] when the login is gone.
pub async fn own_profile(backend: &Backend, signed: &Signed, access: Option<&Access>) -> Result<OwnProfile> {
    let mut tx = membership::begin(backend, access).await?;
    let photo_version = photo::version(&mut tx, signed.login_id).await?;
    let in_account = match own_member(access) {
        Some((access, id)) => member::own(&mut tx, access.account(), id).await?,
        None => None,
    };
    let details = match in_account {
        Some(details) => details,
        None => {
            let login = login::by_id(&mut tx, signed.login_id).await?.ok_or(Refusal::SignInNeeded)?;
            OwnDetails { name: login.name, phone: None }
        }
    };
    tx.commit().await?;
    let email = signed.email.clone();
    Ok(OwnProfile { name: details.name, phone: details.phone, email, photo_version })
}

/// Changes one's own name, and one's phone in the account one works in. Other accounts keep the name they know.
/// Saying the same again changes and records nothing.
///
/// # Errors
/// [`Refusal::Invalid`] for `first_name`, `last_name` or `phone`.
pub async fn change_own_profile(
    backend: &Backend,
    signed: &Signed,
    access: Option<&Access>,
    first: &str,
    last: &str,
    phone: &str,
) -> Result<()> {
    let country = match access {
        Some(access) => account::account(backend, access).await?.country,
        None => String::new(),
    };
    let wanted = check(first, last, phone, &country)?;
    let mut tx = membership::begin(backend, access).await?;
    login::set_name(&mut tx, signed.login_id, &wanted.name).await?;
    if let Some((access, id)) = own_member(access) {
        let before = member::lock_own(&mut tx, access.account(), id).await?.ok_or(Refusal::NotFound)?;
        let changes = differences(&before, &wanted);
        if !changes.is_empty() {
            member::change_own(&mut tx, access.account(), id, &wanted).await?;
            let event = Event::OwnProfileChanged { changes };
            activity::record(&mut tx, access, backend.clock.now(), &event).await?;
        }
    }
    tx.commit().await?;
    Ok(())
}

fn own_member(access: Option<&Access>) -> Option<(&Access, domain::MemberId)> {
    access.and_then(|access| access.member_id().map(|id| (access, id)))
}

fn check(first: &str, last: &str, phone: &str, country: &str) -> Result<OwnDetails, Refusal> {
    let mut checks = Checks::default();
    let name = PersonName::check(first, last, &mut checks);
    let phone = checks.note("phone", staff::check_phone(phone, country));
    checks.finish(name.zip(phone).map(|(name, phone)| OwnDetails { name, phone }))
}

fn differences(before: &OwnDetails, wanted: &OwnDetails) -> Vec<domain::activity::Change> {
    let phone = |details: &OwnDetails| details.phone.as_ref().map(ToString::to_string).unwrap_or_default();
    changes(&[
        ("first name", before.name.first.clone(), wanted.name.first.clone()),
        ("last name", before.name.last.clone(), wanted.name.last.clone()),
        ("phone", phone(before), phone(wanted)),
    ])
}
