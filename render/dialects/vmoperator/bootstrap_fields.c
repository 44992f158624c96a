#include "render/dialects/vmoperator/bootstrap_fields.h"

#include "render/dialects/vmoperator/words.h"
#include "render/lab/kubernetes_names.h"
#include "render/lab/values.h"

#define KEY(member) offsetof(struct secret_key, member)

static const struct field secret_key_fields[] = {
	{ "name", object_name_read, KEY(name), &object_name_type, "The Secret of the namespace.",
	  .presence = FIELD_REQUIRED },
	{ "key", NULL, KEY(key), &text_type,
	  "Which of its values. A Secret that is not in the repository must have the key that KubeVirt looks for.",
	  .fallback = NULL },
	{ .name = NULL },
};

const struct value_type secret_key_type = {
	.name = "VMOperatorSecretKey",
	.shape = VALUE_OBJECT,
	.fields = secret_key_fields,
	.size = sizeof(struct secret_key),
};

static const struct value_type any_type = { .name = "any value", .shape = VALUE_ANY };
static const struct value_type boolean_value_type = { .name = "true or false", .shape = VALUE_ANY };
static const struct value_type user_entries_type = { .name = "list of users", .shape = VALUE_ANY };
static const struct value_type file_entries_type = { .name = "list of files", .shape = VALUE_ANY };

/* Only names and descriptions: the mapping is taken apart as it is. */
static const struct field cloud_config_fields[] = {
	{ "defaultUserEnabled", NULL, 0, &boolean_value_type,
	  "Whether the image's own user is made beside those of users.", .fallback = "false" },
	{ "users", NULL, 0, &user_entries_type,
	  "Users as cloud-init has them, whose passwd and hashed_passwd name values of Secrets.", .fallback = NULL },
	{ "write_files", NULL, 0, &file_entries_type,
	  "Files as cloud-init has them, whose content may name a value of a Secret.", .fallback = NULL },
	{ .name = NULL },
};

const struct value_type cloud_config_type = {
	.name = "VMOperatorCloudConfig",
	.shape = VALUE_MAP,
	.fields = cloud_config_fields,
	.items = &any_type,
};

static const void *cloud_config_read(struct reader *reader, const struct yaml_pair *pair)
{
	return value_mapping_pair(reader, pair) ? pair->value : NULL;
}

static const struct advice cloud_init_advice[] = {
	{ "instanceID", "has no equivalent: cloud-init is told the machine's UUID; set biosUUID, and remove it" },
	{ "waitOnNetwork4",
	  "has no equivalent: cloud-init reads its data from a disk, before the network is up; remove it" },
	{ "waitOnNetwork6",
	  "has no equivalent: cloud-init reads its data from a disk, before the network is up; remove it" },
	{ NULL, "" },
};

static const void *pass_over(struct reader *reader, const struct yaml_pair *pair)
{
	return advice_warn(reader, pair, cloud_init_advice);
}

static const struct value_type keys_type = { .shape = VALUE_LIST, .items = &text_type, .items_max = 64 };

#define CLOUD_INIT(member) offsetof(struct cloud_init_spec, member)
#define PASSED_OVER(name, text)                                                                                      \
	{                                                                                                            \
		name, pass_over, CLOUD_INIT(nothing), &vmoperator_ignored_type, text, .fallback = NULL               \
	}

static const struct field cloud_init_spec_fields[] = {
	{ "cloudConfig", cloud_config_read, CLOUD_INIT(cloud_config), &cloud_config_type,
	  "The user data itself, as cloud-init's cloud-config.", .fallback = NULL },
	{ "rawCloudConfig", NULL, CLOUD_INIT(raw), &secret_key_type,
	  "A Secret with the user data. One in the repository may have any key (user-data without a word); of others "
	  "the key must be userdata.",
	  .fallback = NULL },
	{ "sshAuthorizedKeys", NULL, CLOUD_INIT(ssh_keys), &keys_type,
	  "Public keys with which the image's own user may log in.", .fallback = NULL },
	{ "useGlobalNameserversAsDefault", NULL, CLOUD_INIT(global_nameservers), &boolean_type,
	  "Since v1alpha3: whether network.nameservers are those of interfaces without any.", .fallback = "false" },
	{ "useGlobalSearchDomainsAsDefault", NULL, CLOUD_INIT(global_search_domains), &boolean_type,
	  "Since v1alpha3: whether network.searchDomains are those of interfaces without any.", .fallback = "false" },
	PASSED_OVER("instanceID", "By which cloud-init tells a first boot; without effect."),
	PASSED_OVER("waitOnNetwork4", "Whether cloud-init waits for an IPv4 address; without effect."),
	PASSED_OVER("waitOnNetwork6", "Whether cloud-init waits for an IPv6 address; without effect."),
	{ .name = NULL },
};

const struct value_type cloud_init_spec_type = {
	.name = "VMOperatorCloudInit",
	.shape = VALUE_OBJECT,
	.fields = cloud_init_spec_fields,
	.size = sizeof(struct cloud_init_spec),
};

#define LINUX_PREP(member) offsetof(struct linux_prep_spec, member)

static const struct field linux_prep_spec_fields[] = {
	{ "hardwareClockIsUTC", NULL, LINUX_PREP(clock_is_utc), &boolean_type,
	  "Whether the machine's clock shows UTC, or else the time of timeZone.", .fallback = NULL },
	{ "timeZone", NULL, LINUX_PREP(time_zone), &text_type, "The guest's time zone, like Europe/Berlin.",
	  .fallback = NULL },
	{ .name = NULL },
};

const struct value_type linux_prep_spec_type = {
	.name = "VMOperatorLinuxPrep",
	.shape = VALUE_OBJECT,
	.fields = linux_prep_spec_fields,
	.size = sizeof(struct linux_prep_spec),
};

static const struct advice bootstrap_advice[] = {
	{ "sysprep",
	  "in fields is not made into an answer file by labsync; write the file into a Secret, and use rawSysprep" },
	{ "vAppConfig", "needs VMware Tools in the guest, which has none here; use cloudInit" },
	{ NULL, "" },
};

static const void *refuse(struct reader *reader, const struct yaml_pair *pair)
{
	return advice_refuse(reader, pair, bootstrap_advice);
}

#define SYSPREP(member) offsetof(struct sysprep_spec, member)

static const struct field sysprep_spec_fields[] = {
	{ "rawSysprep", NULL, SYSPREP(raw), &secret_key_type,
	  "A Secret with Windows' answer file. One in the repository may have any key (unattend without a word); of "
	  "others the key must be unattend.xml or autounattend.xml.",
	  .fallback = NULL },
	{ "sysprep", refuse, SYSPREP(refused), &vmoperator_refused_type, "The answer file in fields.",
	  .fallback = NULL },
	{ .name = NULL },
};

const struct value_type sysprep_spec_type = {
	.name = "VMOperatorSysprep",
	.shape = VALUE_OBJECT,
	.fields = sysprep_spec_fields,
	.size = sizeof(struct sysprep_spec),
};

#define BOOTSTRAP(member) offsetof(struct bootstrap_spec, member)

static const struct field bootstrap_spec_fields[] = {
	{ "cloudInit", NULL, BOOTSTRAP(cloud_init), &cloud_init_spec_type, "By cloud-init.", .fallback = NULL },
	{ "linuxPrep", NULL, BOOTSTRAP(linux_prep), &linux_prep_spec_type,
	  "By VMware Tools in a Linux guest: cloud-init does the same here.", .fallback = NULL },
	{ "sysprep", NULL, BOOTSTRAP(sysprep), &sysprep_spec_type, "By Windows' Sysprep.", .fallback = NULL },
	{ "vAppConfig", refuse, BOOTSTRAP(refused), &vmoperator_refused_type, "By properties of an OVF.",
	  .fallback = NULL },
	{ .name = NULL },
};

const struct value_type bootstrap_spec_type = {
	.name = "VMOperatorBootstrap",
	.shape = VALUE_OBJECT,
	.fields = bootstrap_spec_fields,
	.size = sizeof(struct bootstrap_spec),
};

static const char *const transports[] = { "CloudInit", "Sysprep", "ExtraConfig", "OvfEnv", "vAppConfig", NULL };
static const struct value_type transport_type = { .name = "text", .shape = VALUE_TEXT, .allowed = transports };

static const void *transport_read(struct reader *reader, const struct yaml_pair *pair)
{
	return word_read(reader, pair, transports);
}

#define METADATA(member) offsetof(struct metadata_source, member)

static const struct field metadata_source_fields[] = {
	{ "configMapName", object_name_read, METADATA(config_map), &object_name_type,
	  "A ConfigMap of the repository with the key user-data.", .fallback = NULL },
	{ "secretName", object_name_read, METADATA(secret), &object_name_type,
	  "A Secret with the key user-data (with Sysprep, unattend).", .fallback = NULL },
	{ "transport", transport_read, METADATA(transport), &transport_type,
	  "Who reads it in the guest: CloudInit or Sysprep. The others need VMware Tools.",
	  .presence = FIELD_REQUIRED },
	{ .name = NULL },
};

const struct value_type metadata_source_type = {
	.name = "VMOperatorMetadata",
	.shape = VALUE_OBJECT,
	.fields = metadata_source_fields,
	.size = sizeof(struct metadata_source),
};
