# shellcheck shell=bash
#
# The control plane, and what is seen of it.

# The user's kubeconfig with the scenario's namespace in it. What an earlier run by hand has left there goes.
use_namespace() {
	cp "$LABSYNC_CLUSTER/kubeconfig" "$WORK/kubeconfig"
	export KUBECONFIG=$WORK/kubeconfig
	kubectl config set-context --current --namespace "$NAMESPACE" >/dev/null
	kubectl delete namespace "$NAMESPACE" --ignore-not-found >/dev/null
}

# simulate [OPTIONS...]: restarts the simulation of KubeVirt when it runs with other options.
simulate() {
	local options=(--import-seconds 0.3 --boot-seconds 0.2)
	[ $# -eq 0 ] || options=("$@")
	(
		# Its names are also ours.
		# shellcheck source-path=SCRIPTDIR source=../../cluster/common.bash disable=SC1091
		. "$ROOT/tests/cluster/common.bash"
		set -- "$ROOT/tests/cluster/simulate-kubevirt" --kubeconfig "$LABSYNC_CLUSTER/kubeconfig-simulation" \
			--once-ready-file "$LABSYNC_CLUSTER/simulation-ready" "${options[@]}"
		if process_is_running "$LABSYNC_CLUSTER" simulate-kubevirt &&
			[ "$(printf '%s\n' "$@")" = "$(cat "$LABSYNC_CLUSTER/simulate-kubevirt.arguments")" ]; then
			exit
		fi
		process_signal "$LABSYNC_CLUSTER" simulate-kubevirt KILL 100
		rm -f "$LABSYNC_CLUSTER/simulation-ready"
		process_start "$LABSYNC_CLUSTER" simulate-kubevirt "$@"
	)
	wait_until test -e "$LABSYNC_CLUSTER/simulation-ready"
}

# field KIND NAME JQ-PATH: a field of a live object; empty when there is none.
field() {
	kubectl get "$1" "$2" --output json | jq --raw-output "$3 // empty"
}

has_field() {
	[ "$(field "$1" "$2" "$3")" = "$4" ]
}

uid_of() {
	field "$1" "$2" .metadata.uid
}

cores_of() {
	field virtualmachine "$1" .spec.template.spec.domain.cpu.cores
}

# parent LAB KEY: what the lab's parent says to anyone with kubectl.
parent() {
	field configmap "labsync-$1" ".data[\"$2\"]"
}

KINDS=secrets,datavolumes,persistentvolumeclaims,virtualmachines,deployments,services,network-attachment-definitions

# names [LAB]: KIND/NAME of all that labsync has in the scenario's namespace, without the parents.
names() {
	kubectl get "$KINDS" --selector "app.kubernetes.io/managed-by=labsync${1:+,app.kubernetes.io/part-of=$1}" \
		--output json | jq --raw-output '.items[] | "\(.kind)/\(.metadata.name)"' | LC_ALL=C sort
}

# The writes of labsync, from the audit log ------------------------------------------------------------------------

# A line lands just after its answer, so a write of our own tells when the earlier ones have.
settle() {
	local before
	before=$(count_own_writes)
	kubectl annotate namespace default "labsync-e2e=$RANDOM$RANDOM" --overwrite >/dev/null
	wait_until own_write_landed "$before"
	sleep 0.2
}

count_own_writes() {
	grep -c '"verb":"patch".*"userAgent":"kubectl.*"resource":"namespaces"' "$LABSYNC_CLUSTER/audit.log" || true
}

own_write_landed() {
	[ "$(count_own_writes)" -gt "$1" ]
}

# From now on is counted.
mark_writes() {
	settle
	MARK=$(wc -l <"$LABSYNC_CLUSTER/audit.log")
}

# Since the mark, without dry runs; one JSON event a line. The last line may be half written.
write_events() {
	tail -n "+$((MARK + 1))" "$LABSYNC_CLUSTER/audit.log" | jq --raw-input --compact-output 'fromjson?
		| select((.userAgent // "") | startswith("labsync/"))
		| select((.requestURI | test("[?&]dryRun=")) | not)'
}

# VERB RESOURCE NAME of each write by labsync since the mark, those that were refused too.
writes() {
	settle
	write_events | jq --raw-output '"\(.verb) \(.objectRef.resource) \(.objectRef.name)"'
}

# The same without those that were refused.
writes_answered() {
	settle
	write_events | jq --raw-output 'select(.responseStatus.code < 300)
		| "\(.verb) \(.objectRef.resource) \(.objectRef.name)"'
}

# VERB RESOURCE NAME of each, without the labs' parents, which are labsync's own book.
writes_of_objects() {
	writes | grep -v ' configmaps labsync-' || true
}

has_written() {
	[ "$(write_events | wc -l)" -ge "$1" ]
}

# time_of_write VERB RESOURCE NAME: seconds since 1970, with a fraction, when the first one came to the server.
time_of_write() {
	write_events | jq --raw-output --slurp --arg verb "$1" --arg resource "$2" --arg name "$3" '
		map(select(.verb == $verb and .objectRef.resource == $resource and .objectRef.name == $name))
		| first.requestReceivedTimestamp // empty' | { read -r time && date --date "$time" +%s.%N; }
}
