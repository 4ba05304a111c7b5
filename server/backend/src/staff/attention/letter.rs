use chrono::{DateTime, Utc};
use domain::{
    AccountId, MemberId,
    calendars::Finding,
    staff::{ReadinessFilter, StaffFilter, StaffRow},
};

use super::look::found_first;
use crate::{
    Backend, Result,
    mail::{Action, Message},
    staff::{
        list,
        queries::{attention as queries, finding},
    },
};

/// People and findings that a mail names, of each at most so many.
const NAMED_MAX: usize = 20;

/// To an Admin, about what the look at `at` found first and, where somebody was not ready for longer, about everybody who is not.
/// None when all of it is mended, when the mails were switched off, or when they are no Admin any more.
///
/// # Errors
/// [`crate::Error::Internal`].
pub(crate) async fn attention_letter(
    backend: &Backend,
    account: AccountId,
    to: MemberId,
    at: DateTime<Utc>,
    about_people: bool,
) -> Result<Option<Message>> {
    let now = backend.clock.now();
    let mut tx = backend.db.tenant(account).await?;
    let receiver = queries::receiver(&mut tx, account, to).await?;
    let found = finding::findings(&mut tx, account, now).await?;
    let found = found_first(found, &queries::known(&mut tx, account).await?, at);
    let red = StaffFilter { readiness: Some(ReadinessFilter::Red), page: 1, ..StaffFilter::default() };
    let people = list::page(&mut tx, account, &red, now, true).await?;
    tx.commit().await?;
    let (rows, total) = if about_people { (people.rows, people.total) } else { (vec![], 0) };
    let Some(receiver) = receiver.filter(|_| total > 0 || !found.is_empty()) else { return Ok(None) };
    let mut paragraphs = vec![format!("Hello {},", receiver.first_name)];
    paragraphs.extend(about_findings(&found));
    paragraphs.extend(about_unready(&rows, total));
    let account_name = receiver.account_name;
    Ok(Some(Message {
        attachment: None,
        to: receiver.email,
        sender_name: account_name.clone(),
        subject: format!("{account_name}: {}", subject(found.len(), total)),
        paragraphs,
        action: Some(Action {
            label: "See what needs attention".into(),
            url: backend.link("/settings/attention"),
        }),
        note: format!(
            "You get this mail because you are an Admin of {account_name}. It can be switched off in Settings, under \
             “Needs attention”."
        ),
    }))
}

fn subject(findings: usize, people: u64) -> String {
    let things = match findings {
        1 => "1 thing needs attention".to_owned(),
        many => format!("{many} things need attention"),
    };
    let unready = match people {
        1 => "1 person is not ready".to_owned(),
        many => format!("{many} people are not ready"),
    };
    match (findings, people) {
        (0, _) => unready,
        (_, 0) => things,
        _ => format!("{things}, {unready}"),
    }
}

fn about_findings(findings: &[Finding]) -> Vec<String> {
    let named = findings.iter().take(NAMED_MAX).map(Finding::sentence).collect();
    listed("This cannot work as it is:", named, findings.len())
}

fn about_unready(rows: &[StaffRow], total: u64) -> Vec<String> {
    let named = rows.iter().take(NAMED_MAX).map(|row| format!("{}: {}", row.name, row.missing)).collect();
    listed("These people are not ready to work:", named, usize::try_from(total).unwrap_or(usize::MAX))
}

/// A heading, a paragraph for each, and how many more there are; nothing for none.
fn listed(heading: &str, named: Vec<String>, all: usize) -> Vec<String> {
    if named.is_empty() {
        return vec![];
    }
    let more = all.saturating_sub(named.len());
    let more = (more > 0).then(|| format!("And {more} more."));
    std::iter::once(heading.to_owned()).chain(named).chain(more).collect()
}
