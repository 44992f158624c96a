#include "render/lab/vm_init.h"

#include "base/text.h"
#include "render/lab/file_field.h"
#include "render/lab/kubernetes_names.h"
#include "render/lab/values.h"
#include "render/lab/vm_user_data.h"

static const struct value_type user_data_type = { .name = "text or mapping", .shape = VALUE_ANY };
static const struct value_type network_data_type = { .name = "text or mapping", .shape = VALUE_ANY };

static const char *const init_names[] = { [INIT_CLOUD_INIT] = INIT_CLOUD_INIT_NAME,
					  [INIT_IGNITION] = "ignition",
					  [INIT_SYSPREP] = "sysprep",
					  [INIT_NONE] = "none",
					  NULL };
static const char *const volume_types[] = { CLOUD_INIT_NO_CLOUD, CLOUD_INIT_CONFIG_DRIVE, NULL };

const struct value_type init_type = { .name = "text", .shape = VALUE_TEXT, .allowed = init_names };
static const struct value_type volume_type_type = { .name = "text", .shape = VALUE_TEXT, .allowed = volume_types };

const void *init_read(struct reader *reader, const struct yaml_pair *pair)
{
	static const enum init_method methods[] = { INIT_CLOUD_INIT, INIT_IGNITION, INIT_SYSPREP, INIT_NONE };
	const char *name = value_read(reader, pair, &init_type);

	for (size_t i = 0; name && i < sizeof(methods) / sizeof(methods[0]); i++)
		if (text_equal(init_names[methods[i]], name))
			return &methods[i];
	return NULL;
}

static bool fits(struct reader *reader, const struct yaml_pair *pair, size_t length, size_t most)
{
	if (length > most)
		reader_refuse(reader, pair->value,
			      "%s has %zu bytes; at most %zu fit beside labsync's part into a Secret", pair->key,
			      length, most);
	return length <= most;
}

/* A string or a mapping, neither of them empty. */
static bool has_content(struct reader *reader, const struct yaml_pair *pair, size_t most)
{
	const struct yaml_node *value = pair->value;

	if (value->kind != YAML_STRING && value->kind != YAML_MAPPING)
		reader_refuse(reader, value, "%s must be a string or a mapping, not %s", pair->key,
			      yaml_kind_name(value->kind));
	else if (value->kind == YAML_STRING ? value->length == 0 : value->count == 0)
		reader_refuse(reader, value, "%s is empty; write something, or remove it", pair->key);
	else
		return value->kind == YAML_MAPPING || fits(reader, pair, value->length, most);
	return false;
}

static const void *user_data_read(struct reader *reader, const struct yaml_pair *pair)
{
	return has_content(reader, pair, USER_DATA_MAX) ? pair->value : NULL;
}

static const void *network_data_read(struct reader *reader, const struct yaml_pair *pair)
{
	return has_content(reader, pair, NETWORK_DATA_MAX) ? pair->value : NULL;
}

static const void *config_read(struct reader *reader, const struct yaml_pair *pair)
{
	if (!has_content(reader, pair, USER_DATA_MAX))
		return NULL;
	ignition_check_value(reader, pair->key, pair->value);
	return pair->value;
}

static const void *user_data_file_read(struct reader *reader, const struct yaml_pair *pair)
{
	const struct lab_text_file *file = file_field_read(reader, pair);

	return file && fits(reader, pair, file->length, USER_DATA_MAX) ? file : NULL;
}

static const void *config_file_read(struct reader *reader, const struct yaml_pair *pair)
{
	const struct lab_text_file *file = file_field_read(reader, pair);

	if (file == NULL || !fits(reader, pair, file->length, USER_DATA_MAX))
		return NULL;
	ignition_check_file(reader, file);
	return file;
}

#define OFFSET(member) offsetof(struct lab_own_init, member)

static const struct field cloud_init_fields[] = {
	{ "userData", user_data_read, OFFSET(user_data), &user_data_type,
	  "The user data itself: a cloud-config as a mapping, or text that begins with #cloud-config, #! or another "
	  "of "
	  "cloud-init's marks.",
	  .fallback = NULL },
	{ "file", user_data_file_read, OFFSET(file), &file_type,
	  "A file with the user data, relative to the file of the lab, or with a leading \"/\" to the root of the "
	  "labs.",
	  .fallback = NULL },
	{ "secret", object_name_read, OFFSET(secret), &object_name_type,
	  "A Secret in the lab's namespace whose key userdata is the user data. The guest gets it as it is, so that "
	  "user, "
	  "password and keys of the VM have no effect.",
	  .fallback = NULL },
	{ "only", value_boolean, OFFSET(only), &boolean_type,
	  "Whether the guest gets exactly what is given here, byte for byte, and nothing of labsync's: no user, "
	  "password, keys or addresses.",
	  .fallback = "false" },
	{ "networkData", network_data_read, OFFSET(network_data), &network_data_type,
	  "The network data in place of labsync's, with only: a mapping, or text that the guest gets as it is.",
	  .fallback = NULL },
	{ "networkDataSecret", object_name_read, OFFSET(network_data_secret), &object_name_type,
	  "A Secret in the lab's namespace whose key networkdata is the network data, with only.", .fallback = NULL },
	{ "type", NULL, OFFSET(type), &volume_type_type,
	  "The form of the disk that cloud-init reads. ConfigDrive, OpenStack's form, is for guests that know no "
	  "other, "
	  "and needs only.",
	  .fallback = CLOUD_INIT_NO_CLOUD },
	{ .name = NULL },
};

static const struct field ignition_fields[] = {
	{ "config", config_read, OFFSET(user_data), &user_data_type,
	  "The Ignition config itself, of version 3: as a mapping, or as JSON text.", .fallback = NULL },
	{ "file", config_file_read, OFFSET(file), &file_type,
	  "A file with the Ignition config, relative to the file of the lab, or with a leading \"/\" to the root of "
	  "the "
	  "labs.",
	  .fallback = NULL },
	{ "secret", object_name_read, OFFSET(secret), &object_name_type,
	  "A Secret in the lab's namespace whose key userdata is the Ignition config. The guest gets it as it is, "
	  "without "
	  "labsync's user, addresses and routes.",
	  .fallback = NULL },
	{ .name = NULL },
};

const struct value_type cloud_init_type = {
	.name = "CloudInit",
	.shape = VALUE_OBJECT,
	.fields = cloud_init_fields,
	.size = sizeof(struct lab_own_init),
};
const struct value_type ignition_type = {
	.name = "Ignition",
	.shape = VALUE_OBJECT,
	.fields = ignition_fields,
	.size = sizeof(struct lab_own_init),
};

/* Text that is handed on as it is may be for other programs than cloud-init, such as those of Windows. */
const void *cloud_init_read(struct reader *reader, const struct yaml_pair *pair)
{
	size_t before = reader->errors;
	const struct lab_own_init *own = object_read(reader, pair->value, pair->key, &cloud_init_type);
	bool is_alone = own->only && *own->only;

	if (reader->errors > before)
		return own;
	if (own->user_data && (own->user_data->kind == YAML_MAPPING || !is_alone))
		cloud_init_check_value(reader, "userData", own->user_data);
	if (own->file && !is_alone)
		cloud_init_check_file(reader, own->file);
	return own;
}

bool cloud_init_is_alone(const struct lab_vm *vm)
{
	bool is_cloud_init = vm->init == NULL || *vm->init == INIT_CLOUD_INIT;

	return is_cloud_init && vm->cloud_init && vm->cloud_init->only && *vm->cloud_init->only;
}
