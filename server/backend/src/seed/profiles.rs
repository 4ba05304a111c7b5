use chrono::{DateTime, Duration, Utc};
use domain::permissions::{Preset, Profile};

use super::{Stage, cast::ACCOUNT_AGE_DAYS, queries};
use crate::{Result, id, permissions};

/// The profiles of every account with a past, with the words of an owner.
const PROFILES: [(&str, &str, Preset); 4] = [
    ("Virtual assistant", "Keeps contacts and calendars; never sends a campaign.", Preset::VirtualAssistant),
    ("Closers", "Takes over once somebody wants to buy.", Preset::Closer),
    ("Support desk", "Answers whoever writes or calls.", Preset::SupportAgent),
    ("Bookkeeping", "", Preset::Bookkeeper),
];

/// Made by the founder in the first days, each at its instant; most of the staff hold one.
pub(super) async fn make(stage: &mut Stage<'_>) -> Result<Vec<(DateTime<Utc>, Profile)>> {
    let founder = stage.personas[0].access.clone();
    let mut made = Vec::new();
    for (number, (name, description, preset)) in (1..).zip(PROFILES) {
        let at = stage.now - Duration::days(ACCOUNT_AGE_DAYS - 1) + Duration::minutes(number * 11);
        let profile = Profile {
            id: id::new(at),
            name: name.to_owned(),
            description: description.to_owned(),
            permissions: preset.permissions(),
            version: 1,
        };
        permissions::put(&mut stage.tx, &founder, &profile, at).await?;
        made.push((at, profile));
    }
    queries::assign_profiles(stage, made.iter().map(|(_, profile)| profile.id.0).collect()).await?;
    Ok(made)
}
