use domain::billing::{Document, MailKind};

use super::{
    BillingMail,
    about::{About, Way, Words},
};
use crate::{
    Backend, Result,
    billing::{invoices::file_of, pay_link},
    mail::{Action, Attachment, Content, Message},
};

/// The mail, or none when it has become pointless: what it says is what is true when it is sent.
///
/// # Errors
/// [`crate::Error::Internal`].
pub(crate) async fn billing_letter(backend: &Backend, mail: &BillingMail) -> Result<Option<Message>> {
    let Some(about) = About::look_up(backend, mail).await? else { return Ok(None) };
    let Some(words) = about.words(mail) else { return Ok(None) };
    let (account, note) = (about.account().to_owned(), note(&about, words.way));
    let attachment = match about.document.filter(|_| words.has_invoice) {
        Some(document) => Some(attached(document).await?),
        None => None,
    };
    Ok(Some(Message {
        attachment,
        to: mail.to.clone(),
        sender_name: account.clone(),
        subject: format!("{account}: {}", words.subject),
        paragraphs: words.paragraphs,
        action: Some(action(backend, mail, words.way)),
        note,
    }))
}

async fn attached(document: Document) -> Result<Attachment> {
    let file = file_of(document).await?;
    Ok(Attachment {
        file_name: file.name,
        content_type: "application/pdf".to_owned(),
        content: Content::Bytes(file.bytes),
    })
}

impl About {
    fn words(&self, mail: &BillingMail) -> Option<Words> {
        match mail.kind {
            MailKind::InvoiceIssued => self.issued(),
            MailKind::Receipt => Some(self.receipt()),
            MailKind::PaymentFailed => self.failed(),
            MailKind::PaymentReminder => self.reminder(),
            MailKind::AccountPaused => self.paused(),
            MailKind::AccountResumed => self.resumed(),
            MailKind::PlanChanged => self.changed(),
            MailKind::PlanNotChanged => self.not_changed(),
            MailKind::ChangeScheduled => self.scheduled(),
            MailKind::DowngradeComing => self.coming(),
            MailKind::CardExpiring => self.expiring(mail.on),
            MailKind::SubscriptionEnding => self.ending(),
            MailKind::SubscriptionEnded => self.ended(),
        }
    }
}

fn action(backend: &Backend, mail: &BillingMail, way: Way) -> Action {
    let (label, path) = match way {
        Way::Billing => ("See billing", "/settings/billing".to_owned()),
        Way::Cards => ("See the cards", "/settings/billing/cards".to_owned()),
        Way::Invoice(number) => ("See the invoice", format!("/settings/billing/invoices/{number}")),
        Way::Pay => ("Pay now", format!("/pay/{}", pay_link(backend, mail.account))),
    };
    Action { label: label.to_owned(), url: backend.link(&path) }
}

/// Why they get it and, with a link that pays, what that link can do.
fn note(about: &About, way: Way) -> String {
    let account = about.account();
    let because = match about.stored.emails.is_empty() {
        true => format!("You get this mail because you are an Admin of {account}."),
        false => format!("You get this mail because {account} gave your address for its billing."),
    };
    if way != Way::Pay {
        return because;
    }
    let link = match &about.card {
        Some(card) => format!("The link pays with the {} and can do nothing else.", card.words()),
        None => "The link can only pay, and only once there is a card.".to_owned(),
    };
    format!("This is about {}. {link} It works without signing in. {because}", about.open.join(", "))
}
