#include "render/objects/init.h"

#include "base/digest.h"
#include "base/json.h"
#include "base/memory.h"
#include "render/objects/cloud_init.h"
#include "render/objects/identity.h"
#include "render/objects/ignition.h"
#include "render/objects/naming.h"

static char *secret_name_new(const struct lab_node *node)
{
	return name_join_new(node->object_name, "init");
}

/* `data` in base64 and not `stringData`: the server keeps only `data`, and what
 * is compared later must be what is kept. */
static void data_set(json_t *data, const char *key, const struct buffer *content)
{
	cleanup(free) char *encoded = base64_new(buffer_text(content), content->length);

	json_object_set_new(data, key, json_string(encoded));
}

static json_t *data_build(const struct lab *lab, const struct lab_node *node, const char *password_hash)
{
	cleanup(buffer) struct buffer user = BUFFER_INIT, network = BUFFER_INIT;
	json_t *data = json_object();

	if (node->vm.init == INIT_IGNITION) {
		ignition_write(node, password_hash, &user);
		data_set(data, "userdata", &user);
		return data;
	}
	cloud_init_write_user_data(node, password_hash, &user);
	cloud_init_write_network_data(lab, node, &network);
	data_set(data, "userdata", &user);
	data_set(data, "networkdata", &network);
	return data;
}

json_t *init_secret_build(const struct lab *lab, const struct lab_node *node, struct passwords *passwords,
			  struct error *err)
{
	cleanup(free) char *name = secret_name_new(node);
	const char *hash = passwords_hash(passwords, lab->namespace_name, node->vm.user, node->vm.password, err);

	if (hash == NULL)
		return NULL;
	return json_pack("{s:s, s:s, s:o, s:s, s:o}", "apiVersion", "v1", "kind", "Secret", "metadata",
			 metadata_build(lab, name, node->name), "type", "Opaque", "data",
			 data_build(lab, node, hash));
}

const char *init_volume_name(enum init_method method)
{
	return method == INIT_IGNITION ? "ignition" : "cloudinit";
}

json_t *init_volume_build(const struct lab_node *node)
{
	cleanup(free) char *secret = secret_name_new(node);
	const char *name = init_volume_name(node->vm.init);

	/* Ignition has no NoCloud; its openstack platform reads the config drive. */
	if (node->vm.init == INIT_IGNITION)
		return json_pack("{s:s, s:{s:{s:s}}}", "name", name, "cloudInitConfigDrive", "secretRef", "name",
				 secret);
	return json_pack("{s:s, s:{s:{s:s}, s:{s:s}}}", "name", name, "cloudInitNoCloud", "secretRef", "name", secret,
			 "networkDataSecretRef", "name", secret);
}
