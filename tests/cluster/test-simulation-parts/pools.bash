# shellcheck shell=bash
#
# Part of test-simulation: VirtualMachinePools.

pool() {
        cat <<-'END'
		apiVersion: pool.kubevirt.io/v1beta1
		kind: VirtualMachinePool
		metadata: {name: farm}
		spec:
		  replicas: 2
		  selector: {matchLabels: {pool: farm}}
		  nameGeneration: {appendIndexToSecretRefs: true}
		  virtualMachineTemplate:
		    metadata: {labels: {pool: farm}}
		    spec:
		      runStrategy: Always
		      dataVolumeTemplates:
		        - metadata: {name: farm}
		          spec: {source: {blank: {}}, storage: {resources: {requests: {storage: 1Gi}}}}
		      template:
		        metadata: {labels: {pool: farm}}
		        spec:
		          domain: {memory: {guest: 1Gi}, devices: {disks: [{name: root, disk: {bus: virtio}}]}}
		          volumes:
		            - {name: root, dataVolume: {name: farm}}
		            - {name: init, cloudInitNoCloud: {secretRef: {name: farm}}}
	END
}

test_pools() {
        local uid revision='.metadata.labels.kubevirt\.io/vm-pool-revision-name'
        kubectl create secret generic farm-0 >/dev/null
        kubectl create secret generic farm-1 >/dev/null
        kubectl create secret generic farm-2 >/dev/null
        pool | apply
        check "a pool makes its machines" state farm-1 Running
        check "each with its disk" field dv farm-0 .status.phase Succeeded
        check "and with its secret" field vm farm-1 \
                '.spec.template.spec.volumes[1].cloudInitNoCloud.secretRef.name' farm-1
        check "all are ready" field vmpool farm .status.readyReplicas 2
        check "and counted" field vmpool farm .status.replicas 2
        check "its selector is told" field vmpool farm .status.labelSelector pool=farm
        check "its machines belong to it" field vm farm-0 '.metadata.ownerReferences[0].kind' VirtualMachinePool
        check "its machines name its revision" field vm farm-0 "$revision" farm-1
        uid=$(uid_of vmi farm-0)
        kubectl scale vmpool farm --replicas 3 >/dev/null
        check "it grows" state farm-2 Running
        check "no instance is made anew for that" test "$(uid_of vmi farm-0)" = "$uid"
        kubectl scale vmpool farm --replicas 1 >/dev/null
        check "it shrinks" field vmpool farm .status.replicas 1
        check "its last machine goes" gone vm farm-2
        check "and the one before" gone vm farm-1
        check "the instances have the newest revision" field vmi farm-0 "$revision" \
                "farm-$(kubectl get vmpool farm -o 'jsonpath={.metadata.generation}')"
        change vmpool farm '{"spec": {"virtualMachineTemplate": {"spec": {"template": {"spec": {"domain": {"memory":
                {"guest": "2Gi"}}}}}}}}'
        check "a new template makes its instances anew" has_new_instance farm-0 "$uid"
        check "with what is new" field vmi farm-0 .spec.domain.memory.guest 2Gi
        change vmpool farm '{"spec": {"paused": true, "replicas": 2}}'
        check "a paused pool says so" field vmpool farm "$(of_condition ReplicaPaused status)" True
        once "and makes no more" gone vm farm-1
        kubectl delete vmpool farm --wait=false >/dev/null
        check "a deleted pool goes" gone vmpool farm
        check "with its machines" gone vm farm-0
}
