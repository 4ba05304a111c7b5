use domain::activity::{ActivityPerson, Area};
use leptos::prelude::*;
use ui::{FilterBar, FilterDay, FilterSelect, SelectOption};

use super::query::{ActivityQuery, STEWARD};

/// The filters of the log; without `people`, of one person's.
#[component]
pub(super) fn Filters(
    query: Memo<ActivityQuery>,
    people: Option<Vec<ActivityPerson>>,
    #[prop(into)] base: String,
) -> impl IntoView {
    let everything = base.clone();
    let clear_href =
        Signal::derive(move || query.with(ActivityQuery::is_filtered).then(|| everything.clone()));
    let query = query.get_untracked();
    let person = people.map(|people| {
        view! { <FilterSelect name="person" label="Person" options=people_options(people) value=query.person/> }
    });
    view! {
        <FilterBar action=base clear_href>
            {person}
            <FilterSelect name="area" label="Area" options=area_options() value=query.area/>
            <FilterDay name="from" label="From" value=query.from/>
            <FilterDay name="to" label="To" value=query.to/>
        </FilterBar>
    }
}

fn people_options(people: Vec<ActivityPerson>) -> Vec<SelectOption> {
    let first = [SelectOption::new("", "Everybody"), SelectOption::new(STEWARD, "Steward")];
    let people = people.into_iter().map(|person| SelectOption::new(person.id.to_string(), person.name));
    first.into_iter().chain(people).collect()
}

fn area_options() -> Vec<SelectOption> {
    let areas = Area::ALL.into_iter().map(|area| SelectOption::new(area.key(), area.label()));
    std::iter::once(SelectOption::new("", "All areas")).chain(areas).collect()
}
