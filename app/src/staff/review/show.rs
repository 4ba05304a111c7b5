use domain::{AccessReviewId, Refusal, listing::ROWS_PER_PAGE};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use ui::{
    BackLink, Button, ButtonKind, Card, EmptyState, FilterBar, FilterSelect, FormError, IconName, LinkButton,
    Pagination, Progress, SearchInput, SelectOption, Skeleton, follow_address,
};

use super::{
    super::api_review::{ReadReview, ReviewText, ReviewView},
    acts::Acts,
    line::Line,
    list::CsvLink,
    questions::Questions,
};
use crate::{Data, SaveForm, layout::Page, paths, time};

/// What the address asks for.
#[derive(Clone, PartialEq)]
struct Asked {
    search: Option<String>,
    show: Option<String>,
    page: Option<String>,
}

impl Asked {
    /// As it continues the query of a link that asks for the same people: "&q=uma&show=all".
    fn query(&self) -> String {
        let part = |(name, value): (&str, &Option<String>)| {
            value.as_deref().map(|value| format!("&{name}={}", paths::encode(value))).unwrap_or_default()
        };
        [("q", &self.search), ("show", &self.show), ("page", &self.page)].map(part).concat()
    }
}

/// One review: who is still to be decided upon, or everybody.
#[component]
pub fn ReviewPage() -> impl IntoView {
    let id = paths::id_parameter::<AccessReviewId>();
    let acts = Acts::new();
    let saved = acts.saved();
    let query = use_query_map();
    let asked = Memo::new(move |_| {
        query.with(|query| Asked { search: query.get("q"), show: query.get("show"), page: query.get("page") })
    });
    let review = Data::renewed(
        move || saved.get(),
        move || {
            let Asked { search, show, page } = asked.get();
            Ok(ReadReview { id: id.get().ok_or(Refusal::NotFound)?, search, show, page })
        },
    );
    follow_address(Signal::derive(move || {
        let Asked { search, show, .. } = asked.get();
        vec![("q", search.unwrap_or_default()), ("show", show.unwrap_or_default())]
    }));
    let id_now = id.get_untracked().unwrap_or_default();
    let Asked { search, show, .. } = asked.get_untracked();
    let options = vec![SelectOption::new("", "Still to be decided"), SelectOption::new("all", "Everybody")];
    view! {
        <Page title="Review access" back=BackLink::new(paths::REVIEWS, "Access review")>
            <FilterBar action=paths::review(id_now)>
                <SearchInput label="Search by name or e-mail" value=search.unwrap_or_default()/>
                <FilterSelect name="show" label="Who is shown" value=show.unwrap_or_default() options/>
            </FilterBar>
            {review.show(|| view! { <Skeleton lines=12/> }.into_any(), move |view| {
                view! { <Review view asked=asked.get_untracked() acts/> }.into_any()
            })}
        </Page>
    }
}

#[component]
fn Review(view: ReviewView, asked: Asked, acts: Acts) -> impl IntoView {
    let ReviewView { review, lines } = view;
    let (id, runs, open) = (review.id, review.finished.is_none(), review.total - review.done);
    let nobody = (lines.total == 0).then(|| view! { <Nobody id open=if runs { open } else { 0 }/> });
    let (page, pages, total) = (u64::from(lines.page), u64::from(lines.pages()), lines.total);
    let same = asked.query();
    let href = move |page: u64| {
        let asked = Asked { page: Some(page.to_string()), ..asked.clone() };
        format!("{}?{}", paths::review(id), asked.query().trim_start_matches('&'))
    };
    let questions = runs.then(|| view! { <Questions id lines=lines.rows.clone() same=same.clone() acts/> });
    let people = lines
        .rows
        .into_iter()
        .map(|line| view! { <Line id line same=same.clone() runs acts/> })
        .collect_view();
    view! {
        <Head review acts/>
        <FormError message=acts.deciding.error()/>
        <FormError message=acts.stopping.error()/>
        {nobody}
        <ul class="stack mt-4">{people}</ul>
        <Pagination page pages total per_page=u64::from(ROWS_PER_PAGE) href/>
        {questions}
    }
}

/// How far it is, and its end.
#[component]
fn Head(review: ReviewText, acts: Acts) -> impl IntoView {
    let ReviewText { id, started, started_by, finished, total, done } = review;
    let end = match finished {
        Some((when, by)) => view! { <p>{format!("{by} finished it on ")} {time(when)} ". Nothing in it changes any more."</p> }.into_any(),
        None => {
            let reason = (done < total).then(|| format!("{} still need a verdict.", total - done));
            view! {
                <FormError message=acts.finishing.error()/>
                <SaveForm action=acts.finish>
                    <input type="hidden" name="id" value=id.to_string()/>
                    <Button pending=acts.finishing.pending() disabled_reason=reason>"Finish the review"</Button>
                </SaveForm>
            }
            .into_any()
        }
    };
    view! {
        <Card>
            <div class="stack">
                <p>{format!("{started_by} began this review on ")} {time(started)} ". Whoever joins or is invited later is left to the next one."</p>
                <Progress label="Decided" value=done max=total/>
                <div class="flex flex-wrap items-center gap-3">{end} <CsvLink review=id/></div>
            </div>
        </Card>
    }
}

#[component]
fn Nobody(id: AccessReviewId, open: u64) -> impl IntoView {
    let everybody = view! {
        <LinkButton href=format!("{}?show=all", paths::review(id)) kind=ButtonKind::Secondary>"Show everybody"</LinkButton>
    };
    let (icon, title, body) = match open {
        0 => {
            (IconName::Check, "Everybody has a verdict", "Look through the verdicts, then finish the review.")
        }
        _ => (
            IconName::Search,
            "Nobody found",
            "Nobody who is still to be decided upon fits what you asked for.",
        ),
    };
    view! { <EmptyState icon title body action=everybody/> }
}
