#include "render/objects/init.h"

#include <string.h>

#include "base/json.h"
#include "base/memory.h"
#include "render/lab/object_names.h"
#include "render/objects/cloud_init.h"
#include "render/objects/identity.h"
#include "render/objects/ignition.h"
#include "render/objects/network_data.h"

static bool uses_ignition(const struct lab_vm *vm)
{
	return vm->init && *vm->init == INIT_IGNITION;
}

static char *secret_name_new(const struct lab_node *node)
{
	return name_join_new(node->object_name, "init");
}

/* The person's Secret, which stands in place of labsync's user data; NULL without one. */
static const char *own_secret(const struct lab_vm *vm)
{
	const struct lab_own_init *own = uses_ignition(vm) ? vm->ignition : vm->cloud_init;

	return own ? own->secret : NULL;
}

/* `data` in base64 and not `stringData`: the server keeps only `data`, and what
 * is compared later must be what is kept. */
static void data_set(json_t *data, const char *key, const struct buffer *content)
{
	cleanup(free) char *encoded = base64_new(buffer_text(content), content->length);

	json_object_set_new_nocheck(data, key, json_string_nocheck(encoded)); /* base64 is ASCII */
}

/* The hash that the guest is given; NULL when its user has no password, or one
 * from a Secret that labsync never sees. */
static bool hash_choose(const struct lab *lab, const struct lab_vm *vm, struct passwords *passwords,
			const char **hash, struct error *err)
{
	*hash = vm->password_hash;
	if (vm->password_secret || vm->password_hash || vm->password == NULL)
		return true;
	*hash = passwords_hash(passwords, lab->namespace_name, vm->user, vm->password, err);
	return *hash != NULL;
}

static bool user_data_add(const struct lab *lab, const struct lab_node *node, struct passwords *passwords,
			  json_t *data, struct error *err)
{
	cleanup(buffer) struct buffer user = BUFFER_INIT;
	const char *hash;

	if (own_secret(node->vm))
		return true;
	if (!hash_choose(lab, node->vm, passwords, &hash, err))
		return false;
	if (uses_ignition(node->vm) ? !ignition_write(lab, node, hash, &user, err)
				    : !cloud_init_write_user_data(lab, node, hash, &user, err))
		return false;
	data_set(data, "userdata", &user);
	return true;
}

bool init_secret_build(const struct lab *lab, const struct lab_node *node, struct passwords *passwords,
		       json_t **secret, struct error *err)
{
	cleanup(free) char *name = secret_name_new(node);
	cleanup(buffer) struct buffer network = BUFFER_INIT;
	cleanup(json) json_t *data = json_object();

	*secret = NULL;
	if (!user_data_add(lab, node, passwords, data, err))
		return false;
	if (!uses_ignition(node->vm)) {
		network_data_write(lab, node, &network);
		data_set(data, "networkdata", &network);
	}
	if (json_object_size(data) > 0)
		*secret = json_pack("{s:s, s:s, s:o, s:s, s:O}", "apiVersion", "v1", "kind", "Secret", "metadata",
				    metadata_build(lab, name, node->name), "type", "Opaque", "data", data);
	return true;
}

const char *init_digest(const json_t *secret, char text[SHA256_TEXT_SIZE])
{
	cleanup(buffer) struct buffer data = BUFFER_INIT;
	const char *key;
	json_t *value;

	if (secret == NULL)
		return NULL;
	/* In the order in which they were set, each with its NUL. */
	json_object_foreach (json_object_get(secret, "data"), key, value) {
		buffer_append(&data, key, strlen(key) + 1);
		buffer_append(&data, json_string_value(value), json_string_length(value) + 1);
	}
	return sha256_text(buffer_text(&data), data.length, text);
}

const char *init_volume_name(const struct lab_vm *vm)
{
	return uses_ignition(vm) ? "ignition" : "cloudinit";
}

json_t *init_volume_build(const struct lab_node *node)
{
	cleanup(free) char *secret = secret_name_new(node);
	const char *name = init_volume_name(node->vm), *own = own_secret(node->vm);
	const char *user = own ? own : secret;

	/* Ignition has no NoCloud; its openstack platform reads the config drive. */
	if (uses_ignition(node->vm))
		return json_pack("{s:s, s:{s:{s:s}}}", "name", name, "cloudInitConfigDrive", "secretRef", "name",
				 user);
	return json_pack("{s:s, s:{s:{s:s}, s:{s:s}}}", "name", name, "cloudInitNoCloud", "secretRef", "name", user,
			 "networkDataSecretRef", "name", secret);
}
