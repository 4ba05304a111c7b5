//! The mails about elevations.

use domain::{AccountId, ElevationId, MemberId, permissions::Elevation};

use super::super::queries::{
    elevation::{self as queries, Verdict},
    notice,
};
use crate::{
    Backend, Result, account,
    mail::{Action, Message},
};

/// To one of those who could give it; none when somebody has decided meanwhile, or when they are not active any more.
///
/// # Errors
/// [`crate::Error::Internal`].
pub(crate) async fn asked_letter(
    backend: &Backend,
    account: AccountId,
    elevation: ElevationId,
    approver: MemberId,
) -> Result<Option<Message>> {
    let mut tx = backend.db.tenant(account).await?;
    let receiver = notice::receiver(&mut tx, account, approver).await?;
    let found = queries::find(&mut tx, account, elevation, backend.clock.now()).await?;
    tx.commit().await?;
    let found = found.filter(|found| found.verdict.is_none() && found.is_member_active);
    let (Some(receiver), Some(found)) = (receiver, found) else { return Ok(None) };
    let Elevation { name, permission, note, .. } = found.elevation;
    let account_name = receiver.account_name;
    let mut paragraphs = vec![
        format!("Hello {},", receiver.first_name),
        format!("{name} asks for “{}” in {account_name}.", permission.label()),
    ];
    if !note.is_empty() {
        paragraphs.push(format!("Why: {note}"));
    }
    paragraphs.push("You can give it for an hour, for a day or for good, or refuse it.".to_owned());
    Ok(Some(Message {
        attachment: None,
        to: receiver.email,
        sender_name: account_name,
        subject: format!("{name} asks for “{}”", permission.label()),
        paragraphs,
        action: Some(Action { label: "Answer".into(), url: backend.link("/settings/access-requests") }),
        note: "You get this mail because you could give it. One answer is enough.".into(),
    }))
}

/// To whoever asked; none when it is over by now, or when they are not active any more.
///
/// # Errors
/// [`crate::Error::Internal`].
pub(crate) async fn decided_letter(
    backend: &Backend,
    account: AccountId,
    elevation: ElevationId,
) -> Result<Option<Message>> {
    let mut tx = backend.db.tenant(account).await?;
    let Some(found) = queries::find(&mut tx, account, elevation, backend.clock.now()).await? else {
        return Ok(None);
    };
    let receiver = notice::receiver(&mut tx, account, found.elevation.member).await?;
    let zone = account::time_zone(&mut tx, account).await?;
    tx.commit().await?;
    let is_refused = found.verdict == Some(Verdict::Refused);
    let is_told = is_refused || found.is_running(backend.clock.now());
    let Some(receiver) = receiver.filter(|_| is_told) else { return Ok(None) };
    let (account_name, label) = (receiver.account_name, found.elevation.permission.label());
    let (subject, told) = match &found.elevation.given {
        None => (
            format!("“{label}” was refused"),
            format!("Your request for “{label}” in {account_name} was refused."),
        ),
        Some(given) => {
            let until = given.ends_at.map_or_else(String::new, |end| {
                format!(" until {} ({account_name}’s time)", account::local(end, &zone).text)
            });
            let what = format!("{} gave you “{label}” in {account_name}{until}.", given.by);
            (format!("You may use “{label}” now"), what)
        }
    };
    Ok(Some(Message {
        attachment: None,
        to: receiver.email,
        sender_name: account_name.clone(),
        subject,
        paragraphs: vec![format!("Hello {},", receiver.first_name), told],
        action: Some(Action { label: format!("Open {account_name}"), url: backend.link("/") }),
        note: "You get this mail because you asked for it.".into(),
    }))
}
