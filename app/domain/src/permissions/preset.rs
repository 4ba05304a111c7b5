use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::{Permission as P, PermissionSet};
use crate::Problem;

/// A set to start a new profile from. A profile does not stay tied to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Preset {
    VirtualAssistant,
    SalesRep,
    Closer,
    Bookkeeper,
    Marketer,
    SupportAgent,
    ReadOnly,
}

impl Preset {
    pub const ALL: [Self; 7] = [
        Self::VirtualAssistant,
        Self::SalesRep,
        Self::Closer,
        Self::Bookkeeper,
        Self::Marketer,
        Self::SupportAgent,
        Self::ReadOnly,
    ];

    /// As it stands in addresses and forms.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::VirtualAssistant => "virtual_assistant",
            Self::SalesRep => "sales_rep",
            Self::Closer => "closer",
            Self::Bookkeeper => "bookkeeper",
            Self::Marketer => "marketer",
            Self::SupportAgent => "support_agent",
            Self::ReadOnly => "read_only",
        }
    }

    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::VirtualAssistant => "Virtual assistant",
            Self::SalesRep => "Sales rep",
            Self::Closer => "Closer",
            Self::Bookkeeper => "Bookkeeper",
            Self::Marketer => "Marketer",
            Self::SupportAgent => "Support agent",
            Self::ReadOnly => "Read-only",
        }
    }

    /// One sentence for the person who chooses.
    #[must_use]
    pub const fn description(self) -> &'static str {
        match self {
            Self::VirtualAssistant => {
                "Contacts, conversations and calendars; drafts campaigns but never sends them."
            }
            Self::SalesRep => {
                "Works the contacts and opportunities assigned to them, books appointments, sees their own figures."
            }
            Self::Closer => "As a sales rep, and changes values, sends invoices and collects payments.",
            Self::Bookkeeper => {
                "Invoices, payments, refunds, taxes and their exports; nothing of sales or marketing."
            }
            Self::Marketer => "Sites, campaigns, social posts, ads and automations, with their reports.",
            Self::SupportAgent => "Answers conversations and keeps contacts up to date.",
            Self::ReadOnly => "Sees every section, changes nothing.",
        }
    }

    /// What a profile that starts from it may do.
    #[must_use]
    pub fn permissions(self) -> PermissionSet {
        match self {
            Self::VirtualAssistant => VIRTUAL_ASSISTANT,
            Self::SalesRep => SALES_REP,
            Self::Closer => SALES_REP.union(CLOSING),
            Self::Bookkeeper => BOOKKEEPER,
            Self::Marketer => MARKETER,
            Self::SupportAgent => SUPPORT_AGENT,
            Self::ReadOnly => super::Section::ALL
                .into_iter()
                .map(P::view)
                .collect::<PermissionSet>()
                .union(PermissionSet::ALL_RECORDS),
        }
    }
}

impl FromStr for Preset {
    type Err = Problem;
    fn from_str(key: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|preset| preset.key() == key).ok_or(Problem::InvalidChoice)
    }
}

const VIRTUAL_ASSISTANT: PermissionSet = PermissionSet::of(&[
    P::DashboardView,
    P::ContactsView,
    P::ContactsCreate,
    P::ContactsEdit,
    P::ContactsImport,
    P::ContactsBulkEdit,
    P::ContactsAssignOwner,
    P::ContactsManageTags,
    P::ContactsUnmasked,
    P::ContactsAllRecords,
    P::ConversationsView,
    P::ConversationsReply,
    P::ConversationsStart,
    P::ConversationsAssign,
    P::ConversationsClose,
    P::ConversationsInternalNotes,
    P::ConversationsAllRecords,
    P::OpportunitiesView,
    P::OpportunitiesCreate,
    P::OpportunitiesEdit,
    P::OpportunitiesMoveStage,
    P::OpportunitiesAllRecords,
    P::CalendarsView,
    P::CalendarsBook,
    P::CalendarsEditAny,
    P::CalendarsBlockTime,
    P::CalendarsAllRecords,
    P::MarketingView,
    P::MarketingDraftCampaigns,
    P::MarketingReplyToReviews,
    P::SettingsView,
    P::SettingsViewStaff,
]);

const SALES_REP: PermissionSet = PermissionSet::of(&[
    P::DashboardView,
    P::ContactsView,
    P::ContactsCreate,
    P::ContactsEdit,
    P::ContactsManageTags,
    P::ContactsUnmasked,
    P::ConversationsView,
    P::ConversationsReply,
    P::ConversationsStart,
    P::ConversationsClose,
    P::ConversationsInternalNotes,
    P::OpportunitiesView,
    P::OpportunitiesCreate,
    P::OpportunitiesEdit,
    P::OpportunitiesMoveStage,
    P::OpportunitiesSeeValue,
    P::CalendarsView,
    P::CalendarsBook,
    P::CalendarsBlockTime,
    P::ReportingView,
    P::ReportingOwnFigures,
    P::SettingsView,
    P::SettingsViewStaff,
]);

const CLOSING: PermissionSet = PermissionSet::of(&[
    P::DashboardMoney,
    P::ConversationsRecordings,
    P::OpportunitiesChangeValue,
    P::PaymentsView,
    P::PaymentsCreateInvoices,
    P::PaymentsSend,
    P::PaymentsRecordPayment,
    P::PaymentsCollect,
]);

const BOOKKEEPER: PermissionSet = PermissionSet::of(&[
    P::DashboardView,
    P::DashboardMoney,
    P::ContactsView,
    P::ContactsAllRecords,
    P::ReportingView,
    P::ReportingAllFigures,
    P::ReportingExport,
    P::PaymentsView,
    P::PaymentsCreateInvoices,
    P::PaymentsSend,
    P::PaymentsRecordPayment,
    P::PaymentsCollect,
    P::PaymentsRefund,
    P::PaymentsManageProducts,
    P::PaymentsManageTaxes,
    P::PaymentsExport,
    P::SettingsView,
    P::SettingsViewBilling,
]);

const MARKETER: PermissionSet = PermissionSet::of(&[
    P::DashboardView,
    P::ContactsView,
    P::ContactsManageTags,
    P::ContactsAllRecords,
    P::SitesView,
    P::SitesEdit,
    P::SitesPublish,
    P::SitesManageForms,
    P::SitesMediaLibrary,
    P::MarketingView,
    P::MarketingDraftCampaigns,
    P::MarketingSendCampaigns,
    P::MarketingPublishSocial,
    P::MarketingManageAds,
    P::MarketingReplyToReviews,
    P::AutomationsView,
    P::AutomationsEdit,
    P::AutomationsPublish,
    P::AutomationsPause,
    P::AutomationsEnrolContacts,
    P::ReportingView,
    P::ReportingTeamFigures,
    P::ReportingAttribution,
    P::SettingsView,
]);

const SUPPORT_AGENT: PermissionSet = PermissionSet::of(&[
    P::DashboardView,
    P::ContactsView,
    P::ContactsEdit,
    P::ContactsManageTags,
    P::ContactsUnmasked,
    P::ContactsAllRecords,
    P::ConversationsView,
    P::ConversationsReply,
    P::ConversationsStart,
    P::ConversationsAssign,
    P::ConversationsClose,
    P::ConversationsInternalNotes,
    P::ConversationsAllRecords,
    P::CalendarsView,
    P::CalendarsBook,
    P::CalendarsAllRecords,
    P::SettingsView,
    P::SettingsViewStaff,
]);
