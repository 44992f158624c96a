/* spec.vm.cloudInit: user data, and network data that does without a MAC. */
#include <string.h>

#include "base/digest.h"
#include "base/text.h"
#include "render/dialects/annotations.h"
#include "render/dialects/controlplane/build.h"
#include "render/dialects/controlplane/init.h"
#include "render/dialects/controlplane/secret_types.h"

#define EMPTY_CONFIG "#cloud-config\n{}\n"
#define USER_DATA_KEY "userdata"
#define OTHER_KEY "user-data"
#define ENCODED_SUFFIX "encoded-user-data"

/* Every NIC of a VM: eth0, enp1s0, ens3. */
#define NIC_NAMES "e*"

#define ZONE ".cpln.local"

bool init_is_config_drive(const struct workload_build *build)
{
	const struct value_list *list = build->guest->access;

	for (size_t i = 0; list && i < list->count; i++) {
		const struct guest_access *access = list->items[i];

		if (text_equal(access->method, "configDrive"))
			return true;
	}
	return false;
}

static bool is_windows(const struct workload_build *build)
{
	return text_equal(build->guest->guest_os, "windows");
}

static bool has_key_secrets(const struct workload_build *build)
{
	const struct guest_cloud_init *given = build->guest->cloud_init;

	return given && given->key_secrets && given->key_secrets->count > 0;
}

/* Then not every interface asks DHCP: cloud-init takes the first one without being told, and the others are links. */
static bool has_links(const struct workload_build *build)
{
	return annotation_get(build->document, DIALECT_ANNOTATION_LINKS) != NULL;
}

/* The guest finds its interface by the name: a MAC may be another one at the next start. */
static const struct yaml_node *network_data(const struct workload_build *build)
{
	struct arena *arena = build->arena;
	const struct yaml_node *at = build->document->root;
	struct yaml_node *data = tree_mapping(arena, at), *ethernet;

	tree_set(arena, data, "version", tree_integer(arena, at, 2));
	ethernet = tree_mapping_at(arena, tree_mapping_at(arena, data, "ethernets", at), "default", at);
	tree_set(arena, tree_mapping_at(arena, ethernet, "match", at), "name", tree_text(arena, at, NIC_NAMES));
	tree_set(arena, ethernet, "dhcp4", tree_boolean(arena, at, true));
	return data;
}

/* A Secret with user data that labsync makes beside the workload; its name. */
static const char *user_data_secret_add(const struct workload_build *build, const struct yaml_node *at,
					const char *suffix, const char *field, const struct yaml_node *value)
{
	const char *name = arena_format(build->arena, "%s-%s", build->name, suffix);

	translation_add_object(build->translation,
			       secret_object_new(build->arena, at, name, field, USER_DATA_KEY, value));
	return name;
}

/* Names that only Control Plane resolves are of no use to the guest. */
static void zone_warn(const struct workload_build *build, const struct place *place, const char *text)
{
	if (strstr(text, ZONE))
		reader_warn_at(build->reader, place,
			       "user data has a name in " ZONE
			       ", which only Control Plane resolves; here a workload is "
			       "WORKLOAD.%s.svc",
			       build->translation->namespace_name);
}

/* What is packed stays as it is, in a Secret. */
static void encoded_give(const struct workload_build *build, struct yaml_node *init)
{
	const struct given *given = GIVEN(guest_cloud_init_type, build->guest->cloud_init, user_data_base64);
	const struct yaml_node *at = given_place(build, given);
	const char *encoded = build->guest->cloud_init->user_data_base64;
	size_t length;
	cleanup(free) uint8_t *data = base64_decode_new(encoded, &length);

	if (data == NULL || length == 0) {
		reader_error_at(build->reader, object_place(given->type, given->object, given->offset),
				"userDataBase64 is no base64; `base64 -w0 FILE` makes it, or use userData");
	} else if (tree_is_text(data, length)) {
		zone_warn(build, object_place(given->type, given->object, given->offset), (const char *)data);
		tree_set(build->arena, init, "userData", tree_text(build->arena, at, (const char *)data));
	} else {
		tree_set(build->arena, init, "secret",
			 tree_text(build->arena, at,
				   user_data_secret_add(build, at, ENCODED_SUFFIX, "data",
							tree_text(build->arena, at, encoded))));
	}
}

/* Whether a Secret as Kubernetes has it is in the repository, with user data for KubeVirt. */
static bool is_kubernetes_secret(const struct workload_build *build, const char *name)
{
	const struct fact *secret =
		facts_find(build->translation->facts, "kubevirt", "Secret", build->translation->namespace_name, name);
	const struct yaml_node *root = secret ? secret->root : NULL;

	return yaml_get(yaml_get(root, "data"), USER_DATA_KEY) ||
	       yaml_get(yaml_get(root, "stringData"), USER_DATA_KEY);
}

/* KubeVirt reads only the key userdata. */
static void secret_give(const struct workload_build *build, struct yaml_node *init)
{
	const struct given *given = GIVEN(guest_cloud_init_type, build->guest->cloud_init, user_data_secret);
	const struct place *place = object_place(given->type, given->object, given->offset);
	const struct yaml_node *at = given_place(build, given), *other;
	const struct fact *document;
	const char *name = link_secret(build, place, build->guest->cloud_init->user_data_secret, &document);

	if (name == NULL)
		return;
	if (document == NULL) {
		if (!is_kubernetes_secret(build, name))
			reader_warn_at(build->reader, place,
				       "secret \"%s\" with key " USER_DATA_KEY
				       " is not in the repository; the Secret of that name must have the user data "
				       "under it, since KubeVirt does not read " OTHER_KEY,
				       name);
	} else if (secret_value(build->arena, document, USER_DATA_KEY) == NULL) {
		other = secret_value(build->arena, document, OTHER_KEY);
		if (other == NULL) {
			reader_error_at(build->reader, place,
					"secret \"%s\" in %s:%zu has neither of the keys " USER_DATA_KEY
					" and " OTHER_KEY "; add one",
					name, document->place.path, document->place.line);
			return;
		}
		name = user_data_secret_add(build, at, name, secret_field(document),
					    tree_text(build->arena, at, other->text));
	}
	tree_set(build->arena, init, "secret", tree_text(build->arena, at, name));
}

/* False after it told that there are several. */
static bool is_single(const struct workload_build *build, const struct guest_cloud_init *given)
{
	const struct given *rows[] = { GIVEN(guest_cloud_init_type, given, user_data),
				       GIVEN(guest_cloud_init_type, given, user_data_base64),
				       GIVEN(guest_cloud_init_type, given, user_data_secret) };
	const bool is_given[] = { given->user_data, given->user_data_base64, given->user_data_secret };
	size_t count = 0;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (is_given[i] && count++ > 0) {
			reader_error_at(
				build->reader, object_place(rows[i]->type, rows[i]->object, rows[i]->offset),
				"cloudInit takes one of userData, userDataBase64 and userDataSecret; keep one");
			return false;
		}
	return true;
}

static void user_data_give(const struct workload_build *build, struct yaml_node *init)
{
	const struct guest_cloud_init *given = build->guest->cloud_init;

	if (given == NULL || !is_single(build, given))
		return;
	if (given->user_data)
		zone_warn(build,
			  object_place(&guest_cloud_init_type, given, offsetof(struct guest_cloud_init, user_data)),
			  given->user_data);
	give_text(build, init, "userData", GIVEN(guest_cloud_init_type, given, user_data));
	if (given->user_data_base64)
		encoded_give(build, init);
	if (given->user_data_secret)
		secret_give(build, init);
}

void init_give(struct workload_build *build)
{
	const struct yaml_node *at = build->document->root;
	bool drive = init_is_config_drive(build), plain = drive || is_windows(build) || has_links(build);
	struct yaml_node *init = tree_mapping(build->arena, at);

	user_data_give(build, init);
	/* OpenStack's network data, which a configuration drive has, knows no names of interfaces; Windows has others. */
	if (!plain)
		tree_set(build->arena, init, "networkData", network_data(build));
	else if (init->count == 0 && (!is_windows(build) || drive || has_key_secrets(build)))
		tree_set(build->arena, init, "userData", tree_text(build->arena, at, EMPTY_CONFIG));
	if (init->count == 0) {
		tree_set(build->arena, build->vm, "init", tree_text(build->arena, at, "none"));
		return;
	}
	tree_set(build->arena, init, "only", tree_boolean(build->arena, at, true));
	if (drive)
		tree_set(build->arena, init, "type", tree_text(build->arena, at, "ConfigDrive"));
	tree_set(build->arena, build->vm, "cloudInit", init);
}
