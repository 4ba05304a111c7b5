use domain::{MemberId, Refusal};
use leptos::prelude::*;
use leptos_router::{hooks::use_query_map, params::ParamsMap};
use ui::{BackLink, Button, ButtonKind, Callout, FormActions, LinkButton, Skeleton, Tone};

use super::{
    part::{Part, section_id},
    planned::Plan,
};
use crate::{
    Data, Form,
    act::Act,
    layout::Page,
    paths,
    staff::{
        api_leaving::{EndPlace, ReadLeaving},
        leaving_view::{LeavingView, PartView},
        member::NoMember,
    },
};

/// Asks who gets what somebody holds. Every choice stands in the address, and what will happen is shown before it does.
#[component]
pub fn LeavingPage() -> impl IntoView {
    let id = paths::id_parameter::<MemberId>();
    let query = use_query_map();
    let choices = Memo::new(move |_| query.with(as_sent));
    let end = Act::<EndPlace>::new();
    let form = Form::of(end);
    // What was refused is asked again, as it is by then.
    let refused = Memo::new(move |before: Option<&usize>| match form.refusal().get() {
        Some(_) => form.version.get(),
        None => before.copied().unwrap_or_default(),
    });
    let asked = Data::renewed(
        move || refused.get(),
        move || Ok(ReadLeaving { id: id.get().ok_or(Refusal::NotFound)?, choices: choices.get() }),
    );
    asked.show_either(
        || view! { <Skeleton lines=12/> }.into_any(),
        move |asked| match asked {
            Ok(asked) => view! { <Leaving asked choices=choices.get_untracked() end form/> }.into_any(),
            Err(error) => view! { <NoMember error/> }.into_any(),
        },
    )
}

/// The choices in the address, as `LeavingForm::read` takes them: nothing is escaped, which the server and browsers do differently.
fn as_sent(query: &ParamsMap) -> String {
    query.into_iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("&")
}

#[component]
fn Leaving(asked: LeavingView, choices: String, end: Act<EndPlace>, form: Form) -> impl IntoView {
    let LeavingView { member, name, way, title, consequence, verb, parts, planned } = asked;
    let back = BackLink::new(paths::member(member), name);
    let asks = parts.iter().any(|part| part.missing.is_none());
    let is_planned = planned.is_some();
    let plan = planned.map(|planned| view! { <Plan planned member choices verb end form/> });
    let problems = problems(&parts);
    let parts = parts.into_iter().map(|part| view! { <Part part/> }).collect_view();
    let content = match asks {
        true => {
            let see = if is_planned { "Show what would happen instead" } else { "Show what will happen" };
            let kind = if is_planned { ButtonKind::Secondary } else { ButtonKind::Primary };
            view! {
                <form method="get" action=paths::leave(member)>
                    <input type="hidden" name="way" value=way/>
                    {parts}
                    <FormActions>
                        <Button kind>{see}</Button>
                        <LinkButton href=paths::member(member) kind=ButtonKind::Ghost>"Cancel"</LinkButton>
                    </FormActions>
                </form>
            }
            .into_any()
        }
        false => parts.into_any(),
    };
    view! {
        <Page title back>
            <p class="mb-6">{consequence}</p>
            {problems}
            {plan}
            {content}
        </Page>
    }
}

/// The page is long, and begins at its top whatever is wrong below.
fn problems(parts: &[PartView]) -> Option<impl IntoView + use<>> {
    let link = |part: &PartView| {
        let problem = part.problem.clone()?;
        let href = format!("#{}", section_id(&part.key));
        let title = part.title.clone();
        Some(view! { <li><a class="link" href=href rel="external">{title}</a>": "{problem}</li> })
    };
    let links: Vec<_> = parts.iter().filter_map(link).collect();
    (!links.is_empty()).then(|| {
        view! { <Callout tone=Tone::Bad title="Nothing has happened yet"><ul>{links}</ul></Callout> }
    })
}
