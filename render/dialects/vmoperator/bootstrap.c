/* What the guest is told at first boot, and by whom. */
#include "render/dialects/vmoperator/machine.h"

#include <string.h>
#include <strings.h>

#include "base/text.h"
#include "render/dialects/tree.h"
#include "render/dialects/vmoperator/cloud_config.h"
#include "render/dialects/vmoperator/secrets.h"
#include "render/dialects/vmoperator/words.h"
#include "render/lab/object_names.h"

enum {
	WINDOWS_NAME_MAX = 15,
	FULL_NAME_MAX = 255,
	CREDENTIAL_NAME_MAX = 51 /* KubeVirt puts "-access-cred" behind it, and makes a volume of that name */
};

#define SECRET "Secret"
#define CONFIG_MAP "ConfigMap"
#define USER_DATA_KEY "user-data"
#define UNATTEND_KEY "unattend"

/* A value that is to be given to the guest as it is. */
struct raw_source {
	const char *kind, *name, *key; /* kind: "Secret" or "ConfigMap" */
	const struct yaml_node *at;
};

static void set(struct machine *machine, const char *key, const struct yaml_node *value)
{
	tree_set(machine->arena, machine->vm, key, value);
}

static struct yaml_node *cloud_init_at(struct machine *machine, const struct yaml_node *at)
{
	struct yaml_node *cloud_init = tree_mapping_at(machine->arena, machine->vm, "cloudInit", at);

	tree_set(machine->arena, cloud_init, "only", tree_boolean(machine->arena, at, true));
	return cloud_init;
}

/* KubeVirt looks for these keys alone. */
static bool is_one_of(const char *key, const char *first, const char *second)
{
	return strcasecmp(key, first) == 0 || (second && strcasecmp(key, second) == 0);
}

/* The value from the repository; NULL after it told what is missing. `keys` is for the message. */
static const char *raw_value(struct machine *machine, const struct raw_source *source, const char *keys)
{
	const char *value = NULL;
	enum secret_outcome outcome =
		vsphere_secret_value(machine->translation, source->kind, source->name, source->key, &value);

	if (outcome == SECRET_ABSENT)
		reader_refuse(machine->reader, source->at,
			      "%s %s is not in the repository, and KubeVirt looks for the key %s of a Secret alone; "
			      "add it to "
			      "the repository, or rename its key",
			      source->kind, reader_quote(machine->reader, source->name), keys);
	else if (outcome == SECRET_WITHOUT_KEY)
		reader_refuse(
			machine->reader, source->at,
			"%s %s has no key %s with a text; add it, or, for what is no text, use a Secret's key %s",
			source->kind, reader_quote(machine->reader, source->name),
			reader_quote(machine->reader, source->key), keys);
	return value;
}

/* VM Operator takes user data in base64, too, beside the Secret's own. */
static const char *plain(struct arena *arena, const char *value)
{
	cleanup(free) char *bare = string_copy_n(value, strcspn(value, "\r\n"));
	const char *decoded = *value == '#' ? NULL : tree_decode_text(arena, bare);

	return decoded && decoded[0] == '#' ? decoded : value;
}

static void raw_user_data_take(struct machine *machine, const struct raw_source *source)
{
	struct yaml_node *cloud_init = cloud_init_at(machine, source->at);
	const char *value;

	if (text_equal(source->kind, SECRET) && is_one_of(source->key, "userdata", NULL)) {
		tree_set(machine->arena, cloud_init, "secret", tree_text(machine->arena, source->at, source->name));
		return;
	}
	value = raw_value(machine, source, "userdata");
	if (value)
		tree_set(machine->arena, cloud_init, "userData",
			 tree_text(machine->arena, source->at, plain(machine->arena, value)));
}

/* A Secret of our own with `values` under their keys. */
static void secret_add(struct machine *machine, const char *name, const struct yaml_node *values,
		       const struct yaml_node *at)
{
	struct arena *arena = machine->arena;
	struct yaml_node *object = tree_mapping(arena, at), *metadata = tree_mapping(arena, at);

	tree_set(arena, metadata, "name", tree_text(arena, at, name));
	tree_set(arena, object, "apiVersion", tree_text(arena, at, "v1"));
	tree_set(arena, object, "kind", tree_text(arena, at, SECRET));
	tree_set(arena, object, "metadata", metadata);
	tree_set(arena, object, "stringData", values);
	translation_add_object(machine->translation, object);
}

static void answer_file_take(struct machine *machine, const struct raw_source *source)
{
	struct arena *arena = machine->arena;
	const char *name = source->name, *value;
	struct yaml_node *values;

	set(machine, "init", tree_text(arena, source->at, "sysprep"));
	if (!text_equal(source->kind, SECRET) || !is_one_of(source->key, "unattend.xml", "autounattend.xml")) {
		value = raw_value(machine, source, "unattend.xml");
		if (value == NULL)
			return;
		name = arena_format(arena, "%s-sysprep", machine->document->name);
		values = tree_mapping(arena, source->at);
		tree_set(arena, values, "unattend.xml", tree_text(arena, source->at, value));
		secret_add(machine, name, values, source->at);
	}
	tree_set(arena, tree_mapping_at(arena, machine->vm, "sysprep", source->at), "secret",
		 tree_text(arena, source->at, name));
}

/* Through the data source's own metadata, as VM Operator does: the user data stays as it is. */
static void keys_beside_take(struct machine *machine, const struct value_list *keys, const struct yaml_node *at)
{
	struct arena *arena = machine->arena;
	cleanup(free) char *name = name_join_within_new(machine->document->name, "ssh-keys", CREDENTIAL_NAME_MAX);
	struct yaml_node *values = tree_mapping(arena, at), *credential = tree_mapping(arena, at);

	for (size_t i = 0; i < keys->count; i++)
		tree_set(arena, values, arena_format(arena, "key-%zu", i + 1),
			 tree_text(arena, tree_place(arena, keys->places[i].line, keys->places[i].column),
				   list_text(keys, i)));
	secret_add(machine, name, values, at);
	tree_set(arena, credential, "sshPublicKeySecret", tree_text(arena, at, name));
	tree_set(arena, credential, "method", tree_text(arena, at, "noCloud"));
	tree_append(arena, tree_list_at(arena, machine->vm, "accessCredentials", at), credential);
}

static void keys_into_take(struct machine *machine, const struct value_list *keys, struct yaml_node *user_data,
			   const struct yaml_node *at)
{
	struct arena *arena = machine->arena;
	const struct yaml_node *given = yaml_get(user_data, "ssh_authorized_keys");
	struct yaml_node *list =
		given && given->kind == YAML_SEQUENCE ? tree_copy(arena, given) : tree_list(arena, at);

	for (size_t i = 0; i < keys->count; i++)
		tree_append(arena, list,
			    tree_text(arena, tree_place(arena, keys->places[i].line, keys->places[i].column),
				      list_text(keys, i)));
	tree_set(arena, user_data, "ssh_authorized_keys", list);
}

static void user_data_set(struct machine *machine, struct yaml_node *user_data, const struct yaml_node *at)
{
	const struct network_spec *network = machine->spec->network;
	const char *host = network && network->host_name ? network->host_name : machine->document->name;

	if (yaml_get(user_data, "hostname") == NULL)
		tree_set(machine->arena, user_data, "hostname", tree_text(machine->arena, at, host));
	tree_set(machine->arena, cloud_init_at(machine, at), "userData", user_data);
}

static void cloud_init_take(struct machine *machine, const struct cloud_init_spec *spec)
{
	const struct yaml_node *at = MACHINE_PLACE(machine, bootstrap);
	const struct value_list *keys = spec->ssh_keys;
	const struct yaml_node *keys_at =
		field_place(machine->arena, &cloud_init_spec_type, spec, offsetof(struct cloud_init_spec, ssh_keys));
	struct yaml_node *user_data;

	if (spec->raw && spec->cloud_config) {
		reader_refuse(machine->reader, at, "cloudInit has a cloudConfig and a rawCloudConfig; keep one");
	} else if (spec->raw) {
		raw_user_data_take(machine,
				   &(struct raw_source){
					   SECRET, spec->raw->name, spec->raw->key ? spec->raw->key : USER_DATA_KEY,
					   field_place(machine->arena, &secret_key_type, spec->raw,
						       spec->raw->key ? offsetof(struct secret_key, key)
								      : offsetof(struct secret_key, name)) });
		if (keys && keys->count)
			keys_beside_take(machine, keys, keys_at);
	} else {
		user_data = cloud_config_build(machine, spec->cloud_config, at);
		if (keys && keys->count)
			keys_into_take(machine, keys, user_data, keys_at);
		user_data_set(machine, user_data, at);
	}
}

/* The machine's clock shows UTC unless a zone is said. */
static void clock_take(struct machine *machine, const struct linux_prep_spec *spec)
{
	const struct yaml_node *at = field_place(machine->arena, &linux_prep_spec_type, spec,
						 offsetof(struct linux_prep_spec, clock_is_utc));

	if (spec->clock_is_utc == NULL)
		return;
	if (*spec->clock_is_utc)
		set(machine, "timezone", tree_text(machine->arena, at, "UTC"));
	else if (spec->time_zone)
		set(machine, "timezone", tree_text(machine->arena, at, spec->time_zone));
	else
		reader_refuse(machine->reader, at,
			      "hardwareClockIsUTC is false, but no timeZone says what the clock shows; add it");
}

static void linux_prep_take(struct machine *machine, const struct linux_prep_spec *spec)
{
	const struct yaml_node *at = MACHINE_PLACE(machine, bootstrap);
	const struct yaml_node *zone_at =
		field_place(machine->arena, &linux_prep_spec_type, spec, offsetof(struct linux_prep_spec, time_zone));
	struct yaml_node *user_data = tree_mapping(machine->arena, at);

	reader_warn(machine->reader, at->line, at->column,
		    "linuxPrep needs VMware Tools, so that its settings are given to cloud-init instead; the image "
		    "must have "
		    "it");
	clock_take(machine, spec);
	if (spec->time_zone)
		tree_set(machine->arena, user_data, "timezone", tree_text(machine->arena, zone_at, spec->time_zone));
	user_data_set(machine, user_data, at);
}

static void sysprep_take(struct machine *machine, const struct sysprep_spec *spec)
{
	const struct yaml_node *at = MACHINE_PLACE(machine, bootstrap);

	if (spec->raw == NULL) {
		reader_refuse(machine->reader, at,
			      "sysprep has no rawSysprep; add it with the Secret of the answer file");
		return;
	}
	answer_file_take(machine, &(struct raw_source){ SECRET, spec->raw->name,
							spec->raw->key ? spec->raw->key : UNATTEND_KEY,
							field_place(machine->arena, &secret_key_type, spec->raw,
								    offsetof(struct secret_key, name)) });
}

/* v1alpha1 */
static void metadata_take(struct machine *machine, const struct metadata_source *spec)
{
	struct raw_source source = {
		.kind = spec->secret ? SECRET : CONFIG_MAP,
		.name = spec->secret ? spec->secret : spec->config_map,
		.at = MACHINE_PLACE(machine, vm_metadata),
	};
	bool is_sysprep = text_equal(spec->transport, "Sysprep");

	if ((spec->secret == NULL) == (spec->config_map == NULL)) {
		reader_refuse(machine->reader, source.at,
			      "vmMetadata needs exactly one of secretName and configMapName");
		return;
	}
	if (!is_sysprep && !text_equal(spec->transport, "CloudInit")) {
		reader_error_at(
			machine->reader,
			object_place(&metadata_source_type, spec, offsetof(struct metadata_source, transport)),
			"transport %s needs VMware Tools in the guest, which has none here; use CloudInit",
			spec->transport);
		return;
	}
	source.key = is_sysprep ? UNATTEND_KEY : USER_DATA_KEY;
	if (is_sysprep)
		answer_file_take(machine, &source);
	else
		raw_user_data_take(machine, &source);
}

static enum provider provider_of(const struct machine_spec *spec)
{
	const struct bootstrap_spec *bootstrap = spec->bootstrap;

	if (spec->vm_metadata)
		return text_equal(spec->vm_metadata->transport, "Sysprep") ? PROVIDER_SYSPREP : PROVIDER_CLOUD_INIT;
	if (bootstrap && bootstrap->cloud_init)
		return PROVIDER_CLOUD_INIT;
	if (bootstrap && bootstrap->linux_prep)
		return PROVIDER_LINUX_PREP;
	return bootstrap && bootstrap->sysprep ? PROVIDER_SYSPREP : PROVIDER_NONE;
}

static bool is_one_provider(const struct bootstrap_spec *spec)
{
	return spec == NULL || (spec->cloud_init != NULL) + (spec->linux_prep != NULL) + (spec->sysprep != NULL) <= 1;
}

static void provider_take(struct machine *machine)
{
	const struct machine_spec *spec = machine->spec;

	if (spec->vm_metadata)
		metadata_take(machine, spec->vm_metadata);
	else if (machine->provider == PROVIDER_CLOUD_INIT)
		cloud_init_take(machine, spec->bootstrap->cloud_init);
	else if (machine->provider == PROVIDER_LINUX_PREP)
		linux_prep_take(machine, spec->bootstrap->linux_prep);
	else if (machine->provider == PROVIDER_SYSPREP)
		sysprep_take(machine, spec->bootstrap->sysprep);
	else
		set(machine, "init", tree_text(machine->arena, machine->document->spec, "none"));
}

static void host_name_take(struct machine *machine, const struct network_spec *network)
{
	const struct yaml_node *at =
		field_place(machine->arena, &network_spec_type, network, offsetof(struct network_spec, host_name));

	if (machine->provider == PROVIDER_SYSPREP && strlen(network->host_name) > WINDOWS_NAME_MAX)
		reader_refuse(machine->reader, at, "hostName %s has %zu characters, and Windows takes %d",
			      reader_quote(machine->reader, network->host_name), strlen(network->host_name),
			      WINDOWS_NAME_MAX);
	set(machine, "hostname", tree_text(machine->arena, at, network->host_name));
}

static void domain_name_take(struct machine *machine, const struct network_spec *network)
{
	const struct yaml_node *at =
		field_place(machine->arena, &network_spec_type, network, offsetof(struct network_spec, domain_name));
	const char *host = network->host_name ? network->host_name : machine->document->name;
	const char *full = arena_format(machine->arena, "%s.%s", host, network->domain_name);
	struct yaml_node *user_data = machine_user_data(machine);

	if (strlen(full) > FULL_NAME_MAX) {
		reader_refuse(machine->reader, at,
			      "hostName and domainName have %zu characters together; at most %d fit", strlen(full),
			      FULL_NAME_MAX);
		return;
	}
	if (user_data == NULL) {
		reader_warn(machine->reader, at->line, at->column,
			    machine->provider == PROVIDER_NONE
				    ? "nobody tells the guest its domainName without a bootstrap provider; add "
				      "bootstrap.cloudInit"
				    : "domainName does not reach the guest, whose data are taken from the Secret as "
				      "they are; "
				      "write it there");
		return;
	}
	if (yaml_get(user_data, "fqdn") == NULL)
		tree_set(machine->arena, user_data, "fqdn", tree_text(machine->arena, at, full));
	reader_warn(
		machine->reader, at->line, at->column,
		"domainName is known to the guest alone, as cloud-init's fqdn; the cluster's DNS does not know it");
}

void machine_take_bootstrap(struct machine *machine)
{
	const struct network_spec *network = machine->spec->network;

	machine->provider = provider_of(machine->spec);
	if (!is_one_provider(machine->spec->bootstrap)) {
		reader_refuse(machine->reader, MACHINE_PLACE(machine, bootstrap),
			      "bootstrap takes one of cloudInit, linuxPrep and sysprep; keep one");
		return;
	}
	provider_take(machine);
	if (network && network->host_name)
		host_name_take(machine, network);
	if (network && network->domain_name)
		domain_name_take(machine, network);
}
