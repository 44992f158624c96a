#include "../suite.h"
#include "admission_check.h"

START_TEST(kinds)
{
	static const struct admission_case cases[] = {
		{ "a kind without rules", "{apiVersion: v1, kind: ConfigMap}", "" },
		{ "another group's machine",
		  "{apiVersion: virtualization.deckhouse.io/v1alpha2, kind: VirtualMachine}", "" },
		{ "no kind", "{apiVersion: kubevirt.io/v1}", "" },
		{ "no version", "{kind: VirtualMachine}", "" },
		{ "a kind that is no text", "{apiVersion: 1, kind: [VirtualMachine]}", "" },
		{ "an older version of the same group", "{apiVersion: kubevirt.io/v1alpha3, kind: VirtualMachine}",
		  "spec.template: a machine needs a template; give spec.template\n"
		  "spec.runStrategy: a machine needs a runStrategy; use Always, Halted, Manual, Once or "
		  "RerunOnFailure" },
		{ "a spec that is a list", "{apiVersion: kubevirt.io/v1, kind: VirtualMachine, spec: []}",
		  "spec: this is a list; write a mapping\n"
		  "spec.template: a machine needs a template; give spec.template\n"
		  "spec.runStrategy: a machine needs a runStrategy; use Always, Halted, Manual, Once or "
		  "RerunOnFailure" },
	};

	admission_cases("{}", "", cases, ARRAY_SIZE(cases));
}
END_TEST

START_TEST(no_object)
{
	cleanup(json) json_t *list = json_array();
	cleanup(admission_findings) struct admission_findings findings = ADMISSION_FINDINGS_INIT;
	cleanup(free) char *text = NULL;

	admission_check(list, &findings);
	admission_check(NULL, &findings);
	ck_assert_uint_eq(findings.count, 0);
	admission_check_machine(list, &findings);
	admission_check_data_volume(NULL, &findings);
	text = admission_text(&findings);
	ck_assert_str_eq(text, ": the object is no mapping; give an object with kind, metadata and spec");
}
END_TEST

/* What a rule reads, in one object, so that the test below can spoil each of it. */
static const char whole_machine[] =
	"apiVersion: kubevirt.io/v1\n"
	"kind: VirtualMachine\n"
	"metadata: {name: vm, namespace: lab}\n"
	"spec:\n"
	"  runStrategy: Always\n"
	"  instancetype: {name: a, kind: VirtualMachineInstancetype, revisionName: b}\n"
	"  preference: {inferFromVolume: root, inferFromVolumeFailurePolicy: Ignore}\n"
	"  dataVolumeTemplates:\n"
	"  - metadata: {name: root, namespace: lab}\n"
	"    spec:\n"
	"      contentType: kubevirt\n"
	"      source: {http: {url: 'https://a/b', checksum: 'md5:0'}, registry: {url: 'docker://a', pullMethod: "
	"node}}\n"
	"      sourceRef: {kind: DataSource, name: a}\n"
	"      storage: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}, storageClassName: a,\n"
	"        dataSource: {kind: A, name: b}, dataSourceRef: {kind: A, name: b}, volumeMode: Block}\n"
	"  template:\n"
	"    metadata: {labels: {kubevirt.io/nodeName: a}, annotations: {kubevirt.io/ignitiondata: a}}\n"
	"    spec:\n"
	"      architecture: amd64\n"
	"      hostname: a\n"
	"      subdomain: b\n"
	"      serviceAccountName: a\n"
	"      startStrategy: Paused\n"
	"      evictionStrategy: None\n"
	"      dnsPolicy: None\n"
	"      dnsConfig: {nameservers: [10.0.0.1], searches: [a], options: [{name: a}]}\n"
	"      nodeSelector: {a: b}\n"
	"      tolerations: [{key: a, operator: Exists, effect: NoExecute, tolerationSeconds: 1}]\n"
	"      topologySpreadConstraints: [{maxSkew: 1, topologyKey: a, whenUnsatisfiable: DoNotSchedule}]\n"
	"      affinity:\n"
	"        nodeAffinity:\n"
	"          requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [{matchExpressions: [\n"
	"            {key: a, operator: In, values: [b]}], matchFields: [{key: metadata.name, operator: In}]}]}\n"
	"          preferredDuringSchedulingIgnoredDuringExecution: [{weight: 1, preference: {}}]\n"
	"        podAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [{topologyKey: a, labelSelector: "
	"{}}]}\n"
	"      livenessProbe: {httpGet: {port: 1}, exec: {command: [a]}}\n"
	"      resourceClaims: [{name: c}]\n"
	"      utilityVolumes: [{name: a}]\n"
	"      accessCredentials: [{sshPublicKey: {source: {secret: {secretName: a}}, propagationMethod: {noCloud: "
	"{},\n"
	"        qemuGuestAgent: {users: [a]}}}}]\n"
	"      domain:\n"
	"        machine: {type: q35}\n"
	"        ioThreadsPolicy: supplementalPool\n"
	"        ioThreads: {supplementalPoolThreadCount: 1}\n"
	"        launchSecurity: {sev: {attestation: {}}}\n"
	"        features: {smm: {enabled: true}}\n"
	"        firmware: {bootloader: {efi: {secureBoot: true, persistent: true}}, acpi: {slicNameRef: root},\n"
	"          kernelBoot: {kernelArgs: a, container: {image: a, kernelPath: /a, initrdPath: /b}}}\n"
	"        cpu: {cores: 2, sockets: 1, threads: 1, maxSockets: 2, dedicatedCpuPlacement: true, model: a,\n"
	"          features: [{name: a, policy: force}], numa: {guestMappingPassthrough: {}}, realtime: {}}\n"
	"        memory: {guest: 2Gi, hugepages: {pageSize: 2Mi}, reservedOverhead: {}}\n"
	"        resources: {requests: {cpu: 2, memory: 2Gi}, limits: {cpu: 2, memory: 2Gi}}\n"
	"        devices:\n"
	"          autoattachVSOCK: true\n"
	"          disks:\n"
	"          - {name: root, bootOrder: 1, serial: a, cache: none, io: native, dedicatedIOThread: true,\n"
	"             disk: {bus: virtio, pciAddress: '0000:00:00.0', readonly: true},\n"
	"             blockSize: {custom: {logical: 512, physical: 512, discardGranularity: 512}, matchVolume: {}}}\n"
	"          - {name: lun, lun: {bus: scsi, reservation: true}}\n"
	"          filesystems: [{name: root}]\n"
	"          hostDevices: [{name: a}]\n"
	"          inputs: [{type: tablet, bus: usb}]\n"
	"          video: {type: vga}\n"
	"          watchdog: {i6300esb: {}}\n"
	"          sound: {name: a, model: ac97}\n"
	"          panicDevices: [{model: isa}]\n"
	"          interfaces:\n"
	"          - {name: pod, masquerade: {}, binding: {name: a}, model: virtio, state: up, bootOrder: 2,\n"
	"             macAddress: '02:00:00:00:00:01', pciAddress: '0000:00:00.0', ports: [{port: 1, name: a}],\n"
	"             portRanges: [{protocol: TCP, start: 1, end: 2}],\n"
	"             dhcpOptions: {privateOptions: [{option: 224}], ntpServers: [10.0.0.1]}}\n"
	"      networks:\n"
	"      - {name: pod, pod: {}, multus: {networkName: a, default: true},\n"
	"         resourceClaim: {claimName: c, requestName: d}}\n"
	"      volumes:\n"
	"      - {name: root, dataVolume: {name: root, hotpluggable: true}, hostDisk: {path: /a, type: Disk},\n"
	"         containerPath: {path: /a}, containerDisk: {image: a, path: /a}, sysprep: {secret: {name: a}},\n"
	"         serviceAccount: {serviceAccountName: a}, downwardMetrics: {},\n"
	"         cloudInitNoCloud: {secretRef: {name: a}, userDataBase64: YQ==, networkData: a}}\n";

/* Puts each of the wrong values at each place below `value`, and asks for the findings each time. */
static size_t spoil(const json_t *object, json_t *value)
{
	static const char *const wrong[] = {
		"null", "7",  "-1",     "1.5",  "\"\"",         "\"x\"",        "true",
		"[]",   "{}", "[null]", "[[]]", "[\"x\",7,{}]", "{\"name\":7}", "9223372036854775807"
	};
	size_t count = json_is_object(value) ? json_object_size(value) : json_array_size(value), total = 0;
	void *position = json_is_object(value) ? json_object_iter(value) : NULL;

	for (size_t i = 0; i < count; i++) {
		cleanup(json) json_t *kept =
			json_incref(position ? json_object_iter_value(position) : json_array_get(value, i));

		for (size_t j = 0; j < ARRAY_SIZE(wrong); j++) {
			cleanup(admission_findings) struct admission_findings findings = ADMISSION_FINDINGS_INIT;
			json_t *bad = json_loads(wrong[j], JSON_DECODE_ANY, NULL);

			ck_assert_ptr_nonnull(bad);
			if (position)
				json_object_iter_set_new(value, position, bad);
			else
				json_array_set_new(value, i, bad);
			admission_check(object, &findings);
			total += findings.count;
		}
		if (position)
			json_object_iter_set(value, position, kept);
		else
			json_array_set(value, i, kept);
		if (json_is_object(kept) || json_is_array(kept))
			total += spoil(object, kept);
		position = position ? json_object_iter_next(value, position) : NULL;
	}
	return total;
}

START_TEST(nothing_is_trusted)
{
	cleanup(json) json_t *machine = admission_json_new(whole_machine);

	/* Findings each time, since the machine itself has some; that nothing else happens is what is tested. */
	ck_assert_uint_gt(spoil(machine, machine), 10000);
}
END_TEST

START_TEST(findings_are_few)
{
	cleanup(json) json_t *machine = admission_json_new(good_machine);
	cleanup(admission_findings) struct admission_findings findings = ADMISSION_FINDINGS_INIT;
	json_t *volumes = json_object_get(json_at(machine, "spec", "template", "spec", NULL), "volumes");

	for (int i = 0; i < 5000; i++)
		json_array_append_new(volumes, json_object());
	admission_check(machine, &findings);
	ck_assert_uint_eq(findings.count, ADMISSION_FINDINGS_MAX);
	ck_assert_uint_gt(findings.dropped, 0);
	ck_assert_uint_eq(findings.errors, findings.count + findings.dropped);
}
END_TEST

int main(void)
{
	const TTest *const tests[] = { kinds, no_object, nothing_is_trusted, findings_are_few };

	return suite_run("render/admission_kinds", tests, ARRAY_SIZE(tests));
}
