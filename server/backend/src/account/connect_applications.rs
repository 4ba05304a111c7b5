use std::collections::BTreeMap;

use domain::{
    Checks, Permission, Problem, Refusal,
    account::{
        APPLICATION_ADDRESS_MAX_CHARS, APPLICATION_NAME_MAX_CHARS, ApplicationForm, ConnectedApplication,
        application_field,
    },
    activity::{Change, Event, changes},
    permissions::Section,
    person_name,
};
use url::{Host, Url};

use super::queries::application as queries;
use crate::{Access, Backend, Result, activity, permissions::require_now};

const NAME_MAX: usize = APPLICATION_NAME_MAX_CHARS as usize;
const ADDRESS_MAX: usize = APPLICATION_ADDRESS_MAX_CHARS as usize;

/// Connects the owner's applications to sections, changes and disconnects them. The form is keyed by section; a section that it does
/// not name stays as it is. Saying the same again changes and records nothing.
///
/// # Errors
/// [`Refusal::PermissionMissing`]; [`Refusal::Invalid`] for the fields of [`application_field`], or for `applications` when a key
/// is no section that can be connected.
pub async fn connect_applications(
    backend: &Backend,
    access: &Access,
    typed: &BTreeMap<String, ApplicationForm>,
) -> Result<()> {
    access.require(Permission::AccountSettings)?;
    let wanted = check(typed)?;
    let mut tx = backend.db.tenant(access.account()).await?;
    super::lock(&mut tx, access.account()).await?;
    require_now(&mut tx, access, Permission::AccountSettings, backend.clock.now()).await?;
    let before = queries::all(&mut tx, access.account()).await?;
    let mut changed = vec![];
    for (section, after) in wanted {
        let before = before.iter().find(|application| application.section == section);
        if before == after.as_ref() {
            continue;
        }
        changed.extend(differences(section, before, after.as_ref()));
        match after {
            Some(application) => queries::put(&mut tx, access.account(), &application).await?,
            None => queries::delete(&mut tx, access.account(), section).await?,
        }
    }
    if !changed.is_empty() {
        let event = Event::AccountChanged { changes: changed };
        activity::record(&mut tx, access, backend.clock.now(), &event).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// What each named section is to have; none to disconnect it.
fn check(
    typed: &BTreeMap<String, ApplicationForm>,
) -> Result<Vec<(Section, Option<ConnectedApplication>)>, Refusal> {
    let mut checks = Checks::default();
    let mut wanted = vec![];
    for (key, form) in typed {
        let section = key.parse().ok().filter(|section: &Section| section.is_connectable());
        let Some(section) = section else {
            return Err(Refusal::field("applications", Problem::InvalidChoice));
        };
        let name = person_name::text(&form.name, NAME_MAX, false);
        let name = checks.note(&application_field(section, "name"), name);
        let address = check_address(&form.address, name.as_deref().is_some_and(|name| !name.is_empty()));
        let address = checks.note(&application_field(section, "address"), address);
        if let (Some(name), Some(address)) = (name, address) {
            wanted.push((section, address.map(|address| ConnectedApplication { section, name, address })));
        }
    }
    checks.finish(Some(wanted))
}

/// None when nothing was typed, which is a problem only where there is something to link to.
fn check_address(typed: &str, is_required: bool) -> Result<Option<String>, Problem> {
    let typed = person_name::text(typed, ADDRESS_MAX, is_required)?;
    if typed.is_empty() {
        return Ok(None);
    }
    let url = Url::parse(&typed).map_err(|_| Problem::InvalidAddress)?;
    // As for our own address: unencrypted only to this machine, where people try things.
    let is_safe = match url.scheme() {
        "https" => url.host().is_some(),
        "http" => url.host().is_some_and(|host| is_this_machine(&host)),
        _ => false,
    };
    if !is_safe || !url.username().is_empty() || url.password().is_some() {
        return Err(Problem::InvalidAddress);
    }
    let address = url.to_string();
    if address.chars().count() > ADDRESS_MAX {
        return Err(Problem::TooLong { max_chars: ADDRESS_MAX });
    }
    Ok(Some(address))
}

fn is_this_machine(host: &Host<&str>) -> bool {
    match host {
        Host::Domain(name) => *name == "localhost",
        Host::Ipv4(address) => address.is_loopback(),
        Host::Ipv6(address) => address.is_loopback(),
    }
}

fn differences(
    section: Section,
    before: Option<&ConnectedApplication>,
    after: Option<&ConnectedApplication>,
) -> Vec<Change> {
    let name = |of: Option<&ConnectedApplication>| of.map(|found| found.name.clone()).unwrap_or_default();
    let address =
        |of: Option<&ConnectedApplication>| of.map(|found| found.address.clone()).unwrap_or_default();
    changes(&[
        (&format!("name of the application for {}", section.label()), name(before), name(after)),
        (&format!("address of the application for {}", section.label()), address(before), address(after)),
    ])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_that_are_safe_to_link_to_are_taken() {
        for (typed, stored) in [
            (" https://crm.example.com ", "https://crm.example.com/"),
            (
                "https://crm.example.com:8443/contacts?view=all#top",
                "https://crm.example.com:8443/contacts?view=all#top",
            ),
            ("HTTPS://CRM.example.com", "https://crm.example.com/"),
            ("http://localhost:8080/crm", "http://localhost:8080/crm"),
            ("http://127.0.0.1/", "http://127.0.0.1/"),
        ] {
            assert_eq!(check_address(typed, true), Ok(Some(stored.to_owned())), "{typed}");
        }
        for typed in [
            "crm.example.com",
            "http://crm.example.com",
            "http://localhost.example.com",
            "javascript:alert(1)",
            "data:text/html,x",
            "ftp://crm.example.com",
            "https://",
            "https:///contacts",
            "//crm.example.com",
            "https://olive@crm.example.com",
            "https://olive:secret@crm.example.com",
            "https://:secret@crm.example.com",
        ] {
            let expected = if typed == "https:///contacts" {
                // Browsers read a host there, and so do we.
                Ok(Some("https://contacts/".to_owned()))
            } else {
                Err(Problem::InvalidAddress)
            };
            assert_eq!(check_address(typed, false), expected, "{typed}");
        }
        assert_eq!(check_address("https://a.example/\u{0}b", false), Err(Problem::InvalidText));
        assert_eq!(check_address("", false), Ok(None));
        assert_eq!(check_address("", true), Err(Problem::Required));
        let long = format!("https://a.example/{}", "é".repeat(480));
        assert!(matches!(check_address(&long, false), Err(Problem::TooLong { .. })), "as it would be stored");
    }
}
