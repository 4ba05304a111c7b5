use leptos::prelude::*;
use leptos_meta::Title;
use ui::{ButtonKind, Card, EmptyState, LinkButton, Skeleton};

use super::api::{Mail, mailbox};
use crate::{Boot, error::LoadError, layout::NotFoundPage};

/// The mails of a development server, so that links in them can be followed.
#[component]
pub fn MailboxPage() -> impl IntoView {
    if !Boot::current().development {
        return view! { <NotFoundPage/> }.into_any();
    }
    let mails = Resource::new(|| (), |()| mailbox());
    view! {
        <Title text="Mailbox"/>
        <main class="standalone">
            <ui::PageHeader
                title="Mailbox"
                description="Every mail this development server has sent, newest first. Set SMTP_URL to send them for real."
            />
            <Suspense fallback=|| view! { <Skeleton lines=6/> }>
                {move || Suspend::new(async move {
                    match mails.await {
                        Ok(mails) if mails.is_empty() => view! {
                            <EmptyState title="No mail yet" body="Invite somebody, or ask for a new password: the mail appears here."/>
                        }.into_any(),
                        Ok(mails) => mails.into_iter().map(|mail| view! { <MailCard mail/> }).collect_view().into_any(),
                        Err(error) => view! { <LoadError error/> }.into_any(),
                    }
                })}
            </Suspense>
        </main>
    }
    .into_any()
}

#[component]
fn MailCard(mail: Mail) -> impl IntoView {
    let action = mail.action.map(|(label, url)| {
        view! { <LinkButton href=url kind=ButtonKind::Primary>{label}</LinkButton> }
    });
    view! {
        <Card>
            <h2 class="mail-subject">{mail.subject}</h2>
            <p class="mail-meta">"To " {mail.to} " · " <time datetime=mail.at.at.to_rfc3339()>{mail.at.text}</time></p>
            <pre class="mail-text">{mail.text}</pre>
            {action}
        </Card>
    }
}
