//! What the checks cost that every request and every control of a page makes.

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use domain::{
    Permission, PermissionSet,
    permissions::{Assignment, Preset, ProfileName, may_grant},
};

fn checks(criterion: &mut Criterion) {
    let own = Preset::SalesRep.permissions();
    criterion.bench_function("check one permission", |bencher| {
        bencher.iter(|| black_box(own).contains(black_box(Permission::ContactsEdit)));
    });
    let wanted = Preset::ReadOnly.permissions();
    criterion.bench_function("check that somebody may give a whole profile", |bencher| {
        bencher.iter(|| may_grant(black_box(PermissionSet::everything()), black_box(wanted)).is_ok());
    });
    let name = ProfileName { id: Default::default(), name: "Team".into() };
    criterion.bench_function("work out what somebody with a profile may do", |bencher| {
        bencher.iter(|| {
            Assignment::new(domain::Role::User, Some((name.clone(), black_box(own))), true).permissions
        });
    });
}

criterion_group!(benches, checks);
criterion_main!(benches);
