use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use super::{PermissionSet, Section};

macro_rules! vocabulary {
    ($($name:ident $key:literal $label:literal $section:expr;)*) => {
        /// Everything that can be allowed, once. Its key is `section.verb` and never changes; its label may.
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        #[repr(u8)]
        pub enum Permission { $($name),* }

        impl Permission {
            /// In the order in which people read them.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            #[must_use]
            pub const fn key(self) -> &'static str {
                match self { $(Self::$name => $key),* }
            }

            #[must_use]
            pub const fn label(self) -> &'static str {
                match self { $(Self::$name => $label),* }
            }

            /// The section it belongs to; `None` for what only Admins may ever do.
            #[must_use]
            pub const fn section(self) -> Option<Section> {
                match self { $(Self::$name => $section),* }
            }
        }
    };
}

vocabulary! {
    DashboardView "dashboard.view" "View Dashboard" Some(Section::Dashboard);
    DashboardMoney "dashboard.money" "See money figures" Some(Section::Dashboard);
    DashboardCustomise "dashboard.customise" "Customise the dashboard" Some(Section::Dashboard);
    ContactsView "contacts.view" "View Contacts" Some(Section::Contacts);
    ContactsCreate "contacts.create" "Create contacts" Some(Section::Contacts);
    ContactsEdit "contacts.edit" "Edit contacts" Some(Section::Contacts);
    ContactsDelete "contacts.delete" "Delete contacts" Some(Section::Contacts);
    ContactsMerge "contacts.merge" "Merge contacts" Some(Section::Contacts);
    ContactsImport "contacts.import" "Import contacts" Some(Section::Contacts);
    ContactsExport "contacts.export" "Export contacts" Some(Section::Contacts);
    ContactsBulkEdit "contacts.bulk_edit" "Edit many contacts at once" Some(Section::Contacts);
    ContactsAssignOwner "contacts.assign_owner" "Assign a contact's owner" Some(Section::Contacts);
    ContactsManageTags "contacts.manage_tags" "Manage tags" Some(Section::Contacts);
    ContactsUnmasked "contacts.unmasked" "See phone and e-mail unmasked" Some(Section::Contacts);
    ContactsAllRecords "contacts.all_records" "See everybody’s contacts" Some(Section::Contacts);
    ConversationsView "conversations.view" "View Conversations" Some(Section::Conversations);
    ConversationsReply "conversations.reply" "Reply" Some(Section::Conversations);
    ConversationsStart "conversations.start" "Start conversations" Some(Section::Conversations);
    ConversationsAssign "conversations.assign" "Assign conversations" Some(Section::Conversations);
    ConversationsClose "conversations.close" "Close conversations" Some(Section::Conversations);
    ConversationsDeleteMessage "conversations.delete_message" "Delete messages" Some(Section::Conversations);
    ConversationsInternalNotes "conversations.internal_notes" "Write internal notes" Some(Section::Conversations);
    ConversationsRecordings "conversations.recordings" "Listen to recordings" Some(Section::Conversations);
    ConversationsAllRecords "conversations.all_records" "See everybody’s conversations" Some(Section::Conversations);
    OpportunitiesView "opportunities.view" "View Opportunities" Some(Section::Opportunities);
    OpportunitiesCreate "opportunities.create" "Create opportunities" Some(Section::Opportunities);
    OpportunitiesEdit "opportunities.edit" "Edit opportunities" Some(Section::Opportunities);
    OpportunitiesMoveStage "opportunities.move_stage" "Move between stages" Some(Section::Opportunities);
    OpportunitiesSeeValue "opportunities.see_value" "See values" Some(Section::Opportunities);
    OpportunitiesChangeValue "opportunities.change_value" "Change values" Some(Section::Opportunities);
    OpportunitiesAssign "opportunities.assign" "Assign opportunities" Some(Section::Opportunities);
    OpportunitiesDelete "opportunities.delete" "Delete opportunities" Some(Section::Opportunities);
    OpportunitiesExport "opportunities.export" "Export opportunities" Some(Section::Opportunities);
    OpportunitiesManagePipelines "opportunities.manage_pipelines" "Manage pipelines" Some(Section::Opportunities);
    OpportunitiesAllRecords "opportunities.all_records" "See everybody’s opportunities" Some(Section::Opportunities);
    CalendarsView "calendars.view" "View Calendars" Some(Section::Calendars);
    CalendarsBook "calendars.book" "Book appointments" Some(Section::Calendars);
    CalendarsEditAny "calendars.edit_any" "Edit any appointment" Some(Section::Calendars);
    CalendarsBlockTime "calendars.block_time" "Block time" Some(Section::Calendars);
    CalendarsManage "calendars.manage" "Manage calendars" Some(Section::Calendars);
    CalendarsManageRoundRobin "calendars.manage_round_robin" "Manage round-robin members" Some(Section::Calendars);
    CalendarsAllRecords "calendars.all_records" "See everybody’s appointments" Some(Section::Calendars);
    SitesView "sites.view" "View Sites" Some(Section::Sites);
    SitesEdit "sites.edit" "Edit sites" Some(Section::Sites);
    SitesPublish "sites.publish" "Publish sites" Some(Section::Sites);
    SitesDelete "sites.delete" "Delete sites" Some(Section::Sites);
    SitesManageForms "sites.manage_forms" "Manage forms" Some(Section::Sites);
    SitesManageDomains "sites.manage_domains" "Manage domains" Some(Section::Sites);
    SitesMediaLibrary "sites.media_library" "Use the media library" Some(Section::Sites);
    MarketingView "marketing.view" "View Marketing" Some(Section::Marketing);
    MarketingDraftCampaigns "marketing.draft_campaigns" "Draft campaigns" Some(Section::Marketing);
    MarketingSendCampaigns "marketing.send_campaigns" "Send campaigns" Some(Section::Marketing);
    MarketingPublishSocial "marketing.publish_social" "Publish social posts" Some(Section::Marketing);
    MarketingManageAds "marketing.manage_ads" "Manage ads" Some(Section::Marketing);
    MarketingReplyToReviews "marketing.reply_to_reviews" "Reply to reviews" Some(Section::Marketing);
    AutomationsView "automations.view" "View Automations" Some(Section::Automations);
    AutomationsEdit "automations.edit" "Edit automations" Some(Section::Automations);
    AutomationsPublish "automations.publish" "Publish automations" Some(Section::Automations);
    AutomationsPause "automations.pause" "Pause automations" Some(Section::Automations);
    AutomationsDelete "automations.delete" "Delete automations" Some(Section::Automations);
    AutomationsEnrolContacts "automations.enrol_contacts" "Enrol contacts" Some(Section::Automations);
    ReportingView "reporting.view" "View Reporting" Some(Section::Reporting);
    ReportingOwnFigures "reporting.own_figures" "See own figures" Some(Section::Reporting);
    ReportingTeamFigures "reporting.team_figures" "See the team's figures" Some(Section::Reporting);
    ReportingAllFigures "reporting.all_figures" "See all figures" Some(Section::Reporting);
    ReportingBuildReports "reporting.build_reports" "Build reports" Some(Section::Reporting);
    ReportingExport "reporting.export" "Export reports" Some(Section::Reporting);
    ReportingAttribution "reporting.attribution" "See attribution" Some(Section::Reporting);
    PaymentsView "payments.view" "View Payments" Some(Section::Payments);
    PaymentsCreateInvoices "payments.create_invoices" "Create invoices" Some(Section::Payments);
    PaymentsSend "payments.send" "Send invoices" Some(Section::Payments);
    PaymentsRecordPayment "payments.record_payment" "Record payments" Some(Section::Payments);
    PaymentsCollect "payments.collect" "Collect payments" Some(Section::Payments);
    PaymentsRefund "payments.refund" "Refund payments" Some(Section::Payments);
    PaymentsManageProducts "payments.manage_products" "Manage products" Some(Section::Payments);
    PaymentsManageTaxes "payments.manage_taxes" "Manage taxes" Some(Section::Payments);
    PaymentsExport "payments.export" "Export payments" Some(Section::Payments);
    SettingsView "settings.view" "View Settings" Some(Section::Settings);
    SettingsViewStaff "settings.view_staff" "View staff" Some(Section::Settings);
    SettingsInviteStaff "settings.invite_staff" "Invite staff" Some(Section::Settings);
    SettingsEditStaff "settings.edit_staff" "Edit staff" Some(Section::Settings);
    SettingsManageProfiles "settings.manage_profiles" "Manage permission profiles" Some(Section::Settings);
    SettingsViewActivity "settings.view_activity" "View activity" Some(Section::Settings);
    SettingsExportActivity "settings.export_activity" "Export activity" Some(Section::Settings);
    SettingsViewBilling "settings.view_billing" "View billing" Some(Section::Settings);
    SettingsViewApiKeys "settings.view_api_keys" "View API keys" Some(Section::Settings);
    SettingsManageApiKeys "settings.manage_api_keys" "Manage API keys" Some(Section::Settings);
    SettingsManageWebhooks "settings.manage_webhooks" "Manage webhooks" Some(Section::Settings);
    SettingsManageIntegrations "settings.manage_integrations" "Manage integrations" Some(Section::Settings);
    ChangeBilling "admin.change_billing" "Change billing" None;
    AccountSettings "admin.account_settings" "Change account settings" None;
    RemovePeople "admin.remove_people" "Remove people" None;
    GrantAdmin "admin.grant_admin" "Grant Admin" None;
    CloseAccount "admin.close_account" "Close the account" None;
    ReviewAccess "admin.review_access" "Review everybody’s access" None;
}

impl Permission {
    /// The master switch of `section`, needed by all its other permissions.
    #[must_use]
    pub const fn view(section: Section) -> Self {
        match section {
            Section::Dashboard => Self::DashboardView,
            Section::Contacts => Self::ContactsView,
            Section::Conversations => Self::ConversationsView,
            Section::Opportunities => Self::OpportunitiesView,
            Section::Calendars => Self::CalendarsView,
            Section::Sites => Self::SitesView,
            Section::Marketing => Self::MarketingView,
            Section::Automations => Self::AutomationsView,
            Section::Reporting => Self::ReportingView,
            Section::Payments => Self::PaymentsView,
            Section::Settings => Self::SettingsView,
        }
    }

    /// Whether it is the data scope of a section whose records have an owner: with it all of them, without it only those assigned to
    /// the person.
    #[must_use]
    pub const fn is_scope(self) -> bool {
        PermissionSet::ALL_RECORDS.contains(self)
    }

    /// Whether it is the master switch of its section.
    #[must_use]
    pub fn is_view(self) -> bool {
        self.section().is_some_and(|section| Self::view(section) == self)
    }

    /// Billing, account settings, removing people, granting Admin, closing, reviewing access: a floor that no profile lifts.
    #[must_use]
    pub const fn admin_only(self) -> bool {
        self.section().is_none()
    }
}

impl fmt::Display for Permission {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.key())
    }
}
impl fmt::Debug for Permission {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.key())
    }
}

/// The text is no permission of this version.
#[derive(Debug, thiserror::Error)]
#[error("unknown permission {0:?}")]
pub struct UnknownPermission(String);

impl FromStr for Permission {
    type Err = UnknownPermission;
    fn from_str(key: &str) -> Result<Self, Self::Err> {
        Self::ALL.iter().copied().find(|p| p.key() == key).ok_or_else(|| UnknownPermission(key.to_owned()))
    }
}
impl TryFrom<String> for Permission {
    type Error = UnknownPermission;
    fn try_from(key: String) -> Result<Self, Self::Error> {
        key.parse()
    }
}
impl From<Permission> for String {
    fn from(value: Permission) -> Self {
        value.key().to_owned()
    }
}
