# shellcheck shell=bash
#
# labsync itself.

# Writes the configuration; a scenario adds to its end what it wants otherwise.
configure() {
	cat >"$CONFIGURATION" <<-END
		cluster:
		  name: $CLUSTER_NAME
		sources:
		- name: $SOURCE
		  url: $REMOTE
		  branch: main
		  namespace: $NAMESPACE
		  interval: 1h
		cache: $WORK/cache
	END
}

# labsync_sync [OPTION...]: its exit code is then in STATUS, and what it printed in OUTPUT and ERRORS.
labsync_sync() {
	STATUS=0
	timeout --foreground --kill-after 5 "$DEADLINE" "$LABSYNC" sync --config "$CONFIGURATION" "$@" \
		</dev/null >"$WORK/output" 2>"$WORK/errors" || STATUS=$?
	# shellcheck disable=SC2034 # read by the scenarios
	OUTPUT=$(cat "$WORK/output")
	# shellcheck disable=SC2034 # read by the scenarios
	ERRORS=$(cat "$WORK/errors")
	{
		echo "--- labsync sync $*"
		cat "$WORK/errors"
	} >>"$LOG"
}

# sync_and_expect EXIT-CODE [OPTION...]
sync_and_expect() {
	local expected=$1
	shift
	labsync_sync "$@"
	assert_equal "labsync sync${*:+ $*} exits $expected" "$expected" "$STATUS"
}

# labsync_start [OPTION...]: `labsync run` in the background.
labsync_start() {
	echo "--- labsync run $*" >>"$LOG"
	"$LABSYNC" run --config "$CONFIGURATION" "$@" </dev/null >>"$LOG" 2>&1 3>&- &
	DAEMON=$!
}

daemon_has_ended() {
	! kill -0 "$DAEMON" 2>/dev/null
}

# labsync_stop: ends it with SIGTERM, as systemd does, and checks that it goes in peace.
labsync_stop() {
	local status=0
	kill -TERM "$DAEMON" 2>/dev/null || true # gone already: its exit code tells whether in peace
	DEADLINE=10 assert_soon "labsync run ends within 10 s of SIGTERM" daemon_has_ended
	daemon_has_ended || kill -KILL "$DAEMON"
	wait "$DAEMON" || status=$?
	DAEMON=
	assert_equal "labsync run exits 0 after SIGTERM" 0 "$status"
}

log_says() {
	grep -qF -- "$1" "$LOG"
}
