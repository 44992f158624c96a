#include "render/objects/cloud_init.h"

#include <string.h>

#include "base/json.h"
#include "base/memory.h"
#include "base/text.h"
#include "render/objects/given.h"
#include "render/objects/merge.h"
#include "render/objects/own_init.h"
#include "render/objects/user_data_parts.h"
#include "render/yaml/yaml.h"

/* `hashed_passwd` rather than `passwd`: it also reaches a user that the image brings along. */
static json_t *user_build(const struct lab_vm *vm, const char *password_hash)
{
	json_t *user = json_pack("{s:s, s:s*, s:b, s:s, s:s}", "name", vm->user, "hashed_passwd", password_hash,
				 "lock_passwd", password_hash == NULL, "shell", "/bin/bash", "sudo",
				 "ALL=(ALL) NOPASSWD:ALL");

	given_set_list(user, "ssh_authorized_keys", vm->ssh_keys);
	return user;
}

/* `updates`: the instance-id is the firmware's UUID and stays, so that a restart
 * does not run cloud-init anew on the kept disk; but addresses that changed in
 * Git must arrive by a restart. See docs/decisions/instance-id.md. */
static json_t *config_build(const struct lab_node *node, const char *password_hash)
{
	const struct lab_vm *vm = node->vm;
	json_t *config = json_pack("{s:s, s:[o], s:{s:{s:[s, s]}}}", "hostname",
				   vm->hostname ? vm->hostname : node->name, "users", user_build(vm, password_hash),
				   "updates", "network", "when", "boot-new-instance", "boot");

	if (password_hash || vm->password_secret)
		json_object_set_new(config, "ssh_pwauth", json_true());
	return config;
}

/* A password that the person gives labsync's user in their own way takes the place of ours. */
static void passwords_yield(json_t *config, const json_t *own)
{
	static const char *const ways[] = { "passwd", "plain_text_passwd", "hashed_passwd" };
	json_t *user = json_array_get(json_object_get(config, "users"), 0);
	const char *name = json_text_at(user, "name", NULL);
	size_t i;
	json_t *other;

	json_array_foreach (json_object_get(own, "users"), i, other) {
		if (!text_equal(json_text_at(other, "name", NULL), name))
			continue;
		for (size_t j = 0; j < sizeof(ways) / sizeof(ways[0]); j++) {
			if (json_object_get(other, ways[j])) {
				json_object_del(user, "hashed_passwd");
				json_object_set_new(user, "lock_passwd", json_false());
			}
		}
	}
}

static void config_merge(json_t *config, const json_t *own)
{
	static const char *const keys[] = { "name", "path", NULL };

	passwords_yield(config, own);
	merge_onto(config, own, keys);
}

static void config_write(const json_t *config, struct buffer *out)
{
	buffer_append_text(out, "#cloud-config\n");
	yaml_write(config, out);
}

bool cloud_init_write_user_data(const struct lab *lab, const struct lab_node *node, const char *password_hash,
				struct buffer *out, struct error *err)
{
	cleanup(json) json_t *config = config_build(node, password_hash), *own = NULL;
	cleanup(buffer) struct buffer ours = BUFFER_INIT;
	const struct lab_own_init *given = node->vm->cloud_init;
	struct own_text text = own_init_text(given);

	if (given == NULL) {
		config_write(config, out);
		return true;
	}
	if (text.text == NULL || user_data_is_cloud_config(text.text)) {
		own = own_init_mapping_new(lab, given, "cloudInit", err);
		if (own == NULL)
			return false;
		config_merge(config, own);
		config_write(config, out);
		return true;
	}
	config_write(config, &ours);
	return user_data_join(lab, given, buffer_text(&ours), out, err);
}
