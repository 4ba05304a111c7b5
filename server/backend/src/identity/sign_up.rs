use chrono::Duration;
use domain::{Checks, Email, PersonName, Refusal, SignUpId};
use secrecy::SecretString;

use super::{
    Opened, check_new_password, create_login,
    links::{self, SIGN_UP_HOURS},
    open_session,
    queries::sign_up::{self as stored, SignUp},
    throttling,
};
use crate::{
    Backend, Client, Result, account, id, jobs, keys,
    mail::{Letter, SendLetter},
};

/// What a new customer types, as typed.
#[derive(Debug)]
pub struct SignUpForm {
    pub business_name: String,
    pub first_name: String,
    pub last_name: String,
    pub email: String,
    pub password: SecretString,
    /// IANA name.
    pub time_zone: String,
    /// ISO 3166-1 alpha-2.
    pub country: String,
}

/// What a sign-up would make; for the page on which it is confirmed, so that nobody confirms somebody else's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PendingSignUp {
    pub business_name: String,
    pub name: PersonName,
    pub email: Email,
}

/// Keeps a sign-up until its address is confirmed and mails the link. An address that has a login already gets another mail;
/// the answer, and the work, is the same.
///
/// # Errors
/// [`Refusal::Invalid`] for any field of the form, [`Refusal::TooManyAttempts`].
pub async fn sign_up(backend: &Backend, client: &Client, form: SignUpForm) -> Result<()> {
    throttling::sign_up_form(backend, client).await?;
    let now = backend.clock.now();
    let (mut sign_up, password) = check(backend, form)?;
    throttling::sign_up(backend, client, &sign_up.email).await?;
    sign_up.password_hash = backend.passwords.hash(password).await?;
    let id: SignUpId = id::new(now);
    let mut tx = backend.db.begin().await?;
    stored::insert(&mut tx, id, &sign_up, now).await?;
    let letter = Letter::ConfirmSignUp { sign_up: id };
    jobs::enqueue(&mut tx, now, &SendLetter { letter }).await?;
    tx.commit().await?;
    Ok(())
}

/// All problems of the form at once. The hash is left empty: it costs a core for a while and comes after the throttle.
fn check(backend: &Backend, form: SignUpForm) -> Result<(SignUp, SecretString), Refusal> {
    let mut checks = Checks::default();
    let business =
        account::check_business(&form.business_name, &form.time_zone, &form.country, "business_name");
    let business = match business {
        Ok(business) => Some(business),
        Err(Refusal::Invalid(problems)) => {
            for problem in problems {
                checks.add(&problem.field, problem.problem);
            }
            None
        }
        Err(other) => return Err(other),
    };
    let name = PersonName::check(&form.first_name, &form.last_name, &mut checks);
    let email = checks.note("email", Email::parse(&form.email));
    let brand = &backend.installation.brand_name;
    let about = [&*form.business_name, &form.first_name, &form.last_name, &form.email, brand];
    checks.note("password", check_new_password(&form.password, &about));
    let now = backend.clock.now();
    let sign_up = business.zip(name).zip(email).map(|((business, name), email)| SignUp {
        email,
        name,
        password_hash: String::new(),
        business_name: business.name,
        time_zone: business.time_zone,
        country: business.country,
        nonce: keys::random_bytes().to_vec(),
        expires_at: now + Duration::hours(SIGN_UP_HOURS),
        used_at: None,
    });
    Ok((checks.finish(sign_up)?, form.password))
}

/// What the link would make. Looking does not use it up.
///
/// # Errors
/// [`Refusal::LinkNotValid`].
pub async fn pending_sign_up(backend: &Backend, link: &str) -> Result<PendingSignUp> {
    let mut tx = backend.db.begin().await?;
    let (_, sign_up) = links::open_sign_up(&mut tx, backend, link).await?;
    tx.commit().await?;
    let SignUp { business_name, name, email, .. } = sign_up;
    Ok(PendingSignUp { business_name, name, email })
}

/// Makes the login, the account and its first Admin out of a sign-up, and signs them in.
///
/// # Errors
/// [`Refusal::LinkNotValid`]; also when the address has a login by now.
pub async fn confirm_sign_up(backend: &Backend, client: &Client, link: &str) -> Result<Opened> {
    let now = backend.clock.now();
    let mut tx = backend.db.begin().await?;
    let (id, sign_up) = links::open_sign_up(&mut tx, backend, link).await?;
    if !stored::use_up(&mut tx, id, now).await? {
        return Err(Refusal::LinkNotValid.into());
    }
    let SignUp { email, name, password_hash, business_name, time_zone, country, .. } = sign_up;
    let business = account::check_business(&business_name, &time_zone, &country, "business_name")?;
    let login_id = create_login(&mut tx, now, &email, &name, password_hash).await?;
    let access = account::create(&mut tx, now, &business, &account::Founder { login_id, name }).await?;
    let opened = open_session(&mut tx, backend, client, login_id, Some(access.account())).await?;
    tx.commit().await?;
    Ok(opened)
}
