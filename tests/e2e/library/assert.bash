# shellcheck shell=bash
#
# Assertions, and waiting for what is to come.

say() {
	echo "# $SCENARIO: $*" >&3
}

ok() {
	echo "ok $SCENARIO: $1" >&3
}

not_ok() {
	echo "not ok $SCENARIO: $1 ($2)" >&3
	FAILURES=$((FAILURES + 1))
}

# assert_equal WHAT EXPECTED GOT
assert_equal() {
	if [ "$2" = "$3" ]; then
		ok "$1"
	else
		not_ok "$1" "expected '$2', got '$3'"
	fi
}

# assert_different WHAT UNEXPECTED GOT
assert_different() {
	if [ "$2" != "$3" ]; then
		ok "$1"
	else
		not_ok "$1" "expected something else than '$2'"
	fi
}

# assert_contains WHAT PART TEXT
assert_contains() {
	if [[ $3 == *"$2"* ]]; then
		ok "$1"
	else
		not_ok "$1" "expected to find '$2' in '$3'"
	fi
}

# assert_lacks WHAT PART TEXT
assert_lacks() {
	if [[ $3 != *"$2"* ]]; then
		ok "$1"
	else
		not_ok "$1" "expected not to find '$2' in '$3'"
	fi
}

# assert_matches WHAT EXTENDED-REGULAR-EXPRESSION TEXT: on any of its lines.
assert_matches() {
	if grep -qE -- "$2" <<<"$3"; then
		ok "$1"
	else
		not_ok "$1" "expected a line like '$2', got '$3'"
	fi
}

# assert_below WHAT LIMIT NUMBER
assert_below() {
	if [ "$(jq --null-input "$3 < $2")" = true ]; then
		ok "$1"
	else
		not_ok "$1" "expected less than $2, got $3"
	fi
}

# assert WHAT COMMAND...
assert() {
	local what=$1
	shift
	if "$@" >"$WORK/assert.out" 2>&1; then
		ok "$what"
	else
		not_ok "$what" "'$*' failed: $(tail -n 5 "$WORK/assert.out")"
	fi
}

# wait_until COMMAND...: false when it is not true by the deadline.
wait_until() {
	local limit=$((SECONDS + DEADLINE))
	until "$@" >/dev/null 2>&1; do
		[ "$SECONDS" -lt "$limit" ] || return 1
		sleep 0.1
	done
}

# assert_soon WHAT COMMAND...
assert_soon() {
	local what=$1
	shift
	if wait_until "$@"; then
		ok "$what"
	else
		not_ok "$what" "'$*' was not true in $DEADLINE seconds"
	fi
}

# assert_object KIND NAME
assert_object() {
	assert "$1 $2 is there" kubectl get "$1" "$2"
}

is_gone() {
	[ -z "$(kubectl get "$1" "$2" --ignore-not-found --output name)" ]
}

# assert_no_object KIND NAME: what is being deleted has some time for that.
assert_no_object() {
	DEADLINE=30 assert_soon "$1 $2 is gone" is_gone "$1" "$2"
}
