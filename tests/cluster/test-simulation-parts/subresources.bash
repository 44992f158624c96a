# shellcheck shell=bash
#
# Part of test-simulation: subresources.kubevirt.io through the API server.

SUBRESOURCES=/apis/subresources.kubevirt.io/v1

# guest NAME STRATEGY [TEMPLATE-FIELDS]: a machine without a disk that has to be imported.
guest() {
        cat <<-END
		apiVersion: kubevirt.io/v1
		kind: VirtualMachine
		metadata: {name: $1}
		spec:
		  runStrategy: $2
		  template:
		    spec:
		      domain: {memory: {guest: 1Gi}, devices: {disks: [{name: root, disk: {bus: virtio}}]}}
		      volumes: [{name: root, containerDisk: {image: "images.example/root:1"}}]${3:+
		      $3}
	END
}

# with_volumes NAME VOLUME...: a machine with these volumes in place of its own.
with_volumes() {
        local name=$1 volume
        shift
        guest "$name" Always | sed '/^      volumes:/d'
        echo '      volumes:'
        for volume; do
                echo "        - $volume"
        done
}

# put TOKEN PATH [BODY]: the status code and the message of a PUT of PATH below the namespace default.
put() {
        local url
        url=https://127.0.0.1:$(cat "$LABSYNC_CLUSTER/port")$SUBRESOURCES/namespaces/default/$2
        curl --silent --noproxy '*' --cacert "$LABSYNC_CLUSTER/pki/ca.crt" --request PUT --data "${3:-}" \
                --header "Authorization: Bearer $(cat "$LABSYNC_CLUSTER/$1")" --header 'Content-Type: application/json' \
                --output "$WORK/answer" --write-out '%{http_code}' "$url"
        jq --raw-output '" " + .message' "$WORK/answer" 2>/dev/null || true
}

# answers WANTED PATH [BODY]: whether the PUT is answered with the code, and the message that follows it has the rest.
answers() {
        local wanted=$1 answer
        shift
        answer=$(put token "$@")
        echo "$answer"
        case "$answer" in
        "${wanted%% *}" | "${wanted%% *} "*) ;;
        *) return 1 ;;
        esac
        [ "$wanted" = "${wanted%% *}" ] || [[ $answer == *"${wanted#* }"* ]]
}

# once NAME COMMAND...: like check, for what must not be asked twice.
once() {
        local name=$1 said
        shift
        if said=$("$@" 2>&1); then
                echo "ok $CRDS: $name"
                PASSED=$((PASSED + 1))
        else
                echo "not ok $CRDS: $name"
                echo "  wanted: $*; is: $said" >&2
                FAILED=$((FAILED + 1))
        fi
}

state() {
        field vm "$1" .status.printableStatus "$2"
}

uid_of() {
        kubectl get "$1" "$2" -o 'jsonpath={.metadata.uid}'
}

# Whether the machine runs with another instance than that.
has_new_instance() {
        local uid
        uid=$(uid_of vmi "$1") && [ -n "$uid" ] && [ "$uid" != "$2" ] && state "$1" Running
}

is_available() {
        field apiservice "$1.subresources.kubevirt.io" "$(of_condition Available status)" True
}

raw() {
        kubectl get --raw "$1"
}

raw_says() {
        raw "$1" | jq --exit-status "$2"
}

test_discovery() {
        check "the API service is available" is_available v1
        check "and that of the older version" is_available v1alpha3
        check "it leads to a service of KubeVirt's" field apiservice v1.subresources.kubevirt.io \
                .spec.service.name virt-api
        check "its resources are listed" raw_says $SUBRESOURCES \
                '.resources | any(.name == "virtualmachines/restart" and .verbs == null and .namespaced)'
        check "the group is listed" raw_says /apis '.groups | any(.name == "subresources.kubevirt.io")'
        check "the group tells its version" raw_says /apis/subresources.kubevirt.io '.preferredVersion.version == "v1"'
        check "the version says that it is a simulation" raw_says $SUBRESOURCES/version '.gitVersion | test("simulation")'
        check "it is healthy" raw $SUBRESOURCES/healthz
        check "kubectl can list all resources" kubectl api-resources
}

# What is asked without the API server's certificate, as anybody on this machine could.
ask_directly() {
        local port
        port=$(kubectl get apiservice v1.subresources.kubevirt.io -o 'jsonpath={.spec.service.port}')
        curl --silent --noproxy '*' --insecure --output /dev/null --write-out '%{http_code}' "$@" \
                "https://127.0.0.1:$port$SUBRESOURCES/namespaces/default/virtualmachines/hand/stop"
}

# answers_directly CODE CURL-OPTIONS...
answers_directly() {
        local code
        code=$(ask_directly "${@:2}") || true
        echo "$code"
        [ "$code" = "$1" ]
}

test_front_proxy() {
        local pki=$LABSYNC_CLUSTER/pki
        once "nobody else may speak for users" answers_directly 401 --request PUT --header 'X-Remote-User: admin'
        once "not with the cluster's certificates either" answers_directly 000 --request PUT \
                --header 'X-Remote-User: admin' --cert "$pki/client.crt" --key "$pki/client.key"
        once "the front proxy must name a user" answers_directly 401 --request PUT \
                --cert "$pki/front-proxy.crt" --key "$pki/front-proxy.key"
}

# The API server asks RBAC before it passes anything on.
test_permissions() {
        once "who has no right is refused" test "$(put token-viewer virtualmachines/hand/restart | cut -c1-3)" = 403
        apply <<-'END'
		apiVersion: rbac.authorization.k8s.io/v1
		kind: Role
		metadata: {name: restarter}
		rules: [{apiGroups: [subresources.kubevirt.io], resources: [virtualmachines/restart], verbs: [update]}]
		---
		apiVersion: rbac.authorization.k8s.io/v1
		kind: RoleBinding
		metadata: {name: restarter}
		roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: restarter}
		subjects: [{apiGroup: rbac.authorization.k8s.io, kind: User, name: labsync-viewer}]
	END
        check "who may restart may" test_viewer 202 virtualmachines/hand/restart
        once "but not stop" test_viewer 403 virtualmachines/hand/stop
}

test_viewer() {
        local answer
        answer=$(put token-viewer "$2")
        echo "$answer"
        [ "${answer%% *}" = "$1" ]
}

# By the run strategies: what is done, and what is refused.
test_power_by_strategy() {
        local machines=virtualmachines
        check "a machine with a containerDisk runs" state always Running
        once "starting what runs" answers "409 VM is already running" $machines/always/start
        once "stopping one that always runs" answers 202 $machines/always/stop
        check "changes its strategy" field vm always .spec.runStrategy Halted
        check "and stops it" state always Stopped
        once "stopping what is stopped" answers "409 VM is not running" $machines/always/stop
        once "restarting a halted one" answers "409 Halted does not support manual restart" $machines/always/restart
        once "a dry run of a start" answers 202 $machines/always/start '{"dryRun": ["All"]}'
        once "changes nothing" field vm always .spec.runStrategy Halted
        once "starting a halted one" answers 202 $machines/always/start
        check "changes its strategy, too" field vm always .spec.runStrategy Always
        check "and starts it" state always Running
        once "a machine that is not there" answers '404 virtualmachine.kubevirt.io "nobody" not found' \
                $machines/nobody/start
        once "a verb that is not there" answers 404 $machines/always/explode
        once "a verb that is not played" answers "501 does not play" $machines/always/memorydump
        once "a body that is none" answers 400 $machines/always/stop '{"gracePeriod"'
}

test_power_once() {
        local machines=virtualmachines
        check "a machine that runs once runs" state once Running
        once "restarting it" answers "409 Once does not support manual restart" $machines/once/restart
        once "stopping it" answers 202 $machines/once/stop
        check "halts it" state once Stopped
}

test_power_by_hand() {
        local machines=virtualmachines uid
        check "a machine that is switched by hand is off" state hand Stopped
        once "restarting it" answers "409 VM is not running" $machines/hand/restart
        once "starting it" answers 202 $machines/hand/start
        check "starts it" state hand Running
        once "and keeps its strategy" field vm hand .spec.runStrategy Manual
        check "the request is worked off" field vm hand .status.stateChangeRequests ""
        uid=$(uid_of vmi hand)
        once "a restart with another grace period" answers "400 gracePeriod=0" $machines/hand/restart \
                '{"gracePeriodSeconds": 30}'
        once "a restart" answers 202 $machines/hand/restart
        check "is another instance" has_new_instance hand "$uid"
        uid=$(uid_of vmi hand)
        once "a restart by force" answers 202 $machines/hand/restart '{"gracePeriodSeconds": 0}'
        check "is another instance, too" has_new_instance hand "$uid"
        test_permissions
        once "stopping it at once" answers 202 $machines/hand/stop '{"gracePeriod": 0}'
        check "stops it" state hand Stopped
}

# What cannot come true yet stays asked for.
test_power_pending() {
        local machines=virtualmachines
        once "starting what lacks its disk" answers 202 $machines/stuck/start
        once "twice" answers "500 already underway" $machines/stuck/start
        check "is remembered" field vm stuck '.status.stateChangeRequests[0].action' Start
        check "the machine says what it lacks" state stuck ErrorPvcNotFound
        kubectl create -f - >/dev/null <<-'END'
		apiVersion: v1
		kind: PersistentVolumeClaim
		metadata: {name: stuck}
		spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
	END
        check "and it starts with its disk" state stuck Running
        check "then nothing is asked for any more" field vm stuck '.status.stateChangeRequests' ""
}

test_power_after_failure() {
        local machines=virtualmachines
        check "a machine that restarts on failure runs at first" state rerun Running
        once "stopping it" answers 202 $machines/rerun/stop
        check "stops it" state rerun Stopped
        sleep 0.5
        once "and it stays so" state rerun Stopped
        once "with its strategy" field vm rerun .spec.runStrategy RerunOnFailure
        once "starting it" answers 202 $machines/rerun/start
        check "starts it" state rerun Running
}

test_paused_start() {
        once "starting a halted one paused" answers 202 virtualmachines/halted/start '{"paused": true}'
        check "switches it on" field vm halted .spec.runStrategy Always
        check "paused" state halted Paused
}

test_guests() {
        local instances=virtualmachineinstances uid
        uid=$(uid_of vmi always)
        once "pausing" answers 200 $instances/always/pause
        check "pauses" field vmi always "$(of_condition Paused status)" True
        check "and the machine says so" state always Paused
        once "pausing what is paused" answers "409 already paused" $instances/always/pause
        once "rebooting what is paused" answers "409 VMI is paused" $instances/always/softreboot
        once "going on" answers 200 $instances/always/unpause
        check "goes on" state always Running
        check "and is paused no more" field vmi always "$(of_condition Paused status)" ""
        once "going on with what goes on" answers "409 VMI is not paused" $instances/always/unpause
        once "rebooting" answers 200 $instances/always/softreboot
        once "resetting" answers 200 $instances/always/reset
        once "is no other instance" test "$(uid_of vmi always)" = "$uid"
        once "rebooting without ACPI" answers "409 ACPI" $instances/noacpi/softreboot
        once "pausing what is probed" answers "403 LivenessProbe" $instances/probed/pause
        once "no instance" answers '404 virtualmachineinstance.kubevirt.io "idle" not found' $instances/idle/pause
}

subresource_machines() {
        guest always Always
        echo ---
        guest once Once
        echo ---
        guest hand Manual
        echo ---
        guest rerun RerunOnFailure
        echo ---
        guest halted Halted
        echo ---
        with_volumes stuck '{name: root, persistentVolumeClaim: {claimName: stuck}}' | sed 's/: Always/: Manual/'
        echo ---
        guest probed Always 'livenessProbe: {tcpSocket: {port: 22}}'
        echo ---
        guest noacpi Always | sed 's/memory:/features: {acpi: {enabled: false}}, memory:/'
}

test_subresources() {
        subresource_machines | apply
        test_discovery
        test_power_by_strategy
        test_power_once
        test_power_by_hand
        test_power_pending
        test_power_after_failure
        test_front_proxy
        check "the one that is probed runs" state probed Running
        check "the one without ACPI runs" state noacpi Running
        test_guests
        test_paused_start
        kubectl delete vm always once hand rerun halted stuck probed noacpi --wait=false >/dev/null
}
