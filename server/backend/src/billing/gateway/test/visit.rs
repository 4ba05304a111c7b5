use chrono::Datelike;
use domain::{Checks, Problem, Refusal, billing::CardExpiry};

use super::{TestCard, queries};
use crate::{Backend, Result, keys};

/// Whether there is such a visit that is not over; the page of it needs nothing else.
///
/// # Errors
/// [`Refusal::LinkNotValid`].
pub async fn test_visit(backend: &Backend, reference: &str) -> Result<()> {
    open(backend, reference).await.map(drop)
}

/// Somebody entered a card, with the number and the last month ("12/30") as they typed them; answers where they are sent then.
///
/// # Errors
/// [`Refusal::LinkNotValid`]; [`Refusal::Invalid`] for `number` or `expires`.
pub async fn test_visit_done(
    backend: &Backend,
    reference: &str,
    number: &str,
    expires: &str,
) -> Result<String> {
    let (customer, return_url) = open(backend, reference).await?;
    let now = backend.clock.now();
    let this_month = (now.year(), now.month());
    let mut checks = Checks::default();
    let card = checks.note("number", TestCard::by_number(number));
    let expires = checks.note("expires", expiry(expires, this_month));
    let (card, expires) = checks.finish(card.zip(expires))?;
    let mut tx = backend.db.begin().await?;
    let reference_of_card = format!("card_{}", keys::encode(&keys::random_bytes()));
    let made = queries::NewCard { reference: &reference_of_card, customer: &customer, card, expires };
    if !queries::enter(&mut tx, reference, &made).await? {
        return Err(Refusal::LinkNotValid.into());
    }
    tx.commit().await?;
    Ok(return_url)
}

async fn open(backend: &Backend, reference: &str) -> Result<(String, String)> {
    if !backend.billing.gateway.is_test() {
        return Err(Refusal::LinkNotValid.into());
    }
    let mut tx = backend.db.begin().await?;
    let found = queries::visit(&mut tx, reference).await?;
    tx.commit().await?;
    Ok(found.ok_or(Refusal::LinkNotValid)?)
}

/// "12/30" or "12/2030", not over.
fn expiry(typed: &str, this_month: (i32, u32)) -> Result<CardExpiry, Problem> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Err(Problem::Required);
    }
    let parts =
        typed.split_once('/').map(|(month, year)| (month.trim().parse::<u32>(), year.trim().parse::<i32>()));
    let Some((Ok(month @ 1..=12), Ok(year @ 0..=2199))) = parts else { return Err(Problem::InvalidChoice) };
    let year = if year < 100 { 2000 + year } else { year };
    if (year, month) < this_month { Err(Problem::DayOver) } else { Ok(CardExpiry { year, month }) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_last_month_is_read_as_it_stands_on_the_card() {
        let read = |typed| expiry(typed, (2026, 11));
        assert_eq!(read("11/26"), Ok(CardExpiry { year: 2026, month: 11 }));
        assert_eq!(read(" 3 / 2030 "), Ok(CardExpiry { year: 2030, month: 3 }));
        assert_eq!(read("10/26"), Err(Problem::DayOver));
        assert_eq!(read(""), Err(Problem::Required));
        for wrong in ["13/30", "0/30", "1230", "a/b", "12/9999999999"] {
            assert_eq!(read(wrong), Err(Problem::InvalidChoice), "{wrong}");
        }
    }
}
