use domain::{
    PermissionSet,
    calendars::{Places, ReadinessFacts},
    staff::Answered,
};

/// What the database knows of a member: a row of `member_place`.
#[derive(Clone, Copy, Debug)]
pub(in crate::staff) struct PlaceFacts {
    pub has_calendars: bool,
    pub has_pipelines: bool,
    pub calendars: i64,
    pub pipelines: i64,
    pub needs_no_calendar: bool,
    pub needs_no_pipeline: bool,
    pub has_hours: bool,
}

impl PlaceFacts {
    /// An account cannot ask for a second factor yet.
    pub fn of_member(self, permissions: PermissionSet) -> ReadinessFacts {
        ReadinessFacts {
            has_joined: true,
            second_factor: None,
            has_working_hours: self.has_hours,
            calendars: places(self.has_calendars, self.calendars, self.needs_no_calendar),
            pipelines: places(self.has_pipelines, self.pipelines, self.needs_no_pipeline),
            permissions,
        }
    }
}

/// What is known of somebody invited.
#[derive(Clone, Copy, Debug)]
pub(in crate::staff) struct InvitedFacts {
    pub has_calendars: bool,
    /// That joining will put them into.
    pub calendars: i64,
    pub has_pipelines: bool,
    pub pipelines: i64,
    pub answered: Answered,
}

impl InvitedFacts {
    pub fn of_invited(self, permissions: PermissionSet) -> ReadinessFacts {
        ReadinessFacts {
            has_joined: false,
            second_factor: None,
            has_working_hours: false,
            calendars: places(self.has_calendars, self.calendars, self.answered.calendars),
            pipelines: places(self.has_pipelines, self.pipelines, self.answered.pipelines),
            permissions,
        }
    }
}

fn places(are_there: bool, joined: i64, none_needed: bool) -> Places {
    match joined {
        1.. => Places::Joined(u32::try_from(joined).unwrap_or(u32::MAX)),
        _ if none_needed => Places::NoneNeeded,
        _ if are_there => Places::Unanswered,
        _ => Places::NoneThere,
    }
}
