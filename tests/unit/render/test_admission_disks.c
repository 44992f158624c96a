#include "../suite.h"
#include "admission_check.h"

static const struct admission_case disks_cases[] = {
	{ "A34: two of a name", "{domain: {devices: {disks: [{name: root}, {name: root}]}}}",
	  "spec.template.spec.domain.devices.disks[1].name: two disks are named root; rename one" },
	{ "A34: no label",
	  "{domain: {devices: {disks: [{name: My_Disk}]}}, volumes: [{name: My_Disk, dataVolume: {name: "
	  "a}}]}",
	  "spec.template.spec.domain.devices.disks[0].name: \"My_Disk\" cannot be a disk's name; use at most "
	  "63 "
	  "lower-case letters, digits and dashes\n"
	  "spec.template.spec.volumes[0].name: \"My_Disk\" cannot be a volume's name; use at most 63 "
	  "lower-case "
	  "letters, digits and dashes" },
	{ "A34: no name", "{domain: {devices: {disks: [{disk: {}}]}}}",
	  "spec.template.spec.domain.devices.disks[0].name: a disk needs the name of its volume; give name" },
	{ "A34: null", "{domain: {devices: {disks: [null]}}}",
	  "spec.template.spec.domain.devices.disks[0]: this is null; write a mapping or drop it" },
	{ "A35: no volume", "{domain: {devices: {disks: [{name: root}, {name: data}]}}}",
	  "spec.template.spec.domain.devices.disks[1].name: no volume is named data; add one under volumes" },
	{ "A35: an empty CD-ROM", "{domain: {devices: {disks: [{name: root}, {name: tray, cdrom: {bus: sata}}]}}}",
	  "" },
	{ "A37: no target", "{domain: {devices: {disks: [{name: root, serial: a}]}}}", "" },
	{ "A37: two targets", "{domain: {devices: {disks: [{name: root, disk: {}, cdrom: {bus: sata}}]}}}",
	  "spec.template.spec.domain.devices.disks[0]: a disk is one of disk, lun and cdrom; keep one" },
	{ "A38: scsi", "{domain: {devices: {disks: [{name: root, disk: {bus: scsi}}]}}}", "" },
	{ "A38: ide", "{domain: {devices: {disks: [{name: root, disk: {bus: ide}}]}}}",
	  "spec.template.spec.domain.devices.disks[0].disk.bus: IDE disks are not supported; use sata" },
	{ "A38: nvme", "{domain: {devices: {disks: [{name: root, disk: {bus: nvme}}]}}}",
	  "spec.template.spec.domain.devices.disks[0].disk.bus: \"nvme\" is no value of bus; use virtio, "
	  "sata, "
	  "scsi or usb" },
	{ "A38: a CD-ROM on virtio", "{domain: {devices: {disks: [{name: root, cdrom: {bus: virtio}}]}}}",
	  "spec.template.spec.domain.devices.disks[0].cdrom.bus: a CD-ROM cannot be on virtio; use sata or "
	  "scsi" },
	{ "A38: a LUN on usb", "{domain: {devices: {disks: [{name: root, lun: {bus: usb}}]}}}",
	  "spec.template.spec.domain.devices.disks[0].lun.bus: a LUN cannot be on usb, and libvirt would not "
	  "start "
	  "it; use scsi" },
	{ "A38: a CD-ROM on sata", "{domain: {devices: {disks: [{name: root, cdrom: {bus: sata}}]}}}", "" },
	{ "A39: a read-only disk on sata",
	  "{domain: {devices: {disks: [{name: root, disk: {bus: sata, readonly: true}}]}}}",
	  "spec.template.spec.domain.devices.disks[0].disk.readonly: a SATA hard disk cannot be read-only; "
	  "use "
	  "virtio or scsi, or a cdrom" },
	{ "A39: a read-only disk on virtio",
	  "{domain: {devices: {disks: [{name: root, disk: {bus: virtio, readonly: true}}]}}}", "" },
	{ "A40: a LUN of a claim", "{domain: {devices: {disks: [{name: root, lun: {bus: scsi}}]}}}", "" },
	{ "A40: a LUN of an image",
	  "{domain: {devices: {disks: [{name: root, lun: {bus: scsi}}]}}, volumes: [{name: root, "
	  "containerDisk: {image: a}}]}",
	  "spec.template.spec.domain.devices.disks[0].lun: a LUN can stand only for a persistentVolumeClaim "
	  "or "
	  "a dataVolume; use disk" },
	{ "A40: a reservation", "{domain: {devices: {disks: [{name: root, lun: {bus: scsi, reservation: true}}]}}}",
	  "warning: spec.template.spec.domain.devices.disks[0].lun: a persistent reservation needs the "
	  "feature "
	  "gate PersistentReservation, which is off by default; switch it on in the KubeVirt resource or do "
	  "without" },
	{ "A41: an address",
	  "{domain: {devices: {disks: [{name: root, disk: {bus: virtio, pciAddress: '0000:03:00.0'}}]}}}", "" },
	{ "A41: an address on sata",
	  "{domain: {devices: {disks: [{name: root, disk: {bus: sata, pciAddress: '0000:03:00.0'}}]}}}",
	  "spec.template.spec.domain.devices.disks[0].disk.pciAddress: only a disk on virtio has a PCI "
	  "address; set bus to virtio" },
	{ "A41: no address",
	  "{domain: {devices: {disks: [{name: root, disk: {bus: virtio, pciAddress: '03:00.0'}}]}}}",
	  "spec.template.spec.domain.devices.disks[0].disk.pciAddress: \"03:00.0\" is no PCI address; write "
	  "it "
	  "like 0000:81:00.1" },
	{ "A42: a thread on virtio",
	  "{domain: {devices: {disks: [{name: root, dedicatedIOThread: true, disk: {bus: virtio}}]}}}", "" },
	{ "A42: a thread on sata",
	  "{domain: {devices: {disks: [{name: root, dedicatedIOThread: true, disk: {bus: sata}}]}}}",
	  "spec.template.spec.domain.devices.disks[0].dedicatedIOThread: only a disk on virtio can have a "
	  "thread of its own; drop it" },
	{ "A43: orders",
	  "{domain: {devices: {disks: [{name: root, bootOrder: 1}], interfaces: [{name: pod, masquerade: {}, "
	  "bootOrder: 2}]}}}",
	  "" },
	{ "A43: order zero", "{domain: {devices: {disks: [{name: root, bootOrder: 0}]}}}",
	  "spec.template.spec.domain.devices.disks[0].bootOrder: boot order 0 is too small; count from 1" },
	{ "A43: text for an order", "{domain: {devices: {disks: [{name: root, bootOrder: first}]}}}",
	  "spec.template.spec.domain.devices.disks[0].bootOrder: this is text; write a whole number" },
	{ "A43: one order for two",
	  "{domain: {devices: {disks: [{name: root, bootOrder: 1}], interfaces: [{name: pod, masquerade: {}, "
	  "bootOrder: 1}]}}}",
	  "spec.template.spec.domain.devices.interfaces[0].bootOrder: boot order 1 is taken by root; use "
	  "another number" },
	{ "A44: a serial", "{domain: {devices: {disks: [{name: root, serial: WD-1.0_a+b}]}}}", "" },
	{ "A44: a serial with a space", "{domain: {devices: {disks: [{name: root, serial: WD 1}]}}}",
	  "spec.template.spec.domain.devices.disks[0].serial: a serial number holds only letters, digits and "
	  "_.+-; drop the others" },
	{ "A44: a serial that is long",
	  "{domain: {devices: {disks: [{name: root, serial: "
	  "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
	  "aa"
	  "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
	  "aa"
	  "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa}]}}}",
	  "spec.template.spec.domain.devices.disks[0].serial: a serial number has at most 256 characters; "
	  "shorten it" },
	{ "A45: modes", "{domain: {devices: {disks: [{name: root, cache: none, io: native, errorPolicy: report}]}}}",
	  "" },
	{ "A45: a cache that is none", "{domain: {devices: {disks: [{name: root, cache: fast}]}}}",
	  "spec.template.spec.domain.devices.disks[0].cache: \"fast\" is no value of cache; use none, "
	  "writethrough or writeback" },
	{ "A45: an io that is none", "{domain: {devices: {disks: [{name: root, io: io_uring}]}}}",
	  "spec.template.spec.domain.devices.disks[0].io: \"io_uring\" is no value of io; use native or "
	  "threads" },
	{ "A45: a policy that is none", "{domain: {devices: {disks: [{name: root, errorPolicy: retry}]}}}",
	  "spec.template.spec.domain.devices.disks[0].errorPolicy: \"retry\" is no value of errorPolicy; use "
	  "stop, ignore, report or enospace" },
	{ "A46: blocks of 4096",
	  "{domain: {devices: {disks: [{name: root, blockSize: {custom: {logical: 512, physical: 4096, "
	  "discardGranularity: 4096}}}]}}}",
	  "" },
	{ "A46: both ways",
	  "{domain: {devices: {disks: [{name: root, blockSize: {matchVolume: {}, custom: {logical: 512, "
	  "physical: 512}}}]}}}",
	  "spec.template.spec.domain.devices.disks[0].blockSize.matchVolume: matchVolume and custom exclude "
	  "each other; keep one" },
	{ "A46: no power of two",
	  "{domain: {devices: {disks: [{name: root, blockSize: {custom: {logical: 600, physical: 4096}}}]}}}",
	  "spec.template.spec.domain.devices.disks[0].blockSize.custom.logical: 600 is no block size; use a "
	  "power of two from 512 to 2097152" },
	{ "A46: too small",
	  "{domain: {devices: {disks: [{name: root, blockSize: {custom: {logical: 512, physical: 256}}}]}}}",
	  "spec.template.spec.domain.devices.disks[0].blockSize.custom.physical: 256 is no block size; use a "
	  "power of two from 512 to 2097152" },
	{ "A46: the logical larger",
	  "{domain: {devices: {disks: [{name: root, blockSize: {custom: {logical: 4096, physical: 512}}}]}}}",
	  "spec.template.spec.domain.devices.disks[0].blockSize.custom.logical: the logical block is larger "
	  "than the physical one; lower it" },
	{ "A46: on sata",
	  "{domain: {devices: {disks: [{name: root, disk: {bus: sata}, blockSize: {custom: {logical: 4096, "
	  "physical: 4096}}}]}}}",
	  "spec.template.spec.domain.devices.disks[0].blockSize.custom.logical: SATA disks have logical "
	  "blocks "
	  "of 512; use 512 or another bus" },
	{ "A46: discard",
	  "{domain: {devices: {disks: [{name: root, blockSize: {custom: {logical: 4096, physical: 4096, "
	  "discardGranularity: 6000}}}]}}}",
	  "spec.template.spec.domain.devices.disks[0].blockSize.custom.discardGranularity: this is not a "
	  "multiple of the logical block; round it up" },
	{ "A47: shared", "{domain: {ioThreadsPolicy: shared}}", "" },
	{ "A47: unknown", "{domain: {ioThreadsPolicy: own}}",
	  "spec.template.spec.domain.ioThreadsPolicy: \"own\" is no value of ioThreadsPolicy; use shared, "
	  "auto "
	  "or supplementalPool" },
	{ "A47: a pool of four",
	  "{domain: {ioThreadsPolicy: supplementalPool, ioThreads: {supplementalPoolThreadCount: 4}}}", "" },
	{ "A47: a pool of none", "{domain: {ioThreadsPolicy: supplementalPool}}",
	  "spec.template.spec.domain.ioThreads.supplementalPoolThreadCount: ioThreadsPolicy supplementalPool "
	  "needs a number of threads; use 1 or more" },
	{ "A48: a CD-ROM of metrics",
	  "{domain: {devices: {disks: [{name: root, cdrom: {bus: sata}}]}}, volumes: [{name: root, "
	  "downwardMetrics: {}}]}",
	  "spec.template.spec.domain.devices.disks[0].disk: a downwardMetrics volume must be a plain disk; "
	  "write disk: {bus: virtio}\n"
	  "warning: spec.template.spec.volumes[0]: a downwardMetrics volume needs the feature gate "
	  "DownwardMetrics, which is off by default; switch it on in the KubeVirt resource or do without" },
	{ "A48: metrics on sata",
	  "{domain: {devices: {disks: [{name: root, disk: {bus: sata}}]}}, volumes: [{name: root, "
	  "downwardMetrics: {}}]}",
	  "spec.template.spec.domain.devices.disks[0].disk.bus: a downwardMetrics volume must be on virtio; "
	  "set bus to virtio\n"
	  "warning: spec.template.spec.volumes[0]: a downwardMetrics volume needs the feature gate "
	  "DownwardMetrics, which is off by default; switch it on in the KubeVirt resource or do without" },
	{ "A48: metrics on virtio",
	  "{domain: {devices: {disks: [{name: root, disk: {bus: virtio}}]}}, volumes: [{name: root, "
	  "downwardMetrics: {}}]}",
	  "warning: spec.template.spec.volumes[0]: a downwardMetrics volume needs the feature gate "
	  "DownwardMetrics, which is off by default; switch it on in the KubeVirt resource or do without" },
	{ "A49: a hotpluggable disk on scsi",
	  "{domain: {devices: {disks: [{name: root, disk: {bus: scsi}}]}}, volumes: [{name: root, "
	  "dataVolume: "
	  "{name: a, hotpluggable: true}}]}",
	  "" },
	{ "A49: a hotpluggable disk on usb",
	  "{domain: {devices: {disks: [{name: root, disk: {bus: usb}}]}}, volumes: [{name: root, dataVolume: "
	  "{name: a, hotpluggable: true}}]}",
	  "spec.template.spec.domain.devices.disks[0].disk.bus: a hotpluggable disk cannot be on usb; use "
	  "scsi "
	  "or virtio" },
	{ "A49: a hotpluggable LUN on virtio",
	  "{domain: {devices: {disks: [{name: root, lun: {bus: virtio}}]}}, volumes: [{name: root, "
	  "persistentVolumeClaim: {claimName: a, hotpluggable: true}}]}",
	  "spec.template.spec.domain.devices.disks[0].lun.bus: a hotpluggable LUN cannot be on virtio; use "
	  "scsi" },
	{ "A50: a path as a disk",
	  "{domain: {devices: {disks: [{name: root, disk: {}}], filesystems: [{name: root, virtiofs: {}}]}}, "
	  "volumes: [{name: root, containerPath: {path: /a}}]}",
	  "spec.template.spec.domain.devices.disks[0].name: a containerPath volume cannot be a disk; list it "
	  "under devices.filesystems\n"
	  "warning: spec.template.spec.volumes[0].containerPath: a containerPath volume needs the feature "
	  "gate "
	  "ContainerPathVolumes, which is off by default; switch it on in the KubeVirt resource or do "
	  "without" },
	{ "A31: a disk of arm64",
	  "{architecture: arm64, domain: {devices: {disks: [{name: root, disk: {bus: sata}}]}}}",
	  "spec.template.spec.domain.devices.disks[0].disk.bus: arm64 has no disks on sata; use virtio or "
	  "scsi" },
	{ "a list for a mapping", "{domain: {devices: []}}",
	  "spec.template.spec.domain.devices: this is a list; write a mapping\n"
	  "spec.template.spec.networks[0].name: no interface is named pod; add one under "
	  "devices.interfaces" },
};

START_TEST(disks)
{
	admission_cases(good_machine, "spec.template.spec", disks_cases, ARRAY_SIZE(disks_cases));
}
END_TEST

/* A33 */
static char *outcome_of_disks_new(int count)
{
	cleanup(json) json_t *machine = admission_json_new(good_machine);
	cleanup(admission_findings) struct admission_findings findings = ADMISSION_FINDINGS_INIT;
	json_t *instance = json_at(machine, "spec", "template", "spec", NULL);
	json_t *list = json_at(instance, "domain", "devices", "disks", NULL);

	for (int i = 1; i < count; i++) {
		cleanup(free) char *name = string_format("d%d", i);

		json_array_append_new(list, json_pack("{s:s}", "name", name));
		json_array_append_new(json_object_get(instance, "volumes"),
				      json_pack("{s:s, s:{s:s}}", "name", name, "emptyDisk", "capacity", "1Gi"));
	}
	admission_check(machine, &findings);
	return admission_text(&findings);
}

START_TEST(too_many)
{
	cleanup(free) char *most = outcome_of_disks_new(256), *more = outcome_of_disks_new(257);

	ck_assert_str_eq(most, "");
	ck_assert_str_eq(more, "spec.template.spec.domain.devices.disks: 257 disks are too many; use at most 256\n"
			       "spec.template.spec.volumes: 257 volumes are too many; use at most 256");
}
END_TEST

int main(void)
{
	const TTest *const tests[] = { disks, too_many };

	return suite_run("render/admission_disks", tests, ARRAY_SIZE(tests));
}
