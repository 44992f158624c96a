#include "render/lab/vm_guest.h"

#include <string.h>

#include "base/text.h"
#include "base/timezone.h"
#include "render/lab/address.h"
#include "render/lab/kubernetes_names.h"
#include "render/lab/names.h"
#include "render/lab/values.h"
#include "render/lab/vm.h"

/* What Kubernetes takes for a pod, and KubeVirt for a VM. */
enum { NAMESERVERS_MAX = 3, SEARCHES_MAX = 6, SEARCHES_LENGTH_MAX = 256, ZONE_MAX = 64 };

static const char *const guests[] = { "linux", "windows", NULL };

const struct value_type guest_os_type = { .name = "text", .shape = VALUE_TEXT, .allowed = guests };
const struct value_type timezone_type = {
	.name = "time zone",
	.shape = VALUE_TEXT,
	.pattern = "^[A-Za-z0-9_+-]+(/[A-Za-z0-9_+-]+)*$", /* ZONE_MAX in all */
};

const void *timezone_read(struct reader *reader, const struct yaml_pair *pair)
{
	if (value_string_pair(reader, pair) == NULL)
		return NULL;
	if (strlen(pair->value->text) > ZONE_MAX || !time_zone_name_is_usable(pair->value->text))
		return reader_refuse(reader, pair->value,
				     "timezone %s is no name of a zone; use one like Europe/Berlin, or UTC",
				     reader_quote(reader, pair->value->text));
	return pair->value->text;
}

#define FEATURE(name, member, text)                                                                                  \
	{                                                                                                            \
		name, value_boolean, offsetof(struct lab_features, member), &boolean_type, text, .fallback = NULL    \
	}

static const struct field features_fields[] = {
	FEATURE("acpi", acpi,
		"Whether the machine has ACPI, by which a guest is told to shut down. Without it, it has."),
	FEATURE("apic", apic,
		"Whether the machine has an APIC for interrupts. Without it, what the machine type has."),
	FEATURE("smm", smm,
		"Whether the machine has the System Management Mode that secureBoot needs, and sets by itself. "
		"Without it, what the machine type has."),
	{ .name = NULL },
};

const struct value_type features_type = {
	.name = "Features",
	.shape = VALUE_OBJECT,
	.fields = features_fields,
	.size = sizeof(struct lab_features),
};

static const struct field tpm_fields[] = {
	{ "enabled", value_boolean, offsetof(struct lab_tpm, enabled), &boolean_type,
	  "Whether there is one. \"false\" is for VMs that a default, guestOS or the preference gives one.",
	  .fallback = "true" },
	{ "persistent", value_boolean, offsetof(struct lab_tpm, persistent), &boolean_type,
	  "Keeps what the guest puts into the TPM over restarts, as Windows' BitLocker needs it. The cluster must "
	  "have a storage class for the state of VMs.",
	  .fallback = "false" },
	{ .name = NULL },
};

const struct value_type tpm_type = {
	.name = "TPM",
	.shape = VALUE_OBJECT,
	.fields = tpm_fields,
	.size = sizeof(struct lab_tpm),
};

static const struct field sysprep_fields[] = {
	{ "secret", object_name_read, offsetof(struct lab_sysprep, secret), &object_name_type,
	  "A Secret in the lab's namespace whose key autounattend.xml or unattend.xml is the answer file.",
	  .fallback = NULL },
	{ "configMap", object_name_read, offsetof(struct lab_sysprep, config_map), &object_name_type,
	  "A ConfigMap with that key, in place of a Secret. Answer files often have a password: prefer a Secret.",
	  .fallback = NULL },
	{ .name = NULL },
};

const struct value_type sysprep_type = {
	.name = "Sysprep",
	.shape = VALUE_OBJECT,
	.fields = sysprep_fields,
	.size = sizeof(struct lab_sysprep),
};

static const struct value_type nameserver_type = { .name = "IP address", .shape = VALUE_TEXT };
static const struct value_type nameservers_type = {
	.shape = VALUE_LIST,
	.items = &nameserver_type,
	.items_max = NAMESERVERS_MAX,
};
static const struct value_type searches_type = {
	.shape = VALUE_LIST,
	.items = &object_name_type,
	.items_max = SEARCHES_MAX,
};

static const void *nameservers_read(struct reader *reader, const struct yaml_pair *pair)
{
	const struct value_list *list = value_read(reader, pair, &nameservers_type);

	for (size_t i = 0; list && i < list->count; i++) {
		const char *text = list_text(list, i);
		struct ip_address address;

		if (!ip_address_parse(text, &address) || !ip_address_is_unicast(&address))
			reader_error_at(reader, &list->places[i],
					"name server %s is no IP address; write it like 192.0.2.53",
					reader_quote(reader, text));
		for (size_t k = 0; k < i; k++)
			if (text_equal(list_text(list, k), text))
				reader_error_at(reader, &list->places[i], "name server %s is listed twice; keep one",
						reader_quote(reader, text));
	}
	return list;
}

static const void *searches_read(struct reader *reader, const struct yaml_pair *pair)
{
	const struct value_list *list = value_read(reader, pair, &searches_type);
	size_t length = list && list->count ? list->count - 1 : 0; /* the blanks in between */

	for (size_t i = 0; list && i < list->count; i++) {
		length += strlen(list_text(list, i));
		if (!name_is_subdomain(list_text(list, i)))
			reader_error_at(reader, &list->places[i],
					"%s is no domain; use lower-case letters, digits, \"-\" and \".\", like "
					"lab.example.org",
					reader_quote(reader, list_text(list, i)));
	}
	if (length > SEARCHES_LENGTH_MAX)
		return reader_refuse(reader, pair->value, "%s are longer than %d characters together; shorten them",
				     pair->key, SEARCHES_LENGTH_MAX);
	return list;
}

static const struct field dns_fields[] = {
	{ "nameservers", nameservers_read, offsetof(struct lab_dns, nameservers), &nameservers_type,
	  "The name servers that the guest's DHCP tells of, in place of the cluster's, whose names are not found "
	  "then.",
	  .fallback = NULL },
	{ "searches", searches_read, offsetof(struct lab_dns, searches), &searches_type,
	  "The domains in which short names are looked for; without nameservers, beside the cluster's own.",
	  .fallback = NULL },
	{ .name = NULL },
};

const struct value_type dns_type = {
	.name = "DNS",
	.shape = VALUE_OBJECT,
	.fields = dns_fields,
	.size = sizeof(struct lab_dns),
};
