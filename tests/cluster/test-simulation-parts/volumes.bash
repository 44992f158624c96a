# shellcheck shell=bash
#
# Part of test-simulation: where machines get their disks and other files from, and instance types.

# volume NAME SOURCE: a DataVolume.
volume() {
        cat <<-END
		apiVersion: cdi.kubevirt.io/v1beta1
		kind: DataVolume
		metadata: {name: $1}
		spec:
		  $2
		  storage: {}
		---
	END
}

storage_objects() {
        volume golden 'source: {http: {url: "http://images.example/golden.qcow2"}}'
        volume copy-of-golden 'source: {pvc: {name: golden, namespace: default}}'
        volume copy-of-nothing 'source: {pvc: {name: nothing, namespace: default}}'
        volume by-reference 'sourceRef: {kind: DataSource, name: golden}'
        volume sent 'source: {upload: {}}'
        cat <<-'END'
		apiVersion: cdi.kubevirt.io/v1beta1
		kind: DataSource
		metadata: {name: golden}
		spec: {source: {pvc: {name: golden, namespace: default}}}
		---
		apiVersion: cdi.kubevirt.io/v1beta1
		kind: DataSource
		metadata: {name: alias}
		spec: {source: {dataSource: {name: golden, namespace: default}}}
		---
		apiVersion: cdi.kubevirt.io/v1beta1
		kind: DataSource
		metadata: {name: nothing}
		spec: {source: {pvc: {name: nothing, namespace: default}}}
		---
		apiVersion: v1
		kind: PersistentVolumeClaim
		metadata: {name: shared}
		spec: {accessModes: [ReadWriteMany], resources: {requests: {storage: 2Gi}}}
	END
}

test_sources() {
        check "an import succeeds" field dv golden .status.phase Succeeded
        check "a DataSource of it is ready" field datasource golden "$(of_condition Ready status)" True
        check "and says of what" field datasource golden .status.source.pvc.name golden
        check "one of it, too" field datasource alias .status.source.pvc.name golden
        check "a DataSource of nothing is not" field datasource nothing "$(of_condition Ready reason)" NotFound
        check "a copy succeeds" field dv copy-of-golden .status.phase Succeeded
        check "a copy by reference succeeds" field dv by-reference .status.phase Succeeded
        check "a copy of nothing waits" field dv copy-of-nothing .status.phase Pending
        check "an upload waits" field dv sent .status.phase UploadReady
        check "and is not ready" field dv sent "$(of_condition Ready status)" False
        kubectl annotate pvc sent cdi.kubevirt.io/storage.pod.phase=Succeeded >/dev/null
        check "until it is there" field dv sent .status.phase Succeeded
        check "a claim alone is bound" field pvc shared .status.phase Bound
}

storage_machines() {
        with_volumes on-claim '{name: root, persistentVolumeClaim: {claimName: shared}}'
        echo ---
        with_volumes on-upload '{name: root, dataVolume: {name: sent}}'
        echo ---
        with_volumes on-nothing '{name: root, persistentVolumeClaim: {claimName: missing}}'
        echo ---
        with_volumes on-copy '{name: root, dataVolume: {name: on-copy}}'
        cat <<-'END'
		  dataVolumeTemplates:
		    - metadata: {name: on-copy}
		      spec: {sourceRef: {kind: DataSource, name: golden}, storage: {}}
		---
	END
        with_volumes of-no-source '{name: root, dataVolume: {name: of-no-source}}'
        cat <<-'END'
		  dataVolumeTemplates:
		    - metadata: {name: of-no-source}
		      spec: {sourceRef: {kind: DataSource, name: missing}, storage: {}}
	END
}

test_disks() {
        check "a machine on a claim runs" state on-claim Running
        check "and may migrate, as it is shared" field vm on-claim "$(of_condition LiveMigratable status)" True
        check "a machine on an upload runs once it is there" state on-upload Running
        check "a machine on a DataSource runs" state on-copy Running
        check "with a copy of what that stands for" field dv on-copy .spec.source.pvc.name golden
        check "a machine on no claim says so" state on-nothing ErrorPvcNotFound
        check "a machine on no DataSource fails" field vm of-no-source "$(of_condition Failure reason)" FailedCreate
}

file_machines() {
        local name
        with_volumes of-secret '{name: root, secret: {secretName: late}}'
        echo ---
        with_volumes of-map '{name: root, configMap: {name: late}}'
        echo ---
        with_volumes of-init '{name: root, cloudInitNoCloud: {secretRef: {name: late}}}'
        echo ---
        with_volumes of-sysprep '{name: root, sysprep: {configMap: {name: late}}}'
}

test_files() {
        local name
        file_machines | apply
        for name in of-secret of-map of-init of-sysprep; do
                check "$name waits for its files" field vmi $name "$(of_condition Ready reason)" ContainersNotReady
                check "$name is starting" state $name Starting
        done
        kubectl create secret generic late >/dev/null
        kubectl create configmap late >/dev/null
        for name in of-secret of-map of-init of-sysprep; do
                check "$name runs with its files" state $name Running
        done
}

test_hotplug() {
        local plugged='.status.volumeStatus[?(@.name=="more")].phase'
        volume more 'source: {blank: {}}' | apply
        once "plugging a disk in" answers 202 virtualmachines/on-claim/addvolume \
                '{"name": "more", "disk": {"disk": {"bus": "scsi"}}, "volumeSource": {"dataVolume": {"name": "more"}}}'
        once "twice" answers "409 already exists" virtualmachines/on-claim/addvolume \
                '{"name": "more", "disk": {"disk": {"bus": "scsi"}}, "volumeSource": {"dataVolume": {"name": "more"}}}'
        check "the instance has it" field vmi on-claim "$plugged" Ready
        check "without a restart" field vm on-claim "$(of_condition RestartRequired status)" ""
        once "pulling the wrong one out" answers "409 not hotpluggable" virtualmachines/on-claim/removevolume \
                '{"name": "root"}'
        once "pulling it out" answers 202 virtualmachines/on-claim/removevolume '{"name": "more"}'
        check "the instance has it no more" field vmi on-claim "$plugged" ""
        check "without a restart, too" field vm on-claim "$(of_condition RestartRequired status)" ""
}

flavoured() {
        guest "$1" Always | sed "s/^  runStrategy: .*/&\n  instancetype: {$2}/; s/memory: {guest: 1Gi}, //"
}

test_instancetypes() {
        local domain=.spec.domain
        flavoured sized 'kind: VirtualMachineInstancetype, name: small' | apply
        flavoured cluster-sized 'name: large' | apply
        check "a machine of no size fails" field vm sized "$(of_condition Failure reason)" FailedFindInstancetype
        kubectl create -f - >/dev/null <<-'END'
		apiVersion: instancetype.kubevirt.io/v1beta1
		kind: VirtualMachineInstancetype
		metadata: {name: small}
		spec: {cpu: {guest: 3}, memory: {guest: 3Gi}}
		---
		apiVersion: instancetype.kubevirt.io/v1beta1
		kind: VirtualMachineClusterInstancetype
		metadata: {name: large}
		spec: {cpu: {guest: 5}, memory: {guest: 5Gi}}
	END
        check "it runs once that is there" state sized Running
        check "and fails no more" field vm sized "$(of_condition Failure reason)" ""
        check "with its processors" field vmi sized $domain.cpu.sockets 3
        check "and its memory" field vmi sized $domain.memory.guest 3Gi
        check "one of the cluster's runs" field vmi cluster-sized $domain.cpu.sockets 5
        check "what was used is kept" grep_field '^sized-small-v1beta1-' vm sized \
                .status.instancetypeRef.controllerRevisionRef.name
        change vminstancetype small '{"spec": {"cpu": {"guest": 4}}}'
        kubectl delete vmi sized >/dev/null
        check "a change of the size does not reach the machine" field vmi sized $domain.cpu.sockets 3
        check "which needs no restart" field vm sized "$(of_condition RestartRequired status)" ""
}

test_images() {
        check "an image that is not there" state unpulled ErrImagePull
}

test_storage() {
        storage_objects | apply
        storage_machines | apply
        guest unpulled Always | apply
        test_sources
        test_disks
        test_files
        test_hotplug
        test_instancetypes
        test_images
        kubectl delete vm on-claim on-upload on-nothing on-copy of-no-source of-secret of-map of-init of-sysprep sized \
                cluster-sized unpulled --wait=false >/dev/null
}
