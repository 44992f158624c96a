#include "render/objects/init.h"

#include <string.h>

#include "base/json.h"
#include "base/memory.h"
#include "base/text.h"
#include "render/lab/object_names.h"
#include "render/lab/vm_init.h"
#include "render/objects/cloud_init.h"
#include "render/objects/identity.h"
#include "render/objects/ignition.h"
#include "render/objects/network_data.h"
#include "render/objects/own_init.h"

static enum init_method method_of(const struct lab_vm *vm)
{
	return vm->init ? *vm->init : INIT_CLOUD_INIT;
}

static bool uses_ignition(const struct lab_vm *vm)
{
	return method_of(vm) == INIT_IGNITION;
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

/* What the person gave and nothing else; a mapping is a cloud-config. */
static void given_user_data_add(const struct lab_own_init *own, json_t *data)
{
	struct own_text text = own_init_text(own);
	cleanup(buffer) struct buffer user = BUFFER_INIT;
	cleanup(json) json_t *config = NULL;

	if (text.text) {
		buffer_append(&user, text.text, text.length);
	} else if (own->user_data) {
		config = yaml_to_json_new(own->user_data);
		buffer_append_text(&user, "#cloud-config\n");
		yaml_write(config, &user);
	} else {
		return;
	}
	data_set(data, "userdata", &user);
}

static void given_network_data_add(const struct lab_own_init *own, json_t *data)
{
	cleanup(buffer) struct buffer network = BUFFER_INIT;
	cleanup(json) json_t *mapping = NULL;

	if (own->network_data == NULL)
		return;
	if (own->network_data->kind == YAML_STRING) {
		buffer_append(&network, own->network_data->text, own->network_data->length);
	} else {
		mapping = yaml_to_json_new(own->network_data);
		yaml_write(mapping, &network);
	}
	data_set(data, "networkdata", &network);
}

static void network_data_add(const struct lab *lab, const struct lab_node *node, json_t *data)
{
	cleanup(buffer) struct buffer network = BUFFER_INIT;

	network_data_write(lab, node, &network);
	data_set(data, "networkdata", &network);
}

/* False with an error. */
static bool data_add(const struct lab *lab, const struct lab_node *node, struct passwords *passwords, json_t *data,
		     struct error *err)
{
	const struct lab_vm *vm = node->vm;

	if (method_of(vm) == INIT_NONE || method_of(vm) == INIT_SYSPREP)
		return true;
	if (cloud_init_is_alone(vm)) {
		given_user_data_add(vm->cloud_init, data);
		given_network_data_add(vm->cloud_init, data);
		return true;
	}
	if (!user_data_add(lab, node, passwords, data, err))
		return false;
	if (!uses_ignition(vm))
		network_data_add(lab, node, data);
	return true;
}

bool init_secret_build(const struct lab *lab, const struct lab_node *node, struct passwords *passwords,
		       json_t **secret, struct error *err)
{
	cleanup(free) char *name = secret_name_new(node);
	cleanup(json) json_t *data = json_object();

	*secret = NULL;
	if (!data_add(lab, node, passwords, data, err))
		return false;
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
	static const char *const names[] = {
		[INIT_CLOUD_INIT] = "cloudinit",
		[INIT_IGNITION] = "ignition",
		[INIT_SYSPREP] = "sysprep",
		[INIT_NONE] = NULL,
	};

	return names[method_of(vm)];
}

static json_t *reference_build(const char *name)
{
	return json_pack("{s:s}", "name", name);
}

/* The Secrets with user data and network data, of which `secret` is labsync's; NULL where there are none. */
struct init_secrets {
	const char *user, *network;
};

static struct init_secrets secrets_of(const struct lab_vm *vm, const char *secret)
{
	const struct lab_own_init *own = vm->cloud_init;
	const char *user = own_secret(vm);

	if (uses_ignition(vm))
		return (struct init_secrets){ user ? user : secret, NULL };
	if (!cloud_init_is_alone(vm))
		return (struct init_secrets){ user ? user : secret, secret };
	if (user == NULL && (own->user_data || own->file))
		user = secret;
	return (struct init_secrets){ user, own->network_data ? secret : own->network_data_secret };
}

static json_t *sysprep_build(const struct lab_sysprep *sysprep)
{
	json_t *source = json_object();

	if (sysprep && sysprep->secret)
		json_object_set_new(source, "secret", reference_build(sysprep->secret));
	else if (sysprep && sysprep->config_map)
		json_object_set_new(source, "configMap", reference_build(sysprep->config_map));
	return source;
}

/* Ignition has no NoCloud; its openstack platform reads the config drive. */
static const char *volume_kind(const struct lab_vm *vm)
{
	bool is_config_drive = vm->cloud_init && text_equal(vm->cloud_init->type, CLOUD_INIT_CONFIG_DRIVE);

	return uses_ignition(vm) || is_config_drive ? "cloudInitConfigDrive" : "cloudInitNoCloud";
}

json_t *init_volume_build(const struct lab_node *node)
{
	cleanup(free) char *secret = secret_name_new(node);
	const char *name = init_volume_name(node->vm);
	struct init_secrets secrets;
	json_t *source;

	if (name == NULL)
		return NULL;
	if (method_of(node->vm) == INIT_SYSPREP)
		return json_pack("{s:s, s:o}", "name", name, "sysprep", sysprep_build(node->vm->sysprep));
	secrets = secrets_of(node->vm, secret);
	source = json_object();
	if (secrets.user)
		json_object_set_new(source, "secretRef", reference_build(secrets.user));
	if (secrets.network)
		json_object_set_new(source, "networkDataSecretRef", reference_build(secrets.network));
	return json_pack("{s:s, s:o}", "name", name, volume_kind(node->vm), source);
}

static bool has_own_network_data(const struct lab_vm *vm)
{
	return vm->cloud_init->network_data || vm->cloud_init->network_data_secret;
}

/* Why the guest is told of no address; NULL when it is told. */
static const char *unreached_by(const struct lab_vm *vm)
{
	switch (method_of(vm)) {
	case INIT_CLOUD_INIT:
		return cloud_init_is_alone(vm) && !has_own_network_data(vm)
			       ? "with cloudInit.only it gets nothing of labsync's; put them into its "
				 "network data"
			       : NULL;
	case INIT_IGNITION:
		return vm->ignition && vm->ignition->secret
			       ? "the Secret of ignition is used as it is; put them into the Secret"
			       : NULL;
	case INIT_SYSPREP:
		return "init is sysprep; set them in the answer file";
	case INIT_NONE:
		return "init is none; set them in the guest";
	}
	return NULL;
}

void init_check_addresses(const struct lab *lab, const struct lab_node *node, struct diagnostics *diagnostics)
{
	const char *why = unreached_by(node->vm);

	for (size_t i = 0; why && i < node->interface_count; i++) {
		const struct lab_interface *interface = &node->interfaces[i];

		if (interface->address_count == 0 && interface->route_count == 0 && interface->gateway[0] == NULL &&
		    interface->gateway[1] == NULL)
			continue;
		diagnostics_add(
			diagnostics, DIAGNOSTIC_WARNING, lab->path, interface->line, interface->column,
			"the addresses and routes of node \"%s\" on link \"%s\" do not reach the guest, since %s",
			node->name, interface->link->name, why);
	}
}
