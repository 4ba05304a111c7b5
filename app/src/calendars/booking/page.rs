use std::sync::Arc;

use domain::calendars::PublicCalendar;
use leptos::prelude::*;
use leptos_router::{NavigateOptions, hooks::use_navigate};
use ui::{DescriptionItem, DescriptionList, Skeleton};

use super::{
    chosen::Chosen,
    details::{Details, Parts},
    parameter,
    steps::Steps,
};
use crate::{
    AppError, Data, Form,
    act::Act,
    browser_time_zone,
    calendars::{
        api_booking::{BookAsVisitor, BookingView, ReadBookingPage},
        offer::OfferText,
    },
    error::LoadError,
    layout::Narrow,
    paths,
};

/// Where visitors book: a day, a time, and who they are.
#[component]
pub fn BookingPage() -> impl IntoView {
    let book = Act::<BookAsVisitor>::new();
    let form = Form::of(book);
    let (account, calendar, chosen) = (parameter("account"), parameter("calendar"), Chosen::now());
    let from = Memo::new(move |_| chosen.with(|chosen| chosen.from.clone()));
    let zone = Memo::new(move |_| chosen.with(|chosen| chosen.zone.clone()));
    let ask = move || ReadBookingPage {
        account: account.get(),
        calendar: calendar.get(),
        from: from.get(),
        zone: zone.get(),
    };
    let page = Data::new(move || Ok(ask()));
    page.show_either(
        || view! { <Narrow title="Book a time"><Skeleton lines=8/></Narrow> }.into_any(),
        move |page| match page {
            Ok(view) => view! { <Book view chosen book form/> }.into_any(),
            Err(error) => not_bookable(error),
        },
    )
}

/// An address of nothing and a closed calendar look alike.
fn not_bookable(error: AppError) -> AnyView {
    view! {
        <Narrow title="Nothing can be booked here"
            description="Maybe the address was cut off on its way, or no bookings are taken at the moment. Ask whoever gave it to you.">
            <LoadError error/>
        </Narrow>
    }
    .into_any()
}

#[component]
fn Book(view: BookingView, chosen: Memo<Chosen>, book: Act<BookAsVisitor>, form: Form) -> impl IntoView {
    let BookingView { calendar, offer, time_zones, request_key } = view;
    let path = paths::booking(calendar.account_slug.as_str(), calendar.slug.as_str());
    show_on_own_clock(chosen, offer.time_zone.clone(), path.clone());
    let title = calendar.name.clone();
    let description = format!("{} minutes with {}", calendar.duration_minutes, calendar.account_name);
    let about = about(&calendar);
    let parts = Parts { calendar: Arc::new(calendar), request_key, path: path.clone(), chosen, book, form };
    let next = Arc::new(move |offer: Arc<OfferText>, time: String| {
        let parts = parts.clone();
        view! { <Details offer time parts/> }.into_any()
    });
    view! {
        <Narrow title description>
            <div class="booking">
                {about}
                <Steps offer time_zones chosen path form heading="Your details" next/>
            </div>
        </Narrow>
    }
}

fn about(calendar: &PublicCalendar) -> AnyView {
    let text = |text: &String| Some(text.clone()).filter(|text| !text.is_empty());
    let description =
        text(&calendar.description).map(|text| view! { <p class="whitespace-pre-line">{text}</p> });
    let location = text(&calendar.location).map(|text| {
        view! { <DescriptionList><DescriptionItem term="Where">{text}</DescriptionItem></DescriptionList> }
    });
    view! { {description} {location} }.into_any()
}

/// Times are told on the visitor's own clock, unless the address says on which. Not while a form is open: it would begin anew.
fn show_on_own_clock(chosen: Memo<Chosen>, shown: String, path: String) {
    let navigate = use_navigate();
    Effect::new(move |_| {
        let now = chosen.get_untracked();
        let is_said = now.zone.is_some() || now.time.is_some();
        let own = browser_time_zone().filter(|own| *own != shown);
        if let (false, Some(zone)) = (is_said, own) {
            let options = NavigateOptions { replace: true, scroll: false, ..NavigateOptions::default() };
            navigate(&Chosen { zone: Some(zone), ..now }.address(&path), options);
        }
    });
}
