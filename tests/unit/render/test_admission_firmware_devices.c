#include "../suite.h"
#include "admission_check.h"

static const struct admission_case firmware_and_devices_cases[] = {
	{ "A83: bios", "{domain: {firmware: {bootloader: {bios: {}}}}}", "" },
	{ "A83: both", "{domain: {firmware: {bootloader: {bios: {}, efi: {secureBoot: false}}}}}",
	  "spec.template.spec.domain.firmware.bootloader: efi and bios exclude each other; keep one" },
	{ "A84: efi without SMM", "{domain: {firmware: {bootloader: {efi: {}}}}}",
	  "spec.template.spec.domain.firmware.bootloader.efi: efi means secure boot, which needs SMM; set "
	  "secureBoot: false, or features.smm: {}" },
	{ "A84: efi with SMM", "{domain: {features: {smm: {}}, firmware: {bootloader: {efi: {}}}}}", "" },
	{ "A84: efi with SMM switched off",
	  "{domain: {features: {smm: {enabled: false}}, firmware: {bootloader: {efi: {secureBoot: true}}}}}",
	  "spec.template.spec.domain.firmware.bootloader.efi: efi means secure boot, which needs SMM; set "
	  "secureBoot: false, or features.smm: {}" },
	{ "A84: efi without secure boot", "{domain: {firmware: {bootloader: {efi: {secureBoot: false}}}}}", "" },
	{ "A31: bios on arm64", "{architecture: arm64, domain: {firmware: {bootloader: {bios: {}}}}}",
	  "spec.template.spec.domain.firmware.bootloader.bios: arm64 boots only by efi; use efi: "
	  "{secureBoot: "
	  "false}" },
	{ "A85: a kernel",
	  "{domain: {firmware: {kernelBoot: {kernelArgs: quiet, container: {image: a, kernelPath: "
	  "/boot/vmlinuz}}}}}",
	  "" },
	{ "A85: arguments alone", "{domain: {firmware: {kernelBoot: {kernelArgs: quiet}}}}",
	  "spec.template.spec.domain.firmware.kernelBoot.kernelArgs: arguments need a kernel to give them "
	  "to; "
	  "give container" },
	{ "A85: no image", "{domain: {firmware: {kernelBoot: {container: {initrdPath: /boot/initrd}}}}}",
	  "spec.template.spec.domain.firmware.kernelBoot.container.image: a kernel needs its image; give "
	  "container.image" },
	{ "A85: no path", "{domain: {firmware: {kernelBoot: {container: {image: a}}}}}",
	  "spec.template.spec.domain.firmware.kernelBoot.container: the image's kernel is not named; give "
	  "kernelPath or initrdPath" },
	{ "A85: a relative path",
	  "{domain: {firmware: {kernelBoot: {container: {image: a, kernelPath: boot/vmlinuz}}}}}",
	  "spec.template.spec.domain.firmware.kernelBoot.container.kernelPath: \"boot/vmlinuz\" is no "
	  "absolute "
	  "path of a file; begin it with / and leave out . and .." },
	{ "A86: a table",
	  "{domain: {firmware: {acpi: {slicNameRef: root}}}, volumes: [{name: root, secret: {secretName: "
	  "a}}]}",
	  "" },
	{ "A86: no table", "{domain: {firmware: {acpi: {}}}}",
	  "spec.template.spec.domain.firmware.acpi: acpi names no table; give slicNameRef or msdmNameRef, or "
	  "drop it" },
	{ "A86: no volume", "{domain: {firmware: {acpi: {slicNameRef: slic}}}}",
	  "spec.template.spec.domain.firmware.acpi.slicNameRef: no volume is named slic; add one with a "
	  "secret" },
	{ "A86: a volume that is no Secret", "{domain: {firmware: {acpi: {msdmNameRef: root}}}}",
	  "spec.template.spec.domain.firmware.acpi.msdmNameRef: the volume root is no secret; an ACPI table "
	  "must be one" },
	{ "A87: a tablet", "{domain: {devices: {inputs: [{name: a, type: tablet, bus: usb}]}}}", "" },
	{ "A87: a keyboard", "{domain: {devices: {inputs: [{name: a, type: keyboard}]}}}",
	  "spec.template.spec.domain.devices.inputs[0].type: \"keyboard\" is no value of type; use tablet" },
	{ "A87: no type", "{domain: {devices: {inputs: [{name: a}]}}}",
	  "spec.template.spec.domain.devices.inputs[0].type: an input device needs a type; use tablet" },
	{ "A87: another bus", "{domain: {devices: {inputs: [{name: a, type: tablet, bus: ps2}]}}}",
	  "spec.template.spec.domain.devices.inputs[0].bus: \"ps2\" is no value of bus; use usb or virtio" },
	{ "A88: bochs", "{domain: {devices: {video: {type: bochs}}}}", "" },
	{ "A88: qxl", "{domain: {devices: {video: {type: qxl}}}}",
	  "spec.template.spec.domain.devices.video.type: \"qxl\" is no value of type; use vga, cirrus, "
	  "virtio, "
	  "ramfb or bochs" },
	{ "A88: no type", "{domain: {devices: {video: {}}}}",
	  "spec.template.spec.domain.devices.video.type: a video device needs a type; use virtio" },
	{ "A88: vga on arm64", "{architecture: arm64, domain: {devices: {video: {type: vga}}}}",
	  "spec.template.spec.domain.devices.video.type: \"vga\" is no value of type; use virtio or ramfb" },
	{ "A88: without graphics", "{domain: {devices: {autoattachGraphicsDevice: false, video: {type: vga}}}}",
	  "spec.template.spec.domain.devices.video: there is no video without graphics; drop it, or "
	  "autoattachGraphicsDevice: false" },
	{ "A89: a watchdog", "{domain: {devices: {watchdog: {name: a, i6300esb: {action: reset}}}}}", "" },
	{ "A89: a watchdog that does what none does",
	  "{domain: {devices: {watchdog: {name: a, i6300esb: {action: reboot}}}}}",
	  "spec.template.spec.domain.devices.watchdog.i6300esb.action: \"reboot\" is no value of action; use "
	  "poweroff, reset or shutdown" },
	{ "A89: another's watchdog", "{domain: {devices: {watchdog: {name: a, diag288: {action: reset}}}}}",
	  "spec.template.spec.domain.devices.watchdog: amd64 has only the watchdog i6300esb; use it" },
	{ "A89: a watchdog of s390x", "{architecture: s390x, domain: {devices: {watchdog: {name: a, diag288: {}}}}}",
	  "" },
	{ "A31: a watchdog on arm64", "{architecture: arm64, domain: {devices: {watchdog: {name: a, i6300esb: {}}}}}",
	  "spec.template.spec.domain.devices.watchdog: arm64 has no watchdog; drop it" },
	{ "A89: sound", "{domain: {devices: {sound: {name: a, model: ich9}}}}", "" },
	{ "A89: sound of no model", "{domain: {devices: {sound: {name: a, model: sb16}}}}",
	  "spec.template.spec.domain.devices.sound.model: \"sb16\" is no value of model; use ich9 or ac97" },
	{ "A89: sound without a name", "{domain: {devices: {sound: {}}}}",
	  "spec.template.spec.domain.devices.sound.name: a sound device needs a name; give one" },
	{ "A31: sound on arm64", "{architecture: arm64, domain: {devices: {sound: {name: a}}}}",
	  "spec.template.spec.domain.devices.sound: arm64 has no sound device; drop it" },
	{ "A91: VSOCK", "{domain: {devices: {autoattachVSOCK: true}}}",
	  "warning: spec.template.spec.domain.devices.autoattachVSOCK: autoattachVSOCK needs the feature "
	  "gate "
	  "VSOCK, which is off by default; switch it on in the KubeVirt resource or do without" },
	{ "A91: no VSOCK", "{domain: {devices: {autoattachVSOCK: false}}}", "" },
	{ "A91: a device of the host", "{domain: {devices: {hostDevices: [{name: a, deviceName: b}]}}}",
	  "warning: spec.template.spec.domain.devices.hostDevices: a device of the host needs the feature "
	  "gate "
	  "HostDevices, which is off by default; switch it on in the KubeVirt resource or do without" },
	{ "A91: metrics", "{domain: {devices: {downwardMetrics: {}}}}",
	  "warning: spec.template.spec.domain.devices.downwardMetrics: downwardMetrics needs the feature "
	  "gate "
	  "DownwardMetrics, which is off by default; switch it on in the KubeVirt resource or do without" },
	{ "A91: overhead", "{domain: {memory: {reservedOverhead: {}}}}",
	  "warning: spec.template.spec.domain.memory.reservedOverhead: reservedOverhead needs the feature "
	  "gate "
	  "ReservedOverheadMemlock, which is off by default; switch it on in the KubeVirt resource or do "
	  "without" },
	{ "A92: a panic device", "{domain: {devices: {panicDevices: [{model: isa}, {}]}}}", "" },
	{ "A92: an unknown one", "{domain: {devices: {panicDevices: [{model: serial}]}}}",
	  "spec.template.spec.domain.devices.panicDevices[0].model: \"serial\" is no value of model; use "
	  "hyperv, "
	  "isa or pvpanic" },
	{ "A92: on s390x", "{architecture: s390x, domain: {devices: {panicDevices: [{}]}}}",
	  "spec.template.spec.domain.devices.panicDevices: s390x has no panic devices; drop them" },
	{ "A93: an account",
	  "{serviceAccountName: a, volumes: [{name: root, serviceAccount: {serviceAccountName: a}}]}", "" },
	{ "A93: two accounts",
	  "{serviceAccountName: a, volumes: [{name: root, serviceAccount: {serviceAccountName: b}}]}",
	  "spec.template.spec.volumes[0].serviceAccount.serviceAccountName: the machine's service account is "
	  "a; name the same one here" },
	{ "A93: no name", "{serviceAccountName: A_b}",
	  "spec.template.spec.serviceAccountName: \"A_b\" cannot be a service account's name; use lower-case "
	  "letters, digits, dashes and dots" },
};

START_TEST(firmware_and_devices)
{
	admission_cases(good_machine, "spec.template.spec", firmware_and_devices_cases,
			ARRAY_SIZE(firmware_and_devices_cases));
}
END_TEST

START_TEST(launch_security)
{
	static const struct admission_case cases[] = {
		{ "A90: SEV",
		  "{domain: {launchSecurity: {sev: {}}, firmware: {bootloader: {efi: {secureBoot: false}}}}}", "" },
		{ "A90: nothing", "{domain: {launchSecurity: {}}}",
		  "spec.template.spec.domain.launchSecurity: launchSecurity is exactly one of sev, snp and tdx; give "
		  "one" },
		{ "A90: two", "{domain: {launchSecurity: {sev: {}, snp: {}}}}",
		  "spec.template.spec.domain.launchSecurity: launchSecurity is exactly one of sev, snp and tdx; give "
		  "one" },
		{ "A90: without UEFI", "{domain: {launchSecurity: {snp: {}}}}",
		  "spec.template.spec.domain.launchSecurity: launchSecurity needs UEFI; give "
		  "firmware.bootloader.efi" },
		{ "A90: with secure boot",
		  "{domain: {launchSecurity: {sev: {}}, features: {smm: {}}, firmware: {bootloader: {efi: {}}}}}",
		  "spec.template.spec.domain.firmware.bootloader.efi.secureBoot: secure boot does not go with "
		  "launchSecurity; set it to false" },
		{ "A90: persistent variables",
		  "{domain: {launchSecurity: {snp: {}}, firmware: {bootloader: {efi: {secureBoot: false, persistent: "
		  "true}}}}}",
		  "spec.template.spec.domain.firmware.bootloader.efi.persistent: persistent UEFI variables do not go "
		  "with launchSecurity; drop it" },
		{ "A90: TDX", "{domain: {launchSecurity: {tdx: {}}, firmware: {bootloader: {efi: {}}}}}",
		  "warning: spec.template.spec.domain.launchSecurity: tdx needs the feature gate "
		  "WorkloadEncryptionTDX, which is off by default; switch it on in the KubeVirt resource or do "
		  "without" },
		{ "A90: TDX with SMM",
		  "{domain: {launchSecurity: {tdx: {}}, features: {smm: {}}, firmware: {bootloader: {efi: {}}}}}",
		  "warning: spec.template.spec.domain.launchSecurity: tdx needs the feature gate "
		  "WorkloadEncryptionTDX, which is off by default; switch it on in the KubeVirt resource or do "
		  "without\n"
		  "spec.template.spec.domain.features.smm: SMM does not go with tdx; drop features.smm" },
		{ "A90: attestation",
		  "{domain: {launchSecurity: {sev: {attestation: {}}}, firmware: {bootloader: {efi: {secureBoot: "
		  "false}}}}}",
		  "spec.template.spec.domain.launchSecurity.sev.attestation: attestation needs a machine that starts "
		  "paused; set startStrategy: Paused" },
		{ "A90: attestation of a paused machine",
		  "{startStrategy: Paused, domain: {launchSecurity: {sev: {attestation: {}}}, firmware: {bootloader: "
		  "{efi: {secureBoot: false}}}}}",
		  "" },
		{ "A90: network boot",
		  "{domain: {launchSecurity: {sev: {}}, devices: {interfaces: [{name: pod, masquerade: {}, "
		  "bootOrder: "
		  "1}]}, firmware: {bootloader: {efi: {secureBoot: false}}}}}",
		  "spec.template.spec.domain.devices.interfaces[0].bootOrder: launchSecurity cannot boot from the "
		  "network; drop bootOrder" },
		{ "A90: on arm64", "{architecture: arm64, domain: {launchSecurity: {sev: {}}}}",
		  "spec.template.spec.domain.launchSecurity: arm64 has no launchSecurity; drop it" },
	};

	admission_cases(good_machine, "spec.template.spec", cases, ARRAY_SIZE(cases));
}
END_TEST

int main(void)
{
	const TTest *const tests[] = { firmware_and_devices, launch_security };

	return suite_run("render/admission_firmware_devices", tests, ARRAY_SIZE(tests));
}
