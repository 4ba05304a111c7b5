use chrono::{DateTime, Duration, Utc};
use domain::{
    Email, InvitationId, Role,
    activity::{Change, Event},
    permissions::Profile,
    staff::{INVITATION_DAYS, MemberState},
};

use super::{
    Player, Stage, access,
    people::{Invited, Plight, Staff},
};
use crate::{Access, Actor, Error, Result, activity, id};

/// Members of whom the log tells; with more, a seed of 50,000 would take minutes instead of seconds.
const TOLD_MEMBERS: usize = 60;
const DEVICES: [(&str, &str); 5] = [
    ("Chrome on Windows", "203.0.113.24"),
    ("Safari on iPhone", "198.51.100.17"),
    ("Firefox on Linux", "192.0.2.61"),
    ("Edge on Windows", "203.0.113.80"),
    ("Chrome on Android", "198.51.100.112"),
];

/// What happened, before it is put into order.
struct Moment {
    at: DateTime<Utc>,
    who: Access,
    event: Event,
}

/// Records a past that fits what the account looks like now, in the order in which it would have happened.
pub(super) async fn tell(
    stage: &mut Stage<'_>,
    staff: &[Staff],
    invited: &[Invited],
    profiles: &[(DateTime<Utc>, Profile)],
    made: Vec<(DateTime<Utc>, Event)>,
) -> Result<()> {
    let mut moments = Vec::new();
    for player in &stage.personas[1..] {
        persona_joins(stage, player, &mut moments);
    }
    for (number, person) in staff.iter().take(TOLD_MEMBERS).enumerate() {
        member_comes_and_goes(stage, number, person, &mut moments)?;
    }
    for invitation in invited.iter().take(TOLD_MEMBERS) {
        invitation_fares(stage, invitation, &mut moments)?;
    }
    for (at, profile) in profiles {
        let event = Event::ProfileCreated { profile: profile.id, name: profile.name.clone() };
        moments.push(by_founder(stage, *at, event));
    }
    for (at, event) in made {
        moments.push(by_founder(stage, at, event));
    }
    sign_ins(stage, &mut moments);
    odds_and_ends(stage, &mut moments);
    moments.retain(|moment| moment.at <= stage.now);
    moments.sort_by_key(|moment| moment.at);
    for moment in moments {
        activity::record(&mut stage.tx, &moment.who, moment.at, &moment.event).await?;
    }
    Ok(())
}

fn persona_joins(stage: &Stage<'_>, player: &Player, moments: &mut Vec<Moment>) {
    let Actor::Member { id: member, name, .. } = player.access.actor().clone() else { return };
    let (at, email, role) = (player.joined_at, player.email.clone(), player.role);
    moments.push(invites(stage, at - Duration::hours(5), id::new(at), &name, &email, role));
    let event = Event::StaffJoined { member, name, email, role, places: vec![] };
    moments.push(Moment { at, who: player.access.clone(), event });
}

fn member_comes_and_goes(
    stage: &Stage<'_>,
    number: usize,
    person: &Staff,
    moments: &mut Vec<Moment>,
) -> Result<()> {
    let (name, email, member) = (person.name.full(), address(&person.email)?, person.member_id);
    let who = access(stage.account, member, person.login_id, &person.name, person.role);
    let invitation = id::new(person.joined_at);
    let invited_at = person.joined_at - Duration::hours(6);
    moments.push(invites(stage, invited_at, invitation, &name, &email, person.role));
    let event = Event::StaffJoined { member, name: name.clone(), email, role: person.role, places: vec![] };
    moments.push(Moment { at: person.joined_at, who, event });
    let later = (stage.now - person.joined_at) / 2;
    if person.state == MemberState::Deactivated {
        moments.push(by_founder(stage, stage.now - later, Event::StaffDeactivated { member, name }));
    } else if number % 4 == 1 {
        let changes = vec![phone_change(person.phone.clone())];
        moments.push(by_founder(stage, stage.now - later, Event::StaffChanged { member, name, changes }));
    }
    Ok(())
}

fn invitation_fares(stage: &Stage<'_>, invited: &Invited, moments: &mut Vec<Moment>) -> Result<()> {
    let (invitation, name, email, at) =
        (invited.id, invited.name.full(), address(&invited.email)?, invited.invited_at);
    moments.push(invites(stage, at, invitation, &name, &email, invited.role));
    let by_steward = |at, event| Moment { at, who: Access::steward(stage.account), event };
    match invited.plight {
        Plight::AskedAgain => {
            let at = at + Duration::days(INVITATION_DAYS) + Duration::hours(9);
            moments.push(by_steward(at, Event::InvitationAskedAgain { invitation, name, email }));
        }
        Plight::NotDelivered => {
            let reason = "550 5.1.1 No such user here".to_owned();
            let at = at + Duration::seconds(3);
            moments.push(by_steward(at, Event::InvitationFailed { invitation, name, email, reason }));
        }
        Plight::Revoked => {
            let at = at + Duration::minutes(70);
            moments.push(by_founder(stage, at, Event::InvitationRevoked { invitation, name, email }));
        }
        Plight::Open | Plight::Expired => {}
    }
    Ok(())
}

/// Everybody who signs in does so every two to four days, not always from the same place.
fn sign_ins(stage: &Stage<'_>, moments: &mut Vec<Moment>) {
    for (index, player) in stage.personas.iter().enumerate() {
        let member_for = stage.now - player.joined_at;
        for (turn, days_ago) in (0..member_for.num_days()).rev().step_by(index % 3 + 2).enumerate() {
            let (device, ip_address) = DEVICES[(index * 2 + turn / 5) % DEVICES.len()];
            let minute = i64::try_from((turn * 37 + index * 11) % 150).unwrap_or(0);
            let at = stage.now - Duration::days(days_ago) - Duration::minutes(95 + minute);
            let who = &player.access;
            let event = Event::SignedIn { device: device.to_owned(), ip_address: ip_address.to_owned() };
            moments.push(Moment { at, who: who.clone(), event });
            if turn % 3 == 1 {
                moments.push(Moment {
                    at: at + Duration::minutes(55),
                    who: who.clone(),
                    event: Event::SignedOut,
                });
            }
        }
    }
}

fn odds_and_ends(stage: &Stage<'_>, moments: &mut Vec<Moment>) {
    let name = &stage.business.name;
    let before = name.split(' ').next().unwrap_or(name);
    let renamed = Change { what: "name".into(), from: before.to_owned(), to: name.clone() };
    let profile = vec![phone_change(Some("+13035550102".into()))];
    let told = [
        (0, 90, Event::AccountChanged { changes: vec![renamed] }),
        (0, 72, Event::StaffImported { file_name: "team.csv".into(), invited: 9, not_invited: 1 }),
        (1, 78, Event::OwnProfileChanged { changes: profile }),
        (1, 40, Event::PasswordChanged),
        (2, 22, Event::PhotoChanged),
        (0, 12, Event::ActivityExported { rows: 214 }),
        (3, 9, Event::SessionsEnded { count: 2 }),
    ];
    for (who, days_ago, event) in told {
        let at = stage.now - Duration::days(days_ago) + Duration::minutes(17);
        // Not everywhere are there as many people, nor have they been there as long.
        if let Some(player) = stage.personas.get(who).filter(|player| player.joined_at < at) {
            moments.push(Moment { at, who: player.access.clone(), event });
        }
    }
}

fn invites(
    stage: &Stage<'_>,
    at: DateTime<Utc>,
    invitation: InvitationId,
    name: &str,
    email: &Email,
    role: Role,
) -> Moment {
    by_founder(
        stage,
        at,
        Event::StaffInvited { invitation, name: name.to_owned(), email: email.clone(), role, places: vec![] },
    )
}

fn by_founder(stage: &Stage<'_>, at: DateTime<Utc>, event: Event) -> Moment {
    Moment { at, who: stage.personas[0].access.clone(), event }
}

fn phone_change(to: Option<String>) -> Change {
    Change { what: "phone".into(), from: "+13035550199".into(), to: to.unwrap_or_default() }
}

fn address(text: &str) -> Result<Email> {
    Email::parse(text).map_err(|problem| Error::internal(problem.to_string()))
}
