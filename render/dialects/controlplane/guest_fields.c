/* spec.vm: the machine, where it boots from, and what its guest is told. */
#include <string.h>

#include "base/text.h"
#include "render/dialects/controlplane/documents.h"
#include "render/dialects/controlplane/values.h"
#include "render/lab/values.h"

enum { SOCKETS_MOST = 32, THREADS_MOST = 8, SERIAL_MOST = 64, TIMEZONE_MOST = 64 };

static const char *const bootloaders[] = { "efi", "bios", NULL };
static const char *const guest_systems[] = { "linux", "windows", NULL };
static const char *const run_strategies[] = { "Always", "RerunOnFailure", "Manual", "Halted", NULL };

static const struct value_type bootloader_type = { .name = "text", .shape = VALUE_TEXT, .allowed = bootloaders };
static const struct value_type guest_system_type = { .name = "text", .shape = VALUE_TEXT, .allowed = guest_systems };
static const struct value_type run_strategy_type = { .name = "text", .shape = VALUE_TEXT, .allowed = run_strategies };
static const struct value_type sockets_type = {
	.name = "whole number",
	.shape = VALUE_NUMBER,
	.minimum = 1,
	.maximum = SOCKETS_MOST,
};
static const struct value_type threads_type = {
	.name = "whole number",
	.shape = VALUE_NUMBER,
	.minimum = 1,
	.maximum = THREADS_MOST,
};
static const struct value_type random_uuid_type = {
	.name = "UUID",
	.shape = VALUE_TEXT,
	.pattern = "^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-4[0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}$",
};

/* A random one (version 4 of RFC 4122). */
static const void *random_uuid_read(struct reader *reader, const struct yaml_pair *pair)
{
	const char *text;

	if (value_string_pair(reader, pair) == NULL)
		return NULL;
	text = pair->value->text;
	if (!value_is_uuid(text) || text[14] != '4' || !strchr("89abAB", text[19]))
		return reader_refuse(reader, pair->value,
				     "uuid %s is no UUID of version 4; `uuidgen -r` makes one, or remove it",
				     reader_quote(reader, text));
	return text;
}

/* A text of limited length without line breaks. */
static const void *short_text_read(struct reader *reader, const struct yaml_pair *pair, size_t most)
{
	if (value_string_pair(reader, pair) == NULL)
		return NULL;
	if (pair->value->length == 0 || strlen(pair->value->text) > most || strpbrk(pair->value->text, "\r\n"))
		return reader_refuse(reader, pair->value, "%s must have 1 to %zu characters in one line", pair->key,
				     most);
	return pair->value->text;
}

static const void *firmware_serial_read(struct reader *reader, const struct yaml_pair *pair)
{
	return short_text_read(reader, pair, SERIAL_MOST);
}

static const void *timezone_read(struct reader *reader, const struct yaml_pair *pair)
{
	return short_text_read(reader, pair, TIMEZONE_MOST);
}

static const void *smbios_read(struct reader *reader, const struct yaml_pair *pair)
{
	if (value_string_pair(reader, pair))
		reader_warn(reader, pair->line, pair->column,
			    "smbios.%s has no effect: KubeVirt shows the same texts to all guests of a cluster; set "
			    "spec.configuration.smbios of its KubeVirt object",
			    pair->key);
	return NULL;
}

#define CPU(member) offsetof(struct guest_cpu, member)

static const struct field cpu_fields[] = {
	{ "sockets", NULL, CPU(sockets), &sockets_type,
	  "Over how many sockets the container's cpu is divided. It must divide evenly by sockets and threads.",
	  .fallback = NULL },
	{ "threads", NULL, CPU(threads), &threads_type, "How many threads each core has, of the container's cpu.",
	  .fallback = NULL },
	{ .name = NULL },
};

const struct value_type guest_cpu_type = {
	.name = "WorkloadVMCPU",
	.shape = VALUE_OBJECT,
	.fields = cpu_fields,
	.size = sizeof(struct guest_cpu),
};

#define SMBIOS_FIELD(name)                                                                                           \
	{                                                                                                            \
		name, smbios_read, offsetof(struct guest_smbios, nothing), &lost_value_type,                         \
			"A text of SMBIOS, which KubeVirt has only for all VMs of the cluster.", .fallback = NULL    \
	}

static const struct field smbios_fields[] = {
	SMBIOS_FIELD("manufacturer"), SMBIOS_FIELD("product"), SMBIOS_FIELD("version"),
	SMBIOS_FIELD("sku"),          SMBIOS_FIELD("family"),  { .name = NULL },
};
static const struct value_type smbios_type = {
	.name = "WorkloadVMSMBIOS",
	.shape = VALUE_OBJECT,
	.fields = smbios_fields,
	.size = sizeof(struct guest_smbios),
};

#define FIRMWARE(member) offsetof(struct guest_firmware, member)

/* `secureBoot` goes where nothing is kept. */
static const struct field firmware_fields[] = {
	{ "bootloader", NULL, FIRMWARE(bootloader), &bootloader_type, "UEFI, without Secure Boot, or BIOS.",
	  .fallback = "efi" },
	{ "uuid", random_uuid_read, FIRMWARE(uuid), &random_uuid_type,
	  "The machine's UUID, which cloud-init takes for its instance. Of a single VM only.", .fallback = NULL },
	{ "serial", firmware_serial_read, FIRMWARE(serial), &text_type,
	  "The machine's serial number. Of a single VM only.", .fallback = NULL },
	{ "smbios", NULL, FIRMWARE(nothing), &smbios_type, "Further texts about the machine.", .fallback = NULL },
	{ "secureBoot", refused_read, FIRMWARE(nothing), &refused_value_type,
	  "Not available, since nothing keeps the firmware's variables.", .fallback = NULL },
	{ .name = NULL },
};

const struct value_type guest_firmware_type = {
	.name = "WorkloadVMFirmware",
	.shape = VALUE_OBJECT,
	.fields = firmware_fields,
	.size = sizeof(struct guest_firmware),
};

static const struct field tpm_fields[] = {
	{ "enabled", NULL, offsetof(struct guest_tpm, enabled), &boolean_type, "Gives the machine a TPM.",
	  .fallback = "true" },
	{ "persistent", NULL, offsetof(struct guest_tpm, persistent), &boolean_type,
	  "Keeps what is in it over restarts.", .fallback = "false" },
	{ .name = NULL },
};

const struct value_type guest_tpm_type = {
	.name = "WorkloadVMTPM",
	.shape = VALUE_OBJECT,
	.fields = tpm_fields,
	.size = sizeof(struct guest_tpm),
};

#define FEATURES(member) offsetof(struct guest_features, member)

static const struct field features_fields[] = {
	{ "acpi", NULL, FEATURES(acpi), &boolean_type, "ACPI.", .fallback = NULL },
	{ "apic", NULL, FEATURES(apic), &boolean_type, "An APIC.", .fallback = NULL },
	{ "smm", NULL, FEATURES(smm), &boolean_type, "System Management Mode.", .fallback = NULL },
	{ "rng", NULL, FEATURES(rng), &boolean_type, "A source of randomness.", .fallback = NULL },
	{ "tpm", NULL, FEATURES(tpm), &guest_tpm_type, "A TPM.", .fallback = NULL },
	{ .name = NULL },
};

const struct value_type guest_features_type = {
	.name = "WorkloadVMFeatures",
	.shape = VALUE_OBJECT,
	.fields = features_fields,
	.size = sizeof(struct guest_features),
};

static const struct field network_fields[] = {
	{ "name", name_label_read, offsetof(struct guest_network, name), &controlplane_name_type,
	  "What the VM calls its interface: at most 15 characters.", .fallback = "default" },
	{ .name = NULL },
};

const struct value_type guest_network_type = {
	.name = "WorkloadVMNetwork",
	.shape = VALUE_OBJECT,
	.fields = network_fields,
	.size = sizeof(struct guest_network),
};
const struct value_type guest_networks_type = {
	.shape = VALUE_LIST,
	.items = &guest_network_type,
	.items_max = 1,
};

static const struct field clock_fields[] = {
	{ "timezone", timezone_read, offsetof(struct guest_clock, timezone), &text_type,
	  "The time zone of the machine's clock, like America/New_York.", .fallback = "UTC" },
	{ .name = NULL },
};

const struct value_type guest_clock_type = {
	.name = "WorkloadVMClock",
	.shape = VALUE_OBJECT,
	.fields = clock_fields,
	.size = sizeof(struct guest_clock),
};

#define GUEST(member) offsetof(struct guest, member)

static const struct field guest_fields[] = {
	{ "bootDisk", NULL, GUEST(boot_disk), &guest_boot_disk_type,
	  "The disk that the VM boots from: a DataVolume of the VM's name, like web-1, which is kept when the "
	  "workload goes.",
	  .presence = FIELD_REQUIRED },
	{ "cpu", NULL, GUEST(cpu), &guest_cpu_type, "How the container's cpu is laid out.", .fallback = NULL },
	{ "firmware", NULL, GUEST(firmware), &guest_firmware_type, "The machine's firmware.", .fallback = NULL },
	{ "guestOS", NULL, GUEST(guest_os), &guest_system_type,
	  "What runs in it. For windows, the machine gets what Windows needs; a Mapping's guests: {windows: NAME} "
	  "names a preference that says it instead.",
	  .fallback = "linux" },
	{ "networks", NULL, GUEST(networks), &guest_networks_type,
	  "The interface, of which there is one, on the pod network.", .fallback = NULL },
	{ "cloudInit", NULL, GUEST(cloud_init), &guest_cloud_init_type, "What cloud-init is told.",
	  .fallback = NULL },
	{ "accessCredentials", NULL, GUEST(access), &guest_access_list_type,
	  "SSH keys from Secrets for users of the guest.", .fallback = NULL },
	{ "runStrategy", NULL, GUEST(run_strategy), &run_strategy_type,
	  "When the VM runs: always, after a failure again, when somebody starts it, or never (which needs minScale "
	  "0).",
	  .fallback = "Always" },
	{ "features", NULL, GUEST(features), &guest_features_type, "Parts of the machine.", .fallback = NULL },
	{ "clock", NULL, GUEST(clock), &guest_clock_type, "The machine's clock.", .fallback = NULL },
	{ "hostname", name_label_read, GUEST(hostname), &controlplane_name_type,
	  "The guest's host name. Without it, the VM's, like web-1.", .fallback = NULL },
	{ "subdomain", name_label_read, GUEST(subdomain), &controlplane_name_type,
	  "A headless Service, made with it, below which the guest is found as HOSTNAME.SUBDOMAIN.",
	  .fallback = NULL },
	{ .name = NULL },
};

const struct value_type guest_type = {
	.name = "WorkloadVM",
	.shape = VALUE_OBJECT,
	.fields = guest_fields,
	.size = sizeof(struct guest),
};
