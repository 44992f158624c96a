# shellcheck shell=bash
#
# The repository of labs.

repository_new() {
	git init --quiet --bare --initial-branch main "$REMOTE"
	git clone --quiet "$REMOTE" "$WORK/clone" 2>/dev/null
	cd "$WORK/clone" || return
	git symbolic-ref HEAD refs/heads/main
	mkdir labs
	cp "$ROOT/examples-repo/knlcfg.yaml" .
}

# push MESSAGE: everything in the clone.
push() {
	git add --all
	git commit --quiet --allow-empty --message "$1"
	git push --quiet origin main
	COMMIT=$(git rev-parse HEAD)
}

COMMIT= # the last one pushed

# lab NAME < NODES: writes labs/NAME.yaml; on standard input is what stands below `nodes:`, from the left margin.
lab() {
	{
		cat <<-END
			apiVersion: knl.kubenetlab.net/v1beta1
			kind: Lab
			metadata:
			  name: $1
			spec:
			  nodes:
		END
		sed 's/^/    /'
	} >"labs/$1.yaml"
}

# own_lab NAME < SPEC: writes labs/NAME.yaml in labsync's own dialect; on standard input is what stands below `spec:`.
own_lab() {
	{
		cat <<-END
			apiVersion: labsync.dev/v1alpha1
			kind: Lab
			metadata:
			  name: $1
			spec:
		END
		sed 's/^/  /'
	} >"labs/$1.yaml"
}

# many_labs COUNT NODES: labs m01, m02 ... of so many VMs each.
many_labs() {
	local number node
	for ((number = 1; number <= $1; number++)); do
		for ((node = 1; node <= $2; node++)); do
			echo "r$node: {vm: {cpu: 1, memory: 512Mi}}"
		done | lab "$(printf 'm%02d' "$number")"
	done
}

# note_of COMMIT: as it is on the remote; empty when there is none.
note_of() {
	git -C "$REMOTE" notes --ref "labsync/$CLUSTER_NAME" show "$1" 2>/dev/null || true
}

# trailer NAME [COMMIT]: a trailer of the note, as of Labsync-State.
trailer() {
	note_of "${2:-$COMMIT}" | sed -n "s/^Labsync-$1: //p"
}

note_says() {
	[ "$(trailer State "$2")" = "$1" ]
}

# position FILE TEXT: LINE:COLUMN of the first place where TEXT stands.
position() {
	awk -v text="$2" '(at = index($0, text)) { print NR ":" at; exit }' "$1"
}
