# shellcheck shell=bash
#
# Part of test-simulation: migrations, snapshots, restores and clones.

test_migration() {
        check "a machine on a containerDisk may migrate" field vm mover "$(of_condition LiveMigratable status)" True
        check "it runs" state mover Running
        once "migrating it" answers 202 virtualmachines/mover/migrate
        once "twice at once" answers "500 in-flight migration" virtualmachines/mover/migrate
        check "makes a migration" migration_of mover Succeeded
        check "to the other node" field vmi mover .status.nodeName simulated-node-2
        check "which the instance says" field vmi mover .status.migrationState.completed true
        check "it runs there" state mover Running
        migration again mover | apply
        check "a migration of one's own succeeds" field vmim again .status.phase Succeeded
        check "and goes back" field vmi mover .status.nodeName simulated-node
        check "one with a disk that is not shared may not" field vm keeper "$(of_condition LiveMigratable reason)" \
                DisksNotLiveMigratable
        once "migrating it" answers "500 Cannot migrate VMI, Reason: DisksNotLiveMigratable" \
                virtualmachines/keeper/migrate
        migration nothing nobody | apply
        check "a migration of nothing fails" field vmim nothing .status.phase Failed
}

migration() {
        cat <<-END
		apiVersion: kubevirt.io/v1
		kind: VirtualMachineInstanceMigration
		metadata: {name: $1}
		spec: {vmiName: $2}
	END
}

# migration_of INSTANCE PHASE: whether a migration that was made for the instance is in the phase.
migration_of() {
        kubectl get vmim -o json | jq --exit-status --arg name "$1" --arg phase "$2" \
                'any(.items[]; .spec.vmiName == $name and .status.phase == $phase and
                        (.metadata.name | startswith("kubevirt-migrate-vm-")))'
}

snapshot() {
        cat <<-END
		apiVersion: snapshot.kubevirt.io/v1beta1
		kind: VirtualMachineSnapshot
		metadata: {name: $1}
		spec:
		  source: {apiGroup: kubevirt.io, kind: VirtualMachine, name: $2}${3:+
		  $3}
	END
}

test_snapshot() {
        snapshot before keeper | apply
        check "a snapshot succeeds" field vmsnapshot before .status.phase Succeeded
        check "it is ready" field vmsnapshot before .status.readyToUse true
        check "and says so" field vmsnapshot before "$(of_condition Ready status)" True
        check "it was taken while the machine ran" field vmsnapshot before '.status.indications' \
                '["NoGuestAgent","Online"]'
        check "it holds the disk" field vmsnapshot before '.status.snapshotVolumes.includedVolumes' '["root"]'
        check "the machine is free again" field vm keeper .status.snapshotInProgress ""
        snapshot never nobody 'failureDeadline: 1s' | apply
        check "one of nothing waits" field vmsnapshot never "$(of_condition Progressing reason)" "Source does not exist"
        check "and fails in the end" field vmsnapshot never .status.phase Failed
}

restore() {
        cat <<-END
		apiVersion: snapshot.kubevirt.io/v1beta1
		kind: VirtualMachineRestore
		metadata: {name: $1}
		spec:
		  target: {apiGroup: kubevirt.io, kind: VirtualMachine, name: $2}
		  virtualMachineSnapshotName: $3
		  targetReadinessPolicy: ${4:-WaitGracePeriod}
	END
}

test_restore() {
        change vm keeper '{"spec": {"template": {"spec": {"domain": {"cpu": {"cores": 8}}}}}}'
        restore refused keeper before FailImmediate | apply
        check "a restore of what runs may fail" field vmrestore refused "$(of_condition Failure status)" True
        restore back keeper before | apply
        check "or waits" grep_field 'Waiting for target VM' vmrestore back "$(of_condition Progressing reason)"
        once "until the machine is stopped" answers 202 virtualmachines/keeper/stop
        check "then it is complete" field vmrestore back .status.complete true
        check "and ready" field vmrestore back "$(of_condition Ready status)" True
        check "the machine is as it was" field vm keeper .spec.template.spec.domain.cpu.cores 2
        check "but stopped as it is" field vm keeper .spec.runStrategy Halted
        check "its disk has another name" grep_field '^restore-' vm keeper \
                '.spec.template.spec.volumes[0].dataVolume.name'
        check "its template, too" grep_field '^restore-' vm keeper '.spec.dataVolumeTemplates[0].metadata.name'
        check "the old disk is gone" gone dv keeper-root
        check "the restore says so" field vmrestore back '.status.deletedDataVolumes' '["keeper-root"]'
        check "the restore belongs to the machine" field vmrestore back '.metadata.ownerReferences[0].name' keeper
        check "the machine is free again" field vm keeper .status.restoreInProgress ""
        once "it may be started" answers 202 virtualmachines/keeper/start
        check "and runs with the new disk" state keeper Running
        restore stopping keeper before StopTarget | apply
        check "a restore may stop its machine" field vmrestore stopping .status.complete true
        kubectl delete vmrestore stopping --wait=false >/dev/null
        check "a restore may be deleted" gone vmrestore stopping
}

# grep_field PATTERN KIND NAME JSONPATH
grep_field() {
        local value
        value=$(kubectl get "$2" "$3" -o "jsonpath={$4}" 2>&1)
        echo "$value"
        grep -qE "$1" <<<"$value"
}

clone() {
        cat <<-END
		apiVersion: clone.kubevirt.io/v1beta1
		kind: VirtualMachineClone
		metadata: {name: $1}
		spec:
		  source: {apiGroup: kubevirt.io, kind: VirtualMachine, name: $2}
		  target: {apiGroup: kubevirt.io, kind: VirtualMachine, name: $3}
		  labelFilters: ["*", "!secret"]
	END
}

# Whether nothing is left of what a clone makes on its way.
nothing_temporary() {
        ! kubectl get vmsnapshot,vmrestore -o name | grep /tmp-
}

test_clone() {
        local interface='.spec.template.spec.domain.devices.interfaces[0]'
        kubectl label vm keeper kept=yes secret=yes >/dev/null
        clone copy keeper copied | apply
        check "a clone succeeds" field vmclone copy .status.phase Succeeded
        check "its machine is there" state copied Stopped
        check "with what is not the original's own" field vm copied "$interface.macAddress" ""
        check "with its labels" field vm copied .metadata.labels.kept yes
        check "but for those that are filtered out" field vm copied .metadata.labels.secret ""
        check "with a disk of its own" grep_field '^restore-' vm copied '.spec.template.spec.volumes[0].dataVolume.name'
        check "what was made for it goes" nothing_temporary
        check "the clone names its machine" field vmclone copy .status.targetName copied
        once "it may be started" answers 202 virtualmachines/copied/start
        check "and runs" state copied Running
        clone pending nobody other | apply
        check "a clone of nothing waits" field vmclone pending "$(of_condition Progressing reason)" Pending
        kubectl delete vm copied --wait=false >/dev/null
        check "a clone goes with its machine" gone vmclone copy
}

test_operations() {
        {
                guest mover Always
                echo ---
                machine keeper
        } | apply
        check "the machine with a disk runs" state keeper Running
        test_migration
        test_snapshot
        test_restore
        test_clone
        kubectl delete vm mover keeper --wait=false >/dev/null
        kubectl delete vmsnapshot,vmclone,vmim --all --wait=false >/dev/null
        check "restores go with their machine" gone vmrestore back
}
