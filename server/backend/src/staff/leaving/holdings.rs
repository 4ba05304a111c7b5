use std::collections::HashMap;

use chrono::{DateTime, Utc};
use domain::{
    Checks, MemberId, Permission, PermissionSet, PipelineId, Problem, Refusal,
    staff::leaving::{
        Answer, AnswerForm, Answers, Held, HeldKind, LeavingForm, LeavingWay, Plan, Receiver, Surroundings,
        plan,
    },
};
use serde::Serialize;

use super::leaver::Leaver;
use crate::{
    Access, Backend, Result, account, calendars::handover as calendars, db::Tx, keys,
    pipelines::handover as pipelines, staff::queries::leaving as queries,
};

/// What somebody holds at this instant, and who could get it.
pub(super) struct Holdings {
    pub held: Held,
    pub receivers: HashMap<MemberId, Receiver>,
    in_pipelines: HashMap<PipelineId, Vec<MemberId>>,
    now: DateTime<Utc>,
}

impl Holdings {
    /// # Errors
    /// [`crate::Error::Internal`].
    pub async fn load(tx: &mut Tx, backend: &Backend, access: &Access, leaver: MemberId) -> Result<Self> {
        let (account, now) = (access.account(), backend.clock.now());
        let zone = account::time_zone(tx, account).await?;
        let in_calendars = calendars::held(tx, account, leaver, &zone, now).await?;
        let in_pipelines = pipelines::held(tx, account, leaver).await?;
        let receivers = queries::receivers(tx, account, leaver, now).await?;
        let held = Held {
            appointments: in_calendars.appointments,
            opportunities: in_pipelines.opportunities,
            calendars: in_calendars.calendars,
            pipelines: in_pipelines.pipelines,
        };
        Ok(Self { held, receivers, in_pipelines: in_pipelines.inside, now })
    }

    /// As [`Self::load`], held until the transaction ends.
    ///
    /// # Errors
    /// [`crate::Error::Internal`].
    pub async fn hold(
        tx: &mut Tx,
        backend: &Backend,
        access: &Access,
        leaver: MemberId,
        form: &LeavingForm,
    ) -> Result<Self> {
        let account = access.account();
        // What is no answer is refused later; here it only says whom nobody books meanwhile. Whoever takes a place may be drawn at once.
        let chosen = form.appointments.check(HeldKind::Appointments);
        let by_turn = chosen == Ok(Answer::ByTurn);
        let named = [chosen, form.calendars.check(HeldKind::Calendars)];
        let people = named.into_iter().filter_map(|answer| match answer {
            Ok(Answer::People(people)) => Some(people),
            _ => None,
        });
        let people: Vec<_> = people.flatten().collect();
        // Before people: whoever gives an opportunity to somebody holds it, then them.
        pipelines::hold(tx, account, leaver).await?;
        calendars::hold(tx, account, leaver, &people, by_turn, backend.clock.now()).await?;
        Self::load(tx, backend, access, leaver).await
    }

    /// Who gets what.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] for each kind that cannot be given so.
    pub async fn plan(
        &self,
        tx: &mut Tx,
        access: &Access,
        leaver: MemberId,
        answers: &Answers,
    ) -> Result<Plan> {
        let rounds = match answers.appointments {
            Answer::ByTurn => {
                let people = answers.people();
                calendars::rounds(tx, access.account(), leaver, &self.held.appointments, &people).await?
            }
            _ => calendars::Rounds::default(),
        };
        let around = Surroundings {
            receivers: &self.receivers,
            in_pipelines: &self.in_pipelines,
            rounds: &rounds.rounds,
            works: &|member, time| rounds.works(member, time),
            now: self.now,
        };
        Ok(plan(&self.held, answers, &around)?)
    }

    /// The answers of a form. What the one who acts may not decide about stays as it is.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] for what is held and not answered; [`Refusal::PermissionMissing`] for what was answered without the right to;
    /// [`Refusal::ChangedMeanwhile`] where there is nothing to hand over.
    pub fn answers(
        &self,
        way: LeavingWay,
        permissions: PermissionSet,
        form: &LeavingForm,
    ) -> Result<Answers, Refusal> {
        let mut checks = Checks::default();
        let mut answers = Answers::KEEP;
        for kind in self.held.kinds() {
            let answer = match lacking(kind, permissions) {
                Some(lacking) => left_alone(form.of(kind)).ok_or(Refusal::PermissionMissing(lacking))?,
                None => match checks.note(kind.key(), form.of(kind).check(kind)) {
                    Some(answer) => answer,
                    None => continue,
                },
            };
            answers.put(kind, answer);
        }
        let answers = checks.finish(Some(answers))?;
        if way != LeavingWay::HandOver || answers != Answers::KEEP {
            return Ok(answers);
        }
        // It stays already: that is no handing over. The first that can be answered says so.
        let kinds: Vec<_> = self.held.kinds().map(|kind| (kind, lacking(kind, permissions))).collect();
        let decidable = kinds.iter().find(|(_, lacking)| lacking.is_none());
        let refusal = match decidable.or(kinds.first()).copied() {
            // Somebody was quicker.
            None => Refusal::ChangedMeanwhile,
            Some((kind, None)) => Refusal::field(kind.key(), Problem::NothingHandedOver),
            Some((_, Some(lacking))) => Refusal::PermissionMissing(lacking),
        };
        Err(refusal)
    }

    /// Stands for everything that a page shows: what is held, in which state, and what becomes of it.
    ///
    /// # Errors
    /// [`crate::Error::Internal`].
    pub fn seen(&self, leaver: &Leaver, way: LeavingWay, answers: &Answers, plan: &Plan) -> Result<[u8; 32]> {
        let held = &self.held;
        let seen = serde_json::to_vec(&Seen {
            way,
            member: leaver.member.id,
            version: leaver.member.version,
            appointments: held.appointments.iter().map(|one| (one.id.0, one.version)).collect(),
            opportunities: held.opportunities.iter().map(|one| (one.id.0, one.pipeline.0)).collect(),
            calendars: held.calendars.iter().map(|one| one.id.0).collect(),
            pipelines: held.pipelines.iter().map(|one| one.id.0).collect(),
            closed: plan.closed(held).map(|one| one.id.0).collect(),
            answers,
            plan,
        })?;
        Ok(keys::sha256(&[&seen]))
    }
}

#[derive(Serialize)]
struct Seen<'a> {
    way: LeavingWay,
    member: MemberId,
    version: i32,
    appointments: Vec<(uuid::Uuid, i32)>,
    opportunities: Vec<(uuid::Uuid, uuid::Uuid)>,
    calendars: Vec<uuid::Uuid>,
    pipelines: Vec<uuid::Uuid>,
    closed: Vec<uuid::Uuid>,
    answers: &'a Answers,
    plan: &'a Plan,
}

/// What somebody lacks to decide about a kind.
pub(super) fn lacking(kind: HeldKind, permissions: PermissionSet) -> Option<Permission> {
    kind.deciders().iter().copied().find(|needed| !permissions.contains(*needed))
}

/// The one answer that takes no permission: none, or that things stay.
fn left_alone(form: &AnswerForm) -> Option<Answer> {
    let keeps = form.to.trim().is_empty() || form.to.trim() == Answer::Keep.key();
    (keeps && form.people.is_empty()).then_some(Answer::Keep)
}
