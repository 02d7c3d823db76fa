#!/bin/sh
# What the tests need of a Debian system, asked of apt-get only where it is missing:
#   chromium    the browser of the journeys         fonts       without any, Chromium draws empty boxes
#   postgresql  its server programs (initdb, postgres); the tests start their own, on a socket of their own
# Wanted but never required: firefox-esr and iproute2 (the journey with a Firefox juror on an address of its own), and
# chromium-headless-shell (Chromium's engine without its windows: those that run side by side take a third less with it).
# `install.sh janus fonts-ocr-b` adds what the benchmarks compare with, and a free font of machine-readable lines.
set -eu

have() { command -v "$1" >/dev/null 2>&1; }
have_postgresql() { have initdb || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1; }
have_fonts() { find /usr/share/fonts -name '*.[ot]tf' 2>/dev/null | grep -q .; }

needed=""
wanted=""
have chromium || have chromium-browser || have google-chrome || needed="$needed chromium"
have_postgresql || needed="$needed postgresql"
have_fonts || needed="$needed fonts-dejavu-core"
have firefox-esr || have firefox || wanted="$wanted firefox-esr"
have chromium-headless-shell || wanted="$wanted chromium-headless-shell"
have ip || wanted="$wanted iproute2"
for extra in "$@"; do
    have "$extra" || wanted="$wanted $extra"
done
[ -n "$needed$wanted" ] || exit 0

if [ "$(id -u)" = 0 ]; then
    as_root=""
elif have sudo && { [ -t 0 ] || sudo -n true 2>/dev/null; }; then
    as_root="sudo"
else
    as_root="none"
fi

if [ "$as_root" = none ] || ! have apt-get; then
    [ -z "$wanted" ] || echo "Left out, as it may be:$wanted." >&2
    [ -n "$needed" ] || exit 0
    echo "The tests need:$needed. Install them, or run this as root or with sudo on a Debian system." >&2
    exit 1
fi

install() { $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -qq -y -o DPkg::Lock::Timeout=300 --no-install-recommends "$@" >/dev/null; }

$as_root apt-get update -qq || echo "The list of Debian's packages could not be brought up to date." >&2
if [ -n "$needed" ]; then
    echo "Installing:$needed" >&2
    # shellcheck disable=SC2086 (a list of package names)
    install $needed
fi
for package in $wanted; do
    echo "Installing, if it can be had: $package" >&2
    install "$package" || echo "Left out: $package." >&2
done
