/* What is wrong under `vm:`, and in which words and at which place it is told. */
#include "render/lab/lab.h"

#include "tests/unit/render/vm_check.h"
#include "tests/unit/suite.h"

struct refusal {
	const char *name, *text; /* after VM_HEAD */
	size_t line, column;
	const char *message; /* of the only complaint */
};

static const struct refusal refusals[] = {
	{ "disk without a name", VM("disks:") VM("- size: 1Gi"), 12, 11, "disks[0] has no name; add it" },
	{ "disk name of labsync's", VM("disks:") VM("- {name: root, size: 1Gi}"), 12, 18,
	  "name \"root\" is that of a disk which labsync makes; choose another" },
	{ "disk name of cloud-init's", VM("disks:") VM("- {name: cloudinit, size: 1Gi}"), 12, 18,
	  "name \"cloudinit\" is that of a disk which labsync makes; choose another" },
	{ "disk name form", VM("disks:") VM("- {name: Data, size: 1Gi}"), 12, 18,
	  "name \"Data\" must be at most 63 lower-case letters, digits and \"-\", with a letter or digit at both "
	  "ends" },
	{ "disk names twice", VM("disks:") VM("- {name: a, size: 1Gi}") VM("- {name: a, size: 1Gi}"), 13, 18,
	  "two disks are named \"a\"; rename one" },
	{ "disk with pvc and size", VM("disks:") VM("- {name: a, pvc: data, size: 1Gi}"), 12, 38,
	  "disk \"a\" has a pvc, so it takes no size; keep one" },
	{ "disk with pvc and image", VM("disks:") VM("- {name: a, pvc: data, image: docker://x}"), 12, 39,
	  "disk \"a\" has a pvc, so it takes no image; keep one" },
	{ "disk of an image without size", VM("disks:") VM("- {name: a, image: docker://x}"), 12, 28,
	  "disk \"a\" has an image but no size; add e.g. \"size: 10Gi\"" },
	{ "disk of nothing", VM("disks:") VM("- {name: a}"), 12, 11,
	  "disk \"a\" has no content; add size for a blank disk, image and size, or pvc" },
	{ "disk of an image that no registry has", VM("disks:") VM("- {name: a, image: docker://Debian, size: 1Gi}"),
	  12, 28, "image is no reference to a container image: its repository has capitals; write it in lower case" },
	{ "lun on sata", VM("disks:") VM("- {name: a, type: lun, pvc: b, bus: sata}"), 12, 45,
	  "disk \"a\" is a lun, which cannot be on sata; use scsi" },
	{ "lun without pvc", VM("disks:") VM("- {name: a, type: lun, size: 1Gi}"), 12, 27,
	  "disk \"a\" is a lun, so it needs a pvc; add it, or use type disk" },
	{ "blank cdrom", VM("disks:") VM("- {name: a, type: cdrom, size: 1Gi}"), 12, 40,
	  "disk \"a\" is a cdrom, which is never blank; add its image, or remove size for an empty drive" },
	{ "cdrom on virtio", VM("disks:") VM("- {name: a, type: cdrom, bus: virtio}"), 12, 39,
	  "disk \"a\" is a cdrom, which KubeVirt refuses on virtio; use sata, scsi or usb" },
	{ "writable cdrom", VM("disks:") VM("- {name: a, type: cdrom, readOnly: false}"), 12, 44,
	  "disk \"a\" is a cdrom, which is always read-only; remove readOnly, or use type disk" },
	{ "ide", VM("disks:") VM("- {name: a, size: 1Gi, bus: ide}"), 12, 37,
	  "bus ide is not supported by KubeVirt; use sata, which guests of that age know, or virtio" },
	{ "unknown bus", VM("disks:") VM("- {name: a, size: 1Gi, bus: nvme}"), 12, 37,
	  "bus \"nvme\" is not known; use virtio, sata, scsi or usb" },
	{ "misspelt type", VM("disks:") VM("- {name: a, size: 1Gi, type: cdron}"), 12, 38,
	  "type \"cdron\" is not known; did you mean \"cdrom\"?" },
	{ "read-only sata", VM("disks:") VM("- {name: a, pvc: b, bus: sata, readOnly: true}"), 12, 50,
	  "disk \"a\" is on sata, where disks cannot be readOnly; use bus virtio or scsi" },
	{ "hotpluggable cdrom", VM("disks:") VM("- {name: a, type: cdrom, hotpluggable: true}"), 12, 48,
	  "disk \"a\" is a cdrom, which cannot be hotpluggable; remove it, or use type disk" },
	{ "hotpluggable on usb", VM("disks:") VM("- {name: a, size: 1Gi, bus: usb, hotpluggable: true}"), 12, 37,
	  "disk \"a\" is hotpluggable, which needs bus virtio or scsi" },
	{ "hotpluggable lun on virtio",
	  VM("disks:") VM("- {name: a, type: lun, pvc: b, bus: virtio, hotpluggable: true}"), 12, 45,
	  "disk \"a\" is hotpluggable, which needs bus scsi" },
	{ "checksum without image",
	  VM("disks:") VM("- {name: a, size: 1Gi, checksum: 'md5:00112233445566778899aabbccddeeff'}"), 12, 42,
	  "disk \"a\" has no image that checksum could be for; add image, or remove it" },
	{ "storageClass beside pvc", VM("disks:") VM("- {name: a, pvc: b, storageClass: fast}"), 12, 43,
	  "storageClass is of disks that labsync makes, and disk \"a\" is none; remove it" },
	{ "shareable and cached", VM("disks:") VM("- {name: a, pvc: b, shareable: true, cache: writeback}"), 12, 53,
	  "disk \"a\" is shareable, so its cache must be none; remove cache" },
	{ "pvc twice", VM("disks:") VM("- {name: a, pvc: data}") VM("- {name: b, pvc: data}"), 13, 26,
	  "pvc \"data\" is disk \"a\" already; keep one" },
	{ "serial characters", VM("disks:") VM("- {name: a, size: 1Gi, serial: 'a b'}"), 12, 40,
	  "serial \"a b\" must be 1 to 256 letters, digits, \"_\", \".\", \"+\" and \"-\"" },
	{ "long serial", VM("disks:") VM("- {name: a, size: 1Gi, serial: abcdefghijklmnopqrstu}"), 12, 40,
	  "serial of disk \"a\" has 21 characters, but on virtio the guest sees the first 20" },
	{ "bootOrder 0", VM("disks:") VM("- {name: a, size: 1Gi, bootOrder: 0}"), 12, 43,
	  "bootOrder must be a whole number from 1 to 999, not 0" },
	{ "bootOrder twice",
	  VM("disks:") VM("- {name: a, size: 1Gi, bootOrder: 2}") VM("- {name: b, size: 1Gi, bootOrder: 2}"), 13, 43,
	  "bootOrder 2 is that of disk \"a\" already; change one of them" },
	{ "bootOrder of the root disk",
	  VM("diskBootOrder: 2") VM("disks:") VM("- {name: a, size: 1Gi, bootOrder: 2}"), 13, 43,
	  "bootOrder 2 is the root disk's by diskBootOrder; change one of them" },
	{ "disks no list", VM("disks: {name: a}"), 11, 16, "disks must be a list, not a mapping" },
	{ "diskBus ide", VM("diskBus: ide"), 11, 18,
	  "diskBus ide is not supported by KubeVirt; use sata, which guests of that age know, or virtio" },
	{ "diskSerial", VM("diskSerial: ä"), 11, 21,
	  "diskSerial \"ä\" must be 1 to 256 letters, digits, \"_\", \".\", \"+\" and \"-\"" },
	{ "checksum without algorithm", VM("checksum: 'crc:0011'"), 11, 19,
	  "checksum \"crc:0011\" is no checksum; write md5:, sha1:, sha256: or sha512: and the digits" },
	{ "checksum too short", VM("checksum: sha256:0011"), 11, 19,
	  "checksum must have 64 hexadecimal digits after \"sha256:\", but has 4 characters" },
	{ "checksum of a container disk", VM("checksum: md5:00112233445566778899aabbccddeeff"), 11, 19,
	  "checksum is for images of http:// and https://; a container disk is pinned by its digest, as in "
	  "docker://NAME@sha256:DIGEST" },
	{ "accessMode", VM("accessMode: RWO"), 11, 21,
	  "accessMode \"RWO\" is not known; use ReadWriteOnce, ReadWriteMany or ReadWriteOncePod" },
	{ "volumeMode", VM("volumeMode: block"), 11, 21,
	  "volumeMode \"block\" is not known; did you mean \"Block\"?" },
	{ "diskPolicy", VM("diskPolicy: Keep"), 11, 21, "diskPolicy \"Keep\" is not known; use Retain or Delete" },
	{ "imageSecret", VM("imageSecret: My_Secret"), 11, 22,
	  "imageSecret \"My_Secret\" is no name of a Kubernetes object; use lower-case letters, digits, \"-\" and "
	  "\".\", with a letter or digit at both ends" },
	{ "sockets beyond maxSockets", VM("cpuTopology: {sockets: 4, maxSockets: 2}"), 11, 47,
	  "maxSockets is 2, but there are 4 sockets already; raise it, or remove it" },
	{ "cpu and cpuTopology differ", VM("cpu: 4") VM("cpuTopology: {sockets: 2, cores: 4}"), 11, 14,
	  "cpu is 4, but cpuTopology makes 8 cores; remove cpu, or make them agree" },
	{ "too many cores", VM("cpuTopology: {sockets: 64, cores: 64}"), 11, 22,
	  "cpuTopology makes 4096 cores; at most 512 are taken" },
	{ "threads with cpuPin", VM("cpuPin: true") VM("cpuTopology: {threads: 4}"), 12, 32,
	  "threads is 4, but with cpuPin at most 2 are taken; use more cores" },
	{ "topology of zero", VM("cpuTopology: {cores: 0}"), 11, 30,
	  "cores must be a whole number from 1 to 512, not 0" },
	{ "cpuModel", VM("cpuModel: host model"), 11, 19,
	  "cpuModel \"host model\" is no name of a processor; write it like host-model or Skylake-Server" },
	{ "cpu feature's policy", VM("cpuFeatures: [{name: vmx, policy: requires}]"), 11, 43,
	  "policy \"requires\" is not known; did you mean \"require\"?" },
	{ "cpu feature without name", VM("cpuFeatures: [{policy: require}]"), 11, 23,
	  "cpuFeatures[0] has no name; add it" },
	{ "cpu feature twice", VM("cpuFeatures: [{name: vmx}, {name: vmx}]"), 11, 43,
	  "feature \"vmx\" is listed twice; keep one" },
	{ "instancetype without name", VM("instancetype: {kind: VirtualMachineInstancetype}"), 11, 23,
	  "instancetype has no name; add it" },
	{ "instancetype's kind", VM("instancetype: {name: a, kind: VirtualMachineInstanceType}"), 11, 39,
	  "kind \"VirtualMachineInstanceType\" is not known; did you mean \"VirtualMachineInstancetype\"?" },
	{ "cpu beside instancetype", VM("instancetype: {name: a}") VM("cpu: 2"), 12, 14,
	  "cpu does not go with an instancetype, which decides it; remove one of them" },
	{ "memory beside instancetype", VM("memory: 1Gi") VM("instancetype: {name: a}"), 11, 17,
	  "memory does not go with an instancetype, which decides it; remove one of them" },
	{ "affinity's operator",
	  VM("placement:") VM("  affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {")
		  VM("    nodeSelectorTerms: [{matchExpressions: [{key: a, operator: Exists}, {key: a, operator: "
		     "Is}]}]}}}"),
	  13, 100,
	  "affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[0].matchExpressions"
	  "[1].operator: \"Is\" is no value of operator; use In, NotIn, Exists, DoesNotExist, Gt or Lt" },
	{ "preference without name", VM("preference: {}"), 11, 21, "preference has no name; add it" },
	{ "secureBoot without efi", VM("firmware: {secureBoot: true}"), 11, 32,
	  "secureBoot needs UEFI; add \"bootloader: efi\", or remove it" },
	{ "uuid of replicas", VM("replicas: 2") VM("firmware: {uuid: 5d307ca9-b3ef-428c-8861-06e72d69f223}"), 12, 26,
	  "uuid cannot be that of each of 2 replicas; remove it, and each gets one of its own" },
	{ "persistent with bios", VM("firmware: {bootloader: bios, persistent: true}"), 11, 50,
	  "persistent needs UEFI; add \"bootloader: efi\", or remove it" },
	{ "bootloader", VM("firmware: {bootloader: uefi}"), 11, 32,
	  "bootloader \"uefi\" is not known; did you mean \"efi\"?" },
	{ "uuid", VM("firmware: {uuid: 1234}"), 11, 26, "uuid must be a string; write it in quotes" },
	{ "uuid form", VM("firmware: {uuid: 6a1a24a1-4061-4607-8bf4-a3963d0c589}"), 11, 26,
	  "uuid \"6a1a24a1-4061-4607-8bf4-a3963d0c589\" is no UUID; write it like "
	  "6a1a24a1-4061-4607-8bf4-a3963d0c5895" },
	{ "machine of old", VM("machine: pc"), 11, 18,
	  "machine \"pc\" is not supported by KubeVirt; use q35, with disks on sata if the guest knows no virtio" },
	{ "machine form", VM("machine: q35 new"), 11, 18,
	  "machine \"q35 new\" is no name of a machine; write it like q35" },
	{ "machine of another architecture", VM("architecture: arm64") VM("machine: q35"), 12, 18,
	  "machine q35 is of amd64, not of arm64; use virt" },
	{ "architecture", VM("architecture: x86_64"), 11, 23,
	  "architecture \"x86_64\" is not known; use amd64, arm64 or s390x" },
	{ "bios on arm64", VM("architecture: arm64") VM("firmware: {bootloader: bios}"), 12, 32,
	  "bootloader bios does not exist on arm64; use efi" },
	{ "cpuModel on arm64", VM("architecture: arm64") VM("cpuModel: host-model"), 12, 19,
	  "cpuModel of arm64 can only be host-passthrough; use that, or remove it" },
	{ "diskBus on arm64", VM("diskBus: sata") VM("architecture: arm64"), 11, 18,
	  "diskBus sata does not exist on arm64; use virtio or scsi" },
	{ "disk's bus on arm64", VM("architecture: arm64") VM("disks:") VM("- {name: a, type: cdrom, bus: sata}"), 13,
	  39, "bus sata does not exist on arm64; use scsi" },
	{ "threads with cpuPin on arm64",
	  VM("architecture: arm64") VM("cpuPin: true") VM("cpuTopology: {threads: 2}"), 13, 32,
	  "threads is 2, but on arm64 with cpuPin only 1 is taken; use more cores" },
	{ "passwd and hash", VM("passwd: a") VM("passwdHash: $1$abc$0123456789012345678901"), 12, 21,
	  "passwd and passwdHash exclude each other; keep one" },
	{ "passwd and Secret", VM("passwdSecret: a") VM("passwd: b"), 12, 17,
	  "passwdSecret and passwd exclude each other; keep one" },
	{ "hash that is none", VM("passwdHash: lab123"), 11, 21,
	  "passwdHash is no password hash of crypt(5); it is a hash like $6$SALT$HASH, in single quotes; `mkpasswd "
	  "-m sha-512` makes one" },
	{ "hash cut short", VM("passwdHash: $6$salt$short"), 11, 21,
	  "passwdHash is no password hash of crypt(5); it is a hash like $6$SALT$HASH, in single quotes; `mkpasswd "
	  "-m sha-512` makes one" },
	{ "key of unknown type", VM("sshKeys:") VM("- ssh-foo AAAA"), 12, 11,
	  "key of sshKeys does not begin with the type of a key; write the line of the .pub file, like \"ssh-ed25519 "
	  "AAAA... name\", without options" },
	{ "key with options", VM("sshKeys:") VM("- 'no-pty ssh-rsa AAAA'"), 12, 11,
	  "key of sshKeys does not begin with the type of a key; write the line of the .pub file, like \"ssh-ed25519 "
	  "AAAA... name\", without options" },
	{ "key that is damaged", VM("sshKeys:") VM("- ssh-ed25519 AAAAC3NzaC1lZDI1NTE5"), 12, 11,
	  "key of sshKeys is cut short or damaged, since its middle part is no key of type ssh-ed25519; copy the "
	  "whole line of the .pub file" },
	{ "key of another type than it says",
	  VM("sshKeys:") VM("- ssh-rsa AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f"), 12, 11,
	  "key of sshKeys is cut short or damaged, since its middle part is no key of type ssh-rsa; copy the whole "
	  "line of the .pub file" },
	{ "private key", VM("sshKeys:") VM("- |") VM("  -----BEGIN OPENSSH PRIVATE KEY-----") VM("  b3BlbnNz"), 12,
	  11,
	  "key of sshKeys is a private key, which must not be in Git: replace it everywhere, and give the line of "
	  "the .pub file" },
	{ "DSA key", VM("sshKeys: [ssh-dss AAAAB3NzaC1kc3M=]"), 11, 19,
	  "key of sshKeys is a DSA key, which OpenSSH no longer takes; use an ssh-ed25519 key" },
	{ "credential of nothing", VM("accessCredentials:") VM("- {method: noCloud}"), 12, 11,
	  "access credential names no Secret; add sshPublicKeySecret or userPasswordSecret" },
	{ "credential of both", VM("accessCredentials:") VM("- {sshPublicKeySecret: a, userPasswordSecret: b}"), 12,
	  55, "sshPublicKeySecret and userPasswordSecret exclude each other; make an entry of each" },
	{ "password by noCloud", VM("accessCredentials:") VM("- {userPasswordSecret: b, method: noCloud}"), 12, 43,
	  "passwords take no method but qemuGuestAgent; remove method" },
	{ "users of a password", VM("accessCredentials:") VM("- {userPasswordSecret: b, users: [a]}"), 12, 42,
	  "users are only of keys with method qemuGuestAgent; remove them: the keys of the Secret name the users" },
	{ "a Secret twice",
	  VM("accessCredentials:") VM("- {sshPublicKeySecret: b, method: noCloud}")
		  VM("- {sshPublicKeySecret: b, users: [a]}"),
	  13, 32,
	  "Secret \"b\" is in another access credential already, and KubeVirt mounts each once only; put the users "
	  "together, or name a copy of it" },
	{ "a Secret with a dot", VM("accessCredentials:") VM("- {sshPublicKeySecret: b.c}"), 12, 32,
	  "Secret \"b.c\" cannot be mounted, as KubeVirt names a volume after it; name one of at most 51 lower-case "
	  "letters, digits and \"-\"" },
	{ "a Secret of 52 characters",
	  VM("accessCredentials:") VM("- {userPasswordSecret: bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb}"),
	  12, 32,
	  "Secret \"bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb\" cannot be mounted, as KubeVirt names a "
	  "volume after it; name one of at most 51 lower-case letters, digits and \"-\"" },
	{ "no users", VM("accessCredentials:") VM("- {sshPublicKeySecret: b, users: []}"), 12, 42,
	  "users has 0 entries; at least 1 are needed" },
	{ "configDrive with cloud-init",
	  VM("accessCredentials:") VM("- {sshPublicKeySecret: b, method: configDrive}"), 12, 11,
	  "method configDrive needs init: ignition, or cloudInit.type ConfigDrive; use noCloud or qemuGuestAgent" },
	{ "noCloud with ignition",
	  VM("init: ignition") VM("accessCredentials:") VM("- {sshPublicKeySecret: b, method: noCloud}"), 13, 11,
	  "method noCloud needs init: cloud-init, with cloudInit.type NoCloud; use configDrive or qemuGuestAgent" },
	{ "cloudInit with ignition", VM("init: ignition") VM("cloudInit: {userData: {users: []}}"), 12, 20,
	  "cloudInit needs init: cloud-init; set that, or remove it" },
	{ "cloudInit beside ignition", VM("init: ignition") VM("cloudInit: {secret: a}"), 12, 20,
	  "cloudInit needs init: cloud-init; set that, or remove it" },
	{ "ignition with cloud-init", VM("ignition: {secret: a}"), 11, 19,
	  "ignition needs init: ignition; set that, or remove it" },
	{ "cloudInit of nothing", VM("cloudInit: {}"), 11, 20, "cloudInit is empty; add userData, file or secret" },
	{ "cloudInit of two", VM("cloudInit: {secret: a, userData: '#!/bin/sh'}"), 11, 42,
	  "secret and userData exclude each other; keep one" },
	{ "userData that is a list", VM("cloudInit: {userData: [a]}"), 11, 31,
	  "userData must be a string or a mapping, not a list" },
	{ "userData that is empty", VM("cloudInit: {userData: ''}"), 11, 31,
	  "userData is empty; write something, or remove it" },
	{ "userData without a mark", VM("cloudInit: {userData: 'packages: [frr]'}"), 11, 32,
	  "userData does not say what it is, and cloud-init would not run it; begin it with #cloud-config, or with "
	  "#!/bin/sh for a script" },
	{ "key of cloud-config that is misspelt", VM("cloudInit:") VM("  userData:") VM("    pakages: [frr]"), 13, 13,
	  "cloud-init does not know \"pakages\" in a cloud-config; did you mean \"packages\"?" },
	{ "key of cloud-config far from all", VM("cloudInit:") VM("  userData:") VM("    zebra: 1"), 13, 13,
	  "cloud-init does not know \"zebra\" in a cloud-config; it would be without effect" },
	{ "network in cloud-config", VM("cloudInit:") VM("  userData:") VM("    network: {version: 2}"), 13, 13,
	  "network has no effect in user data; set addrs, routes and dns on the VM's links, from which labsync makes "
	  "the network configuration" },
	{ "list of cloud-config that is text", VM("cloudInit:") VM("  userData:") VM("    runcmd: reboot"), 13, 21,
	  "runcmd of a cloud-config must be a list, not a string" },
	{ "mapping of cloud-config that is a list",
	  VM("cloudInit:") VM("  userData: |") VM("    #cloud-config") VM("    power_state: [reboot]"), 14, 26,
	  "power_state of a cloud-config must be a mapping, not a list" },
	{ "key of cloud-config text",
	  VM("cloudInit:") VM("  userData: |") VM("    #cloud-config") VM("    packages: [frr]")
		  VM("    runcmds: [reboot]"),
	  15, 13, "cloud-init does not know \"runcmds\" in a cloud-config; did you mean \"runcmd\"?" },
	{ "cloud-config text that is no YAML",
	  VM("cloudInit:") VM("  userData: |") VM("    #cloud-config") VM("    packages: [frr"), 14, 26,
	  "userData is no cloud-config: a list in [ ] needs \",\" or \"]\" here; add it, or close the list" },
	{ "cloud-config text that is a list",
	  VM("cloudInit:") VM("  userData: |") VM("    #cloud-config") VM("    - frr"), 14, 13,
	  "userData is no cloud-config: it must be a mapping, not a list" },
	{ "cloud-config text of nothing", VM("cloudInit:") VM("  userData: '#cloud-config'"), 12, 22,
	  "userData is no cloud-config: it is empty; write something" },
	{ "archive that is a mapping",
	  VM("cloudInit:") VM("  userData: |") VM("    #cloud-config-archive") VM("    a: b"), 14, 13,
	  "userData is no cloud-config-archive: it must be a list, not a mapping" },
	{ "Secret beside user", VM("user: me") VM("cloudInit: {secret: a}"), 11, 15,
	  "user has no effect, since the Secret of cloudInit is used as it is; put it into the Secret" },
	{ "file without a lookup", VM("cloudInit: {file: a.yaml}"), 11, 27,
	  "file \"a.yaml\" cannot be read, since no folder of labs is known here; write the text itself, or read the "
	  "lab from a file" },
	{ "ignition without version", VM("init: ignition") VM("ignition: {config: {passwd: {}}}"), 12, 28,
	  "config has no ignition.version; add e.g. \"ignition: {version: 3.4.0}\"" },
	{ "ignition's key that is misspelt",
	  VM("init: ignition") VM("ignition:") VM("  config: {ignition: {version: 3.4.0}, storag: {}}"), 13, 48,
	  "Ignition does not know \"storag\"; did you mean \"storage\"?" },
	{ "ignition's key far from all",
	  VM("init: ignition") VM("ignition:") VM("  config: {ignition: {version: 3.4.0}, zebra: {}}"), 13, 48,
	  "Ignition does not know \"zebra\"; it would be without effect" },
	{ "ignition of version 2", VM("init: ignition") VM("ignition: {config: {ignition: {version: 2.3.0}}}"), 12,
	  49, "ignition.version of config must be 3.x, like 3.4.0, not \"2.3.0\"" },
	{ "Butane", VM("init: ignition") VM("ignition:") VM("  config: {variant: fcos, version: 1.5.0}"), 13, 20,
	  "config is a Butane config; translate it with `butane`, and give the Ignition config that it writes" },
	{ "ignition text that is YAML",
	  VM("init: ignition") VM("ignition:") VM("  config: |") VM("    ignition: {version: 3.4.0}"), 14, 13,
	  "config must be JSON, as Ignition reads it; write it as JSON, or as a mapping in the lab" },
	{ "hostname", VM("hostname: R1.lab"), 11, 19,
	  "hostname \"R1.lab\" must be at most 63 lower-case letters, digits and \"-\", with a letter or digit at "
	  "both ends" },
	{ "runStrategy", VM("runStrategy: always"), 11, 22,
	  "runStrategy \"always\" is not known; did you mean \"Always\"?" },
	{ "restartPolicy", VM("restartPolicy: Never"), 11, 24,
	  "restartPolicy \"Never\" is not known; use Manual or Automatic" },
	{ "evictionStrategy", VM("evictionStrategy: Migrate"), 11, 27,
	  "evictionStrategy \"Migrate\" is not known; use None, LiveMigrate, LiveMigrateIfPossible or External" },
	{ "grace", VM("terminationGracePeriodSeconds: -1"), 11, 40,
	  "terminationGracePeriodSeconds must be a whole number from 0 to 86400, not -1" },
	{ "probe without handler", VM("readinessProbe: {periodSeconds: 5}"), 11, 25,
	  "readinessProbe does not say what to ask; add httpGet, tcpSocket, exec or guestAgentPing" },
	{ "probe with two handlers", VM("readinessProbe: {tcpSocket: {port: 22}, guestAgentPing: {}}"), 11, 65,
	  "tcpSocket and guestAgentPing exclude each other; keep one" },
	{ "probe's port", VM("readinessProbe: {tcpSocket: {port: 0}}"), 11, 44,
	  "port must be a whole number from 1 to 65535, not 0" },
	{ "probe without port", VM("readinessProbe: {httpGet: {path: /}}"), 11, 35, "httpGet has no port; add it" },
	{ "probe without command", VM("livenessProbe: {exec: {}}"), 11, 31, "exec has no command; add it" },
	{ "probe with an empty command", VM("livenessProbe: {exec: {command: []}}"), 11, 41,
	  "command has 0 entries; at least 1 are needed" },
	{ "probe's path", VM("livenessProbe: {httpGet: {port: 80, path: status}}"), 11, 51,
	  "path \"status\" must begin with \"/\" and have no blanks" },
	{ "probe's scheme", VM("livenessProbe: {httpGet: {port: 80, scheme: https}}"), 11, 53,
	  "scheme \"https\" is not known; use HTTP or HTTPS" },
	{ "probe's host", VM("livenessProbe: {httpGet: {port: 80, host: 'http://x'}}"), 11, 51,
	  "host \"http://x\" is no host; write a name or an address, without http:// and path" },
	{ "probe's period", VM("livenessProbe: {guestAgentPing: {}, periodSeconds: 0}"), 11, 60,
	  "periodSeconds must be a whole number from 1 to 86400, not 0" },
	{ "successes of a livenessProbe", VM("livenessProbe: {guestAgentPing: {}, successThreshold: 2}"), 11, 63,
	  "successThreshold of livenessProbe must be 1; remove it" },
	{ "probe of a port that is not passed on", VM("readinessProbe: {httpGet: {port: 80}}"), 11, 42,
	  "readinessProbe asks TCP port 80, which is not among ports, so that nothing of it reaches the guest; add "
	  "it to ports" },
	{ "probe of a UDP port",
	  VM("ports: [{port: 53, protocol: UDP}]") VM("livenessProbe: {tcpSocket: {port: 53}}"), 12, 43,
	  "livenessProbe asks TCP port 53, which is not among ports, so that nothing of it reaches the guest; add it "
	  "to ports" },
	{ "toleration without key", VM("placement:") VM("  tolerations: [{effect: NoSchedule}]"), 12, 25,
	  "toleration has no key; add the taint's, or \"operator: Exists\" to tolerate every taint" },
	{ "toleration that exists with a value",
	  VM("placement:") VM("  tolerations: [{key: a, operator: Exists, value: b}]"), 12, 25,
	  "toleration with operator Exists takes no value; remove it, or use operator Equal" },
	{ "toleration's seconds", VM("placement:") VM("  tolerations: [{key: a, tolerationSeconds: 5}]"), 12, 25,
	  "tolerationSeconds is only of effect NoExecute; add \"effect: NoExecute\", or remove it" },
	{ "toleration's effect", VM("placement:") VM("  tolerations: [{key: a, effect: NoRun}]"), 12, 42,
	  "effect \"NoRun\" is not known; use NoSchedule, PreferNoSchedule or NoExecute" },
	{ "nodeSelector's key", VM("placement:") VM("  nodeSelector: {'a b': c}"), 12, 26,
	  "nodeSelector: \"a b\" is no key of a label; write it like example.com/rack" },
	{ "nodeSelector's value", VM("placement:") VM("  nodeSelector: {rack: 'a b'}"), 12, 26,
	  "nodeSelector: \"a b\" is no value of a label; use at most 63 letters, digits, \"-\", \"_\" and \".\", "
	  "with a letter or digit at both ends" },
	{ "nodeSelector's boolean", VM("placement:") VM("  nodeSelector: {ssd: true}"), 12, 31,
	  "ssd must be a string, not a boolean; write it in quotes" },
	{ "antiAffinity twice", VM("placement: {antiAffinity: [r1, r1]}"), 11, 40,
	  "antiAffinity names \"r1\" twice; keep one" },
	{ "antiAffinity to no node", VM("placement: {antiAffinity: [r2]}"), 11, 36,
	  "antiAffinity names \"r2\", which is no node of this lab; did you mean \"r1\"?" },
	{ "antiAffinity to no node near", VM("placement: {antiAffinity: [switch]}"), 11, 36,
	  "antiAffinity names \"switch\", which is no node of this lab; name one, or remove it" },
	{ "spread's skew", VM("placement: {spread: {maxSkew: 0}}"), 11, 39,
	  "maxSkew must be a whole number from 1 to 1000, not 0" },
	{ "spread's key", VM("placement: {spread: {topologyKey: a/b/c}}"), 11, 43,
	  "topologyKey \"a/b/c\" is no key of a label; write it like example.com/rack, with at most 63 letters, "
	  "digits, \"-\", \"_\" and \".\" after the \"/\"" },
	{ "affinity's key", VM("placement:") VM("  affinity: {podAntiAffinty: {}}"), 12, 22,
	  "unknown field \"podAntiAffinty\" in affinity; use podAntiAffinity" },
	{ "affinity's terms", VM("placement:") VM("  affinity: {nodeAffinity: {required: {}}}"), 12, 37,
	  "unknown field \"required\" in nodeAffinity; use requiredDuringSchedulingIgnoredDuringExecution" },
	{ "replicas", VM("replicas: 101"), 11, 19, "replicas must be a whole number from 1 to 100, not 101" },
	{ "patch of the kind", VM("patch: {kind: Pod}"), 11, 17,
	  "patch cannot set \"kind\"; it takes metadata and spec of a VirtualMachine" },
	{ "patch of the name", VM("patch: {metadata: {name: x}}"), 11, 28,
	  "patch cannot set metadata.name, which labsync itself sets; it takes labels and annotations" },
	{ "patch no mapping", VM("patch: [a]"), 11, 16, "patch must be a mapping, not a list" },
};

static void refusal_check(const struct refusal *refusal)
{
	cleanup(lab_reading) struct lab_reading reading = LAB_READING_INIT;
	cleanup(free) char *text = string_format("%s%s", VM_HEAD, refusal->text);
	cleanup(free) char *expected = string_format(":%zu:%zu: ", refusal->line, refusal->column);
	cleanup(free) char *lines = NULL;
	const struct diagnostic *found;

	lab_reading_read_text(&reading, text);
	lines = lab_reading_lines_new(&reading);
	ck_assert_msg(reading.diagnostics.count == 1, "%s: told %zu times:\n%s", refusal->name,
		      reading.diagnostics.count, lines);
	found = &reading.diagnostics.items[0];
	ck_assert_msg(found->line == refusal->line && found->column == refusal->column, "%s: not at %s but %s",
		      refusal->name, expected, lines);
	ck_assert_msg(strcmp(found->message, refusal->message) == 0, "%s:\n  expected %s\n  got      %s",
		      refusal->name, refusal->message, found->message);
	ck_assert_uint_eq(reading.set.count, 1);
	ck_assert_msg(reading.set.labs[0]->valid == (found->severity == DIAGNOSTIC_WARNING), "%s: valid %d",
		      refusal->name, reading.set.labs[0]->valid);
}

START_TEST(each_mistake_is_told_at_its_place)
{
	for (size_t i = 0; i < ARRAY_SIZE(refusals); i++)
		refusal_check(&refusals[i]);
}
END_TEST

/* What comes from a default is told where the default stands, and once for all who have it. */
START_TEST(a_default_is_told_once)
{
	cleanup(lab_reading) struct lab_reading reading = LAB_READING_INIT;
	cleanup(free) char *lines = NULL;

	lab_reading_read_text(&reading,
			      LAB_HEAD "spec:\n"
				       "  defaults:\n"
				       "    vm: {image: docker://x, diskSize: 1Gi, firmware: {secureBoot: true}}\n"
				       "  nodes: {r1: {vm: {}}, r2: {vm: {}}}\n");
	lines = lab_reading_lines_new(&reading);
	ck_assert_str_eq(lines,
			 "labs/a.yaml:7:67: error: secureBoot needs UEFI; add \"bootloader: efi\", or remove it\n");
	ck_assert(!reading.set.labs[0]->valid);
}
END_TEST

START_TEST(a_uuid_for_all_is_told_once)
{
	cleanup(lab_reading) struct lab_reading reading = LAB_READING_INIT;
	cleanup(free) char *lines = NULL;

	lab_reading_read_text(
		&reading, LAB_HEAD
		"spec:\n"
		"  defaults:\n"
		"    vm: {image: docker://x, diskSize: 1Gi, firmware: {uuid: 5d307ca9-b3ef-428c-8861-06e72d69f223}}\n"
		"  nodes: {r1: {vm: {}}, r2: {vm: {}}}\n");
	lines = lab_reading_lines_new(&reading);
	ck_assert_str_eq(lines,
			 "labs/a.yaml:7:61: warning: uuid in defaults is that of every VM which they are for, and "
			 "guests take it for their own; give it to one node\n");
}
END_TEST

/* Nothing of a secret is in a message. */
START_TEST(secrets_are_not_repeated)
{
	cleanup(lab_reading) struct lab_reading reading = LAB_READING_INIT;
	cleanup(free) char *lines = NULL;

	lab_reading_read_text(&reading, VM_HEAD VM("passwdHash: geheim") VM("sshKeys: [geheim]")
						VM("cloudInit: {userData: geheim}") VM("init: [geheim]"));
	lines = lab_reading_lines_new(&reading);
	ck_assert_uint_eq(reading.diagnostics.count, 4);
	ck_assert_ptr_null(strstr(lines, "geheim"));
}
END_TEST

int main(void)
{
	const TTest *const tests[] = { each_mistake_is_told_at_its_place, a_default_is_told_once,
				       a_uuid_for_all_is_told_once, secrets_are_not_repeated };

	return suite_run("vm_refusals", tests, ARRAY_SIZE(tests));
}
