use leptos::prelude::*;
use ui::{
    Button, ButtonKind, DataTable, EmptyState, FormError, IconName, LinkButton, Progress, Row, Section,
    Skeleton, Td, Th,
};

use super::super::api_review::{ReadReviews, ReviewText, ReviewsView, StartReview};
use crate::{Data, Form, SaveForm, act::Act, layout::Page, paths, time};

/// The running review or the way to begin one, and the past ones.
#[component]
pub fn ReviewsPage() -> impl IntoView {
    let start = Act::<StartReview>::new();
    let starting = Form::of(start);
    let reviews = Data::new(|| Ok(ReadReviews {}));
    view! {
        <Page title="Access review" description="Once a quarter, go through everybody who has access and say what should become of it.">
            {reviews.show(|| view! { <Skeleton lines=8/> }.into_any(), move |reviews| {
                let ReviewsView { running, past, due, is_due } = reviews;
                let now = match running {
                    Some(review) => view! { <Running review/> }.into_any(),
                    None => view! {
                        <Section title=if is_due { "A review is due" } else { "No review is needed yet" }>
                            <p>{if is_due { "Due since " } else { "The next one is due on " }} {time(due)} "."</p>
                            <FormError message=starting.error()/>
                            <SaveForm action=start>
                                <Button kind=if is_due { ButtonKind::Primary } else { ButtonKind::Secondary }
                                    pending=starting.pending()>"Start a review"</Button>
                            </SaveForm>
                        </Section>
                    }
                    .into_any(),
                };
                view! { {now} <Section title="Past reviews"><Past past/></Section> }.into_any()
            })}
        </Page>
    }
}

#[component]
fn Running(review: ReviewText) -> impl IntoView {
    view! {
        <Section title="A review is running">
            <p>{format!("{} began it on ", review.started_by)} {time(review.started)} "."</p>
            <Progress label="Decided" value=review.done max=review.total/>
            <p><LinkButton href=paths::review(review.id)>"Go on with it"</LinkButton></p>
        </Section>
    }
}

#[component]
fn Past(past: Vec<ReviewText>) -> impl IntoView {
    if past.is_empty() {
        return view! {
            <EmptyState icon=IconName::Clock title="No review has been finished yet"
                body="Finished reviews stay here, with every verdict, for whoever asks who had access and why."/>
        }
        .into_any();
    }
    let line = |review: ReviewText| {
        let (finished, by) = review.finished.map_or((None, String::new()), |(when, by)| (Some(when), by));
        view! {
            <Row>
                <Td main=true><a href=paths::review(review.id)>"Finished " {finished.map(time)}</a></Td>
                <Td label="By">{by}</Td>
                <Td label="People" numeric=true>{review.total}</Td>
                <Td actions=true><CsvLink review=review.id/></Td>
            </Row>
        }
    };
    let head = view! { <Th>"Review"</Th><Th>"By"</Th><Th numeric=true>"People"</Th><Th>"File"</Th> };
    view! { <DataTable caption="Past reviews" head>{past.into_iter().map(line).collect_view()}</DataTable> }
        .into_any()
}

/// The verdicts as a file; the browser fetches it by itself.
#[component]
pub(super) fn CsvLink(review: domain::AccessReviewId) -> impl IntoView {
    view! {
        <a class="btn btn-secondary btn-sm" rel="external" download="access-review.csv" href=paths::review_file(review)>"CSV"</a>
    }
}
