//! Who may do what: the whole vocabulary, sets of it, roles and the one decision about granting.

mod assignment;
mod decision;
mod draft;
mod elevation;
mod explanation;
mod grant;
mod permission;
mod permission_set;
mod preset;
mod profile;
mod profile_view;
mod role;
mod section;
mod source;
mod unused;

pub use assignment::{Assignment, AssignmentChoice, ProfileName, STANDARD_USER_LABEL};
pub use decision::{Reason, decide};
pub use draft::{DraftReview, ProfileDraft, Rebased, Touched, rebased};
pub use elevation::{
    ELEVATION_NOTE_MAX_CHARS, ELEVATIONS_OPEN_MAX, Elevation, ElevationTime, Elevations, GivenElevation,
    MemberElevation, check_elevation_note, may_be_elevated, may_elevate,
};
pub use explanation::{Changer, Explanation, ExplanationId, MemberAccess, Switched};
pub use grant::{may_give, may_grant};
pub use permission::{Permission, UnknownPermission};
pub use permission_set::PermissionSet;
pub use preset::Preset;
pub use profile::{
    PROFILE_DESCRIPTION_MAX_CHARS, PROFILE_NAME_MAX_CHARS, PROFILES_MAX, Profile, VERSIONS_PER_PAGE,
    check_profile_words, replaced, section_switched, summary, switched,
};
pub use profile_view::{
    Changed, Compared, Kept, ProfileChoice, ProfileDetails, ProfileHolder, ProfileRow, ProfileUse,
    ProfileVersion,
};
pub use role::Role;
pub use section::Section;
pub use source::PermissionSource;
pub use unused::{
    Given, Held, KEPT_NOTE_MAX_CHARS, KeptBy, Known, ProfileState, UNUSED_DAYS, Unused, check_kept_note,
    unused,
};
