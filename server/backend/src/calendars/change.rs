use domain::{
    CalendarId, Permission, Refusal,
    activity::{CalendarAct, Change, changes},
    calendars::{Calendar, CalendarForm, CalendarSettings, Question},
};

use super::{
    edit::{edit, record},
    queries,
};
use crate::{Access, Backend, Result};

/// Characters of a long text that the log shows.
const SHOWN_CHARS: usize = 80;

/// Changes everything the form shows; the kind stays. What it has already changes nothing. Appointments keep their time.
///
/// # Errors
/// [`Refusal::PermissionMissing`], [`Refusal::NotFound`]; [`Refusal::Invalid`] as in [`super::create`];
/// [`Refusal::ChangedMeanwhile`] when it was changed since `seen_version`.
pub async fn change(
    backend: &Backend,
    access: &Access,
    id: CalendarId,
    seen_version: i32,
    typed: &CalendarForm,
) -> Result<Calendar> {
    access.require(Permission::CalendarsManage)?;
    let words = typed.check()?;
    let mut tx = backend.db.tenant(access.account()).await?;
    let (before, settings) = edit(&mut tx, backend, access, id).await?;
    let after = Calendar {
        name: words.name,
        slug: words.slug.unwrap_or_else(|| before.slug.clone()),
        colour: words.colour,
        version: before.version + 1,
        ..before.clone()
    };
    let changes = differences((&before, &settings), (&after, &words.settings));
    if changes.is_empty() {
        return Ok(before);
    }
    if before.version != seen_version {
        return Err(Refusal::ChangedMeanwhile.into());
    }
    queries::calendar::change(&mut tx, access.account(), &after, &words.settings).await?;
    record(&mut tx, backend, access, after.clone(), CalendarAct::Changed { changes }).await?;
    tx.commit().await?;
    Ok(after)
}

type Whole<'a> = (&'a Calendar, &'a CalendarSettings);

fn differences((before, old): Whole<'_>, (after, new): Whole<'_>) -> Vec<Change> {
    let minutes = |count: u32| format!("{count} minutes");
    let (was, is) = (&old.rules, &new.rules);
    let mut all = changes(&[
        ("name", before.name.clone(), after.name.clone()),
        ("address", before.slug.to_string(), after.slug.to_string()),
        ("colour", before.colour.label().into(), after.colour.label().into()),
        ("location", old.location.clone(), new.location.clone()),
        ("duration", minutes(was.duration_minutes), minutes(is.duration_minutes)),
        ("step", minutes(was.slot_step_minutes), minutes(is.slot_step_minutes)),
        ("buffer before", minutes(was.buffer_before_minutes), minutes(is.buffer_before_minutes)),
        ("buffer after", minutes(was.buffer_after_minutes), minutes(is.buffer_after_minutes)),
        ("notice", minutes(was.minimum_notice_minutes), minutes(is.minimum_notice_minutes)),
        ("days ahead", was.horizon_days.to_string(), is.horizon_days.to_string()),
        ("weeks of ramp-up", old.ramp_up_weeks.to_string(), new.ramp_up_weeks.to_string()),
    ]);
    // Compared whole, told in short.
    let mut tell = |what: &str, differs: bool, from: String, to: String| {
        if differs {
            all.push(Change { what: what.into(), from: shortened(&from), to: shortened(&to) });
        }
    };
    let differs = old.description != new.description;
    tell("description", differs, old.description.clone(), new.description.clone());
    tell("questions", old.questions != new.questions, listed(&old.questions), listed(&new.questions));
    all
}

fn listed(questions: &[Question]) -> String {
    questions.iter().map(|question| question.label.as_str()).collect::<Vec<_>>().join("; ")
}

fn shortened(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(SHOWN_CHARS) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}
