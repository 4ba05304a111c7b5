//! Every page on one screen.

use leptos::prelude::*;
use leptos_meta::provide_meta_context;
use leptos_router::{
    components::{ParentRoute, Redirect, Route, Router, Routes},
    path,
};
use ui::{Flash, Toasts, Tone, provide_toasts};

use crate::{
    account::{AccountRoutes, AccountSettingsRoutes, SectionRoutes, SettingsSectionRoutes},
    activity::ActivityRoutes,
    billing::{BillingRoutes, PayRoutes},
    calendars::{AppointmentRoutes, BookingRoutes, CalendarRoutes, MemberHoursRoutes, OwnHoursRoutes},
    dev::DevRoutes,
    identity::{IdentityRoutes, OwnRoutes},
    layout::{NotFoundPage, SettingsFrame, SignedInFrame},
    live::Live,
    paths,
    permissions::{AccessRoutes, ProfileRoutes},
    pipelines::{BoardRoutes, PipelineRoutes},
    staff::{JoinRoutes, StaffRoutes},
    viewer::ViewerNow,
};

#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    let Some(boot) = crate::request::boot() else {
        return view! { <p>"This page could not be started. Please reload it."</p> }.into_any();
    };
    let messages = boot.messages.iter().map(|message| Flash::new(Tone::Good, message)).collect();
    provide_context(boot);
    ViewerNow::provide();
    provide_context(Live::new());
    provide_toasts(messages);
    view! {
        <Router>
            <Routes fallback=NotFoundPage>
                <IdentityRoutes/>
                <JoinRoutes/>
                <BookingRoutes/>
                <PayRoutes/>
                <DevRoutes/>
                <ParentRoute path=path!("") view=SignedInFrame>
                    <AccountRoutes/>
                    <SectionRoutes/>
                    <OwnRoutes/>
                    <AccessRoutes/>
                    <BoardRoutes/>
                    <AppointmentRoutes/>
                    <OwnHoursRoutes/>
                    <ParentRoute path=path!("settings") view=SettingsFrame>
                        <Route path=path!("") view=|| view! { <Redirect path=paths::STAFF/> }/>
                        <AccountSettingsRoutes/>
                        <SettingsSectionRoutes/>
                        <StaffRoutes/>
                        <ProfileRoutes/>
                        <CalendarRoutes/>
                        <PipelineRoutes/>
                        <BillingRoutes/>
                        <ActivityRoutes/>
                        <MemberHoursRoutes/>
                    </ParentRoute>
                </ParentRoute>
            </Routes>
        </Router>
        <Toasts/>
    }
    .into_any()
}
