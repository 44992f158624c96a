# shellcheck shell=bash
#
# What the scenarios share. A scenario sources this, which gives it
#
#   a control plane      KUBECONFIG, with the scenario's own namespace as the default one; labsync makes the namespace
#   a remote             $REMOTE, a bare repository
#   a clone of it        the current directory, with the defaults for all labs in knlcfg.yaml
#   a configuration      $CONFIGURATION, of the cluster $CLUSTER_NAME and the source $SOURCE
#
# It prints `ok SCENARIO: what` or `not ok SCENARIO: what (...)` per assertion, goes on after one that failed, and
# shows the note and labsync's log at the end when there was one.
#
# With $LABSYNC_CLUSTER set (`. DIR/env` of tests/cluster/up --dir DIR --audit --simulate), a scenario can also be
# started by hand.

set -eEuo pipefail

# What the assertions say goes to descriptor 3; what the commands in between print is shown when something failed.
exec 3>&1

ROOT=$(readlink -f "$(dirname "${BASH_SOURCE[0]}")/../..")
SCENARIO=$(basename "$0")
: "${LABSYNC_CLUSTER:?is not set; start the scenario with tests/e2e/run, or source DIR/env of a cluster}"
LABSYNC=$(readlink -f "${LABSYNC:-$ROOT/build/daemon/labsync}")
WORK=$(mktemp -d "${E2E_WORK:-${TMPDIR:-/tmp}}/$SCENARIO.XXXXXX")

exec >"$WORK/commands" 2>&1

NAMESPACE=e2e-$SCENARIO
# Names of their own for all three, so that one taken for another is found out.
CLUSTER_NAME=cluster-${SCENARIO%%-*}
SOURCE=labs-${SCENARIO%%-*}
REMOTE=$WORK/remote.git
CONFIGURATION=$WORK/labsync.yaml
LOG=$WORK/labsync.log
DEADLINE=120 # seconds that anything waited for may take

STATUS= # the last labsync_sync's exit code,
OUTPUT= # what it printed,
ERRORS= # and what it complained about
DAEMON= # the process id of a running `labsync run`
MARK=0  # lines of the audit log that mark_writes has seen
FAILURES=0
ENDED=no

# shellcheck source-path=SCRIPTDIR source=library/assert.bash
. "$ROOT/tests/e2e/library/assert.bash"
# shellcheck source-path=SCRIPTDIR source=library/cluster.bash
. "$ROOT/tests/e2e/library/cluster.bash"
# shellcheck source-path=SCRIPTDIR source=library/labs.bash
. "$ROOT/tests/e2e/library/labs.bash"
# shellcheck source-path=SCRIPTDIR source=library/labsync.bash
. "$ROOT/tests/e2e/library/labsync.bash"

# The last line of each scenario: one that ends before it has failed.
end() {
	ENDED=yes
}

show() {
	say "--- $1"
	sed 's/^/# /' >&3
}

dump() {
	local head
	head=$(git -C "$REMOTE" rev-parse --quiet --verify main 2>/dev/null || true)
	[ -z "$head" ] || note_of "$head" | show "the note of main ($head)"
	tail -n 20 "$WORK/commands" | show "what the last commands said"
	[ -z "$OUTPUT" ] || show "the last output of labsync sync" <<<"$OUTPUT"
	[ ! -s "$LOG" ] || tail -n 40 "$LOG" | show "the end of labsync's log"
}

clean_up() {
	local status=$?
	trap - EXIT
	set +e
	if [ "$ENDED" = no ]; then
		not_ok "runs to its end" "it ended in line $LINE with exit code $status"
	fi
	[ "$FAILURES" -eq 0 ] || dump
	[ -z "$DAEMON" ] || kill -KILL "$DAEMON" 2>/dev/null
	[ -z "${KEEP:-}" ] || say "kept $WORK"
	[ -n "${KEEP:-}" ] || rm -rf "$WORK"
	[ "$FAILURES" -eq 0 ]
	exit
}

LINE=unknown
# The scenario's own line, whichever function failed in it.
remember_line() {
	LINE=$1
	[ "${#BASH_LINENO[@]}" -le 2 ] || LINE=${BASH_LINENO[-2]}
}

trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
trap 'remember_line "$LINENO"' ERR

export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1
export GIT_AUTHOR_NAME=Ada GIT_AUTHOR_EMAIL=ada@example.com
export GIT_COMMITTER_NAME=Ada GIT_COMMITTER_EMAIL=ada@example.com
export XDG_CACHE_HOME=$WORK/cache

[ -x "$LABSYNC" ] || {
	say "no labsync at $LABSYNC; build it, or set LABSYNC"
	exit 1
}
use_namespace
repository_new
configure
simulate
