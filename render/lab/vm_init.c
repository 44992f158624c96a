#include "render/lab/vm_init.h"

#include "render/lab/file_field.h"
#include "render/lab/kubernetes_names.h"
#include "render/lab/values.h"
#include "render/lab/vm_user_data.h"

static const struct value_type user_data_type = { .name = "text or mapping", .shape = VALUE_ANY };

static bool fits(struct reader *reader, const struct yaml_pair *pair, size_t length)
{
	if (length > USER_DATA_MAX)
		reader_refuse(reader, pair->value,
			      "%s has %zu bytes; at most %d fit beside labsync's part into a Secret", pair->key,
			      length, USER_DATA_MAX);
	return length <= USER_DATA_MAX;
}

/* A string or a mapping, neither of them empty. */
static bool has_content(struct reader *reader, const struct yaml_pair *pair)
{
	const struct yaml_node *value = pair->value;

	if (value->kind != YAML_STRING && value->kind != YAML_MAPPING)
		reader_refuse(reader, value, "%s must be a string or a mapping, not %s", pair->key,
			      yaml_kind_name(value->kind));
	else if (value->kind == YAML_STRING ? value->length == 0 : value->count == 0)
		reader_refuse(reader, value, "%s is empty; write something, or remove it", pair->key);
	else
		return value->kind == YAML_MAPPING || fits(reader, pair, value->length);
	return false;
}

static const void *user_data_read(struct reader *reader, const struct yaml_pair *pair)
{
	if (!has_content(reader, pair))
		return NULL;
	cloud_init_check_value(reader, pair->key, pair->value);
	return pair->value;
}

static const void *config_read(struct reader *reader, const struct yaml_pair *pair)
{
	if (!has_content(reader, pair))
		return NULL;
	ignition_check_value(reader, pair->key, pair->value);
	return pair->value;
}

static const void *user_data_file_read(struct reader *reader, const struct yaml_pair *pair)
{
	const struct lab_text_file *file = file_field_read(reader, pair);

	if (file == NULL || !fits(reader, pair, file->length))
		return NULL;
	cloud_init_check_file(reader, file);
	return file;
}

static const void *config_file_read(struct reader *reader, const struct yaml_pair *pair)
{
	const struct lab_text_file *file = file_field_read(reader, pair);

	if (file == NULL || !fits(reader, pair, file->length))
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
