#!/usr/bin/env bash
# Builds the wasm32 standard library from Debian's `rust-src` package of exactly our compiler's version and puts it into
# rustup's sysroot, where plain cargo and cargo-leptos find it. For machines on which `rustup target add` cannot download.
source "$(dirname "$0")/env.sh"

version="$(rustc --version | cut -d' ' -f2)"
sysroot="$(rustc --print sysroot)"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT

# The matching source may be in a newer suite than the machine's own. Ask the machine's own mirror for that suite through
# a private apt configuration: no file of the system is changed, no address is written down here.
mirror="$( (grep -rhoE '^deb [^#]*' /etc/apt/sources.list /etc/apt/sources.list.d/*.list 2>/dev/null | grep -oE 'https?://[^ ]+';
            grep -rhE '^URIs:' /etc/apt/sources.list.d/*.sources 2>/dev/null | cut -d' ' -f2) | grep -v security | head -n 1)"
[ -n "$mirror" ] || die "no Debian mirror is configured on this machine"
mkdir -p "$work/lists/partial" "$work/cache/archives/partial" "$work/parts"
: > "$work/sources.list"
for suite in bookworm trixie trixie-backports forky sid; do
  echo "deb [trusted=yes] $mirror $suite main" >> "$work/sources.list"
done
apt=(apt-get -qq -o "Dir::Etc::SourceList=$work/sources.list" -o "Dir::Etc::SourceParts=$work/parts"
     -o "Dir::State::Lists=$work/lists" -o "Dir::Cache=$work/cache" -o APT::Sandbox::User=root)
"${apt[@]}" update >/dev/null 2>&1 || true
cd "$work" || exit
exact="$(apt-cache -o "Dir::Etc::SourceList=$work/sources.list" -o "Dir::Etc::SourceParts=$work/parts" \
  -o "Dir::State::Lists=$work/lists" -o "Dir::Cache=$work/cache" madison rust-src | awk -v v="$version" -F'|' '{gsub(/ /,"",$2)} index($2, v)==1 {print $2; exit}')"
[ -n "$exact" ] || die "Debian offers no rust-src of version $version"
"${apt[@]}" download "rust-src=$exact"
dpkg-deb -x rust-src_*.deb tree
source_dir="$(echo tree/usr/src/rustc-*)"

mkdir -p "$sysroot/lib/rustlib/src/rust"
cp -r "$source_dir"/. "$sysroot/lib/rustlib/src/rust/"
mkdir -p empty/src && : > empty/src/lib.rs
printf '[package]\nname = "empty"\nversion = "0.0.0"\nedition = "2024"\n[workspace]\n' > empty/Cargo.toml
(cd empty && RUSTC_BOOTSTRAP=1 CARGO_TARGET_DIR="$work/target" \
  cargo build --quiet -Zbuild-std=std,panic_abort --target wasm32-unknown-unknown --release)
destination="$sysroot/lib/rustlib/wasm32-unknown-unknown/lib"
mkdir -p "$destination"
find "$work/target/wasm32-unknown-unknown/release/deps" -name '*.rlib' ! -name 'libempty-*' -exec cp {} "$destination/" \;
rm -rf "$sysroot/lib/rustlib/src"
