use domain::{
    AccountId, Refusal, StaffImportId,
    activity::Event,
    staff::{EmployeeForm, Known, NamedPlace},
};
use serde::{Deserialize, Serialize};

use crate::{
    Access, Backend, Error, Result, account, activity,
    db::Tx,
    jobs::Job,
    permissions,
    staff::{
        check_employee,
        invite::invite_in,
        places::{Answer, Asked},
        queries::{self, import::INVITED, import_run::NextLine},
    },
};

/// Lines invited in one transaction: few enough that nobody waits long for the account's lock, many enough to be quick.
const LINES_AT_ONCE: i64 = 25;

/// Why a line waits: the account has sent as many invitations as it may for now.
const TOO_MANY: &str = "the account has sent too many invitations for one day. Please import the list again tomorrow: \
                        who is invited by then is skipped.";

/// Invites everybody whom the dry run of an import showed as new. Killed anywhere and run again, it goes on where it was: a line's
/// invitation and its outcome are one transaction.
#[derive(Debug, Serialize, Deserialize)]
pub struct RunImport {
    pub account: AccountId,
    pub import: StaffImportId,
}

impl Job for RunImport {
    const NAME: &'static str = "run_import";

    async fn run(&self, backend: &Backend) -> Result<()> {
        while self.invite_some(backend).await? {}
        Ok(())
    }

    async fn give_up(&self, backend: &Backend, _reason: &str) -> Result<()> {
        let mut tx = backend.db.tenant(self.account).await?;
        let why = "something broke on our side. Please import these lines again.";
        queries::import_run::set_outcome_of_the_rest(&mut tx, self.account, self.import, why).await?;
        tx.commit().await?;
        self.run(backend).await
    }
}

impl RunImport {
    /// Takes the next lines, or finishes when there are none; answers whether there may be more.
    async fn invite_some(&self, backend: &Backend) -> Result<bool> {
        let mut tx = backend.db.tenant(self.account).await?;
        account::lock(&mut tx, self.account).await?;
        let Some(running) = queries::import_run::running(&mut tx, self.account, self.import).await? else {
            return Ok(false);
        };
        let starter =
            permissions::access_now(&mut tx, self.account, running.started_by, backend.clock.now()).await?;
        let lines =
            queries::import_run::next_lines(&mut tx, self.account, self.import, LINES_AT_ONCE).await?;
        if lines.is_empty() {
            let by = starter.unwrap_or_else(|| Access::steward(self.account));
            self.finish(backend, &mut tx, &by, running.file_name).await?;
        } else {
            let places = running.places.map(|places| places.0);
            self.invite_lines(backend, &mut tx, starter.as_ref(), places.as_deref(), &lines).await?;
        }
        tx.commit().await?;
        Ok(!lines.is_empty())
    }

    async fn invite_lines(
        &self,
        backend: &Backend,
        tx: &mut Tx,
        starter: Option<&Access>,
        places: Option<&[NamedPlace]>,
        lines: &[NextLine],
    ) -> Result<()> {
        let addresses: Vec<String> = lines.iter().map(|line| line.employee.email.clone()).collect();
        let known = queries::import::known(tx, self.account, &addresses, backend.clock.now()).await?;
        let inviting = match starter {
            Some(starter) => Some(Inviting::of(tx, starter, places).await?),
            None => None,
        };
        let mut outcomes = Vec::with_capacity(lines.len());
        for line in lines {
            let known = known.get(&line.employee.email).copied().unwrap_or(Known::Nobody);
            outcomes.push(match &inviting {
                Some(inviting) => inviting.invite(backend, tx, &line.employee, known).await?,
                None => "whoever started the import is not active any more.".to_owned(),
            });
        }
        let numbers: Vec<i32> = lines.iter().map(|line| line.line).collect();
        queries::import_run::set_outcomes(tx, self.account, self.import, &numbers, &outcomes).await
    }

    async fn finish(&self, backend: &Backend, tx: &mut Tx, by: &Access, file_name: String) -> Result<()> {
        queries::import_run::finish(tx, self.account, self.import).await?;
        let summary =
            queries::import::summary(tx, self.account, self.import).await?.ok_or(Refusal::NotFound)?;
        let (invited, not_invited) = summary.invited_and_not();
        let event = Event::StaffImported { file_name, invited, not_invited };
        activity::record(tx, by, backend.clock.now(), &event).await
    }
}

/// What counts for every line of a list.
struct Inviting<'a> {
    starter: &'a Access,
    /// ISO 3166-1 alpha-2.
    country: String,
    answer: Option<Answer>,
}

impl<'a> Inviting<'a> {
    async fn of(tx: &mut Tx, starter: &'a Access, places: Option<&[NamedPlace]>) -> Result<Self> {
        let answer = match places {
            Some(places) => Asked::of(tx, starter).await?.again(places),
            None => None,
        };
        Ok(Self { starter, country: account::load(tx, starter.account()).await?.country, answer })
    }

    /// Invites one person, unless the world has changed since the dry run; answers the line's outcome.
    async fn invite(
        &self,
        backend: &Backend,
        tx: &mut Tx,
        form: &EmployeeForm,
        known: Known,
    ) -> Result<String> {
        match known {
            Known::Member => return Ok("has joined the account meanwhile.".to_owned()),
            Known::Invited => return Ok("was invited by somebody else meanwhile.".to_owned()),
            Known::Nobody | Known::Expired => {}
        }
        let employee = match check_employee(form, &self.country) {
            Ok(employee) => employee,
            Err(refusal) => return Ok(refusal.to_string()),
        };
        match invite_in(backend, tx, self.starter, &employee, self.answer.as_ref()).await {
            Ok(_) => Ok(INVITED.to_owned()),
            // Refused before anything is written, so the other lines of this transaction are not touched.
            Err(Error::Refused(Refusal::TooManyAttempts { .. })) => Ok(TOO_MANY.to_owned()),
            Err(Error::Refused(refusal @ Refusal::PlanFull { .. })) => Ok(refusal.to_string()),
            Err(Error::Refused(Refusal::PermissionMissing(_))) => {
                Ok("whoever started the import may not invite this person any more.".to_owned())
            }
            Err(Error::Refused(refusal)) if refusal.problem("profile").is_some() => {
                Ok("the profile does not exist any more.".to_owned())
            }
            Err(error) => Err(error),
        }
    }
}
