#include "render/objects/srl.h"

#include <assert.h>
#include <string.h>

#include "base/buffer.h"
#include "base/digest.h"
#include "base/json.h"
#include "base/memory.h"
#include "render/lab/object_names.h"
#include "render/lab/srl_chassis.h"
#include "render/objects/deployment.h"
#include "render/objects/given.h"
#include "render/objects/identity.h"

#define CONFIGURATION_SIZE "100Mi"
#define CONFIGURATION_FOLDER "/etc/opt/srlinux"
#define VOLUME_FOLDER "/volume"
#define TOPOLOGY_FILE "topology.yml"
#define LICENSE_KEY "license"

/* The folder appears under its name only once it is whole, so that a copy that
 * was interrupted is made anew. A folder of the volume, not its root, which may
 * hold lost+found. */
static const char fill_script[] = "set -e\n"
				  "cd " VOLUME_FOLDER "\n"
				  "test ! -d srlinux || exit 0\n"
				  "rm -rf srlinux.new\n"
				  "cp -a " CONFIGURATION_FOLDER " srlinux.new\n"
				  "mv srlinux.new srlinux\n";

/* As containerlab and KNE start it, after the image's own entry point: SR Linux
 * takes /.dockerenv for the sign that it is in a container. */
static const char start_script[] = "touch /.dockerenv && exec /opt/srlinux/bin/sr_linux";

/* Made from the router's names, so that routers which come and go leave the others theirs; KNL numbers them by
 * their order. The ports count up from it, which is why it ends with zeros. */
static char *base_mac_new(const struct lab *lab, const struct lab_node *node, const struct srl_chassis *chassis)
{
	cleanup(free) char *identity = NULL;
	uint8_t digest[SHA256_SIZE];

	if (*chassis->base_mac)
		return string_copy(chassis->base_mac);
	identity = name_node_identity_new(lab, node->name);
	sha256(identity, strlen(identity), digest);
	/* Locally administered, unicast. */
	return string_format("%02x:%02x:%02x:%02x:00:00", (digest[0] & 0xfc) | 0x02, digest[1], digest[2], digest[3]);
}

static char *topology_text_new(const struct lab *lab, const struct lab_node *node)
{
	struct buffer text = BUFFER_INIT;
	struct srl_chassis chassis;
	cleanup(free) char *base_mac = NULL;
	bool known = srl_chassis_parse(node->srl->chassis, &chassis);

	assert(known); /* the reader refuses what is not */
	(void)known;
	base_mac = base_mac_new(lab, node, &chassis);
	buffer_format(&text, "chassis_configuration:\n  chassis_type: %d\n  base_mac: \"%s\"\n  cpm_card_type: %d\n",
		      chassis.chassis_type, base_mac, chassis.cpm_card_type);
	buffer_format(&text, "slot_configuration:\n  %d:\n    card_type: %d\n    mda_type: %d\n", chassis.slot,
		      chassis.card_type, chassis.mda_type);
	return buffer_steal(&text);
}

static char *topology_name_new(const struct lab_node *node)
{
	return name_join_new(node->object_name, "topology");
}

static json_t *topology_build(const struct lab *lab, const struct lab_node *node)
{
	cleanup(free) char *name = topology_name_new(node);
	cleanup(free) char *text = topology_text_new(lab, node);

	return json_pack("{s:s, s:s, s:o, s:{s:s}}", "apiVersion", "v1", "kind", "ConfigMap", "metadata",
			 metadata_build(lab, name, node->name), "data", TOPOLOGY_FILE, text);
}

static json_t *claim_build(const struct lab *lab, const struct lab_node *node)
{
	cleanup(free) char *name = name_srl_disk_new(node);

	return json_pack("{s:s, s:s, s:o, s:{s:[s], s:{s:{s:s}}, s:s*}}", "apiVersion", "v1", "kind",
			 "PersistentVolumeClaim", "metadata", metadata_build(lab, name, node->name), "spec",
			 "accessModes", "ReadWriteOnce", "resources", "requests", "storage", CONFIGURATION_SIZE,
			 "storageClassName", lab->storage_class);
}

static json_t *init_container_build(const struct lab_node *node)
{
	return json_pack("{s:s, s:s, s:[s, s, s], s:{s:i}, s:[{s:s, s:s}]}", "name", "configuration", "image",
			 node->srl->image, "command", "bash", "-c", fill_script, "securityContext", "runAsUser", 0,
			 "volumeMounts", "name", "etc", "mountPath", VOLUME_FOLDER);
}

static json_t *container_build(const struct lab_node *node)
{
	const struct lab_srl *srl = node->srl;
	json_t *mounts = json_pack("[{s:s, s:s, s:s}, {s:s, s:s, s:s}]", "name", "etc", "mountPath",
				   CONFIGURATION_FOLDER, "subPath", "srlinux", "name", "topology", "mountPath",
				   "/tmp/" TOPOLOGY_FILE, "subPath", TOPOLOGY_FILE);
	json_t *container = json_pack("{s:s, s:s, s:[s, s, s, s], s:[{s:s, s:s}], s:{s:b, s:i}}", "name", "main",
				      "image", srl->image, "args", "sudo", "bash", "-c", start_script, "env", "name",
				      "SRLINUX", "value", "1", "securityContext", "privileged", 1, "runAsUser", 0);

	if (srl->license)
		json_array_append_new(mounts, json_pack("{s:s, s:s, s:s}", "name", "license", "mountPath",
							"/opt/srlinux/etc/license.key", "subPath", LICENSE_KEY));
	json_object_set_new(container, "volumeMounts", mounts);
	given_set(container, "resources", container_resources_build(node, NULL, srl->memory, srl->cpu));
	given_set(container, "ports", container_ports_build(srl->ports));
	return container;
}

static json_t *volumes_build(const struct lab_node *node)
{
	cleanup(free) char *claim = name_srl_disk_new(node);
	cleanup(free) char *topology = topology_name_new(node);
	json_t *volumes = json_pack("[{s:s, s:{s:s}}, {s:s, s:{s:s}}]", "name", "etc", "persistentVolumeClaim",
				    "claimName", claim, "name", "topology", "configMap", "name", topology);

	if (node->srl->license)
		json_array_append_new(volumes, json_pack("{s:s, s:{s:s}}", "name", "license", "secret", "secretName",
							 node->srl->license));
	return volumes;
}

void srl_add_objects(const struct lab *lab, const struct lab_node *node, json_t *objects)
{
	cleanup(json) json_t *topology = topology_build(lab, node);
	json_t *spec =
		json_pack("{s:[o], s:[o], s:s, s:o}", "initContainers", init_container_build(node), "containers",
			  container_build(node), "hostname", node->name, "volumes", volumes_build(node));

	deployment_add_attachments(lab, node, objects);
	json_array_append_new(objects, claim_build(lab, node));
	json_array_append(objects, topology);
	deployment_add(lab, node, node->srl->ports, spec, topology, objects);
}
