/* Public keys of SSH for the guest: cloudInit.sshPublicKeySecrets and accessCredentials. */
#include "base/text.h"
#include "render/dialects/controlplane/build.h"
#include "render/dialects/controlplane/init.h"
#include "render/dialects/controlplane/secret_types.h"

#define PUBLIC_KEY "publicKey"
#define BY_AGENT "qemuGuestAgent"
#define BY_DRIVE "configDrive"

static struct yaml_node *credential_find(const struct workload_build *build, const char *secret)
{
	const struct yaml_node *list = yaml_get(build->vm, "accessCredentials");

	for (size_t i = 0; list && i < list->count; i++)
		if (text_equal(yaml_get(list->items[i], "sshPublicKeySecret")->text, secret))
			return list->items[i];
	return NULL;
}

static bool is_by(const struct yaml_node *credential, const char *method)
{
	return text_equal(yaml_get(credential, "method")->text, method);
}

/* The Secret with nothing but public keys: KubeVirt takes every value of one for a key, so that a private one beside it must
 * be left out. NULL after it told that there is none. */
static const struct yaml_node *keys_new(const struct workload_build *build, const struct place *place,
					const struct fact *document, const char *name)
{
	const struct yaml_node *at = tree_at(build->arena, place);
	const struct yaml_node *key = secret_value(build->arena, document, PUBLIC_KEY);

	if (!secret_is_key_pair(document))
		return secret_copy_new(build->arena, at, name, document);
	if (key)
		return secret_object_new(build->arena, at, name, secret_field(document), PUBLIC_KEY,
					 tree_text(build->arena, at, key->text));
	reader_error_at(build->reader, place, "secret \"%s\" in %s:%zu is a key pair without " PUBLIC_KEY "; add it",
			document->name, document->place.path, document->place.line);
	return NULL;
}

/* False after it told that there are none in it. A Secret that is not in the repository has some. */
static bool has_public_keys(const struct workload_build *build, const struct place *place,
			    const struct fact *document)
{
	const struct yaml_node *type = document ? yaml_get(document->root, "type") : NULL;

	if (document == NULL || secret_is_key_pair(document) ||
	    (type && (text_equal(type->text, "opaque") || text_equal(type->text, "dictionary"))))
		return true;
	reader_error_at(build->reader, place,
			"secret \"%s\" in %s:%zu has no public keys; use one of type opaque, dictionary or keypair",
			document->name, document->place.path, document->place.line);
	return false;
}

/* The Secret that KubeVirt mounts for a method. It mounts each once only, under its name, so that another method gets a copy.
 * NULL after it told that there can be none. */
static const char *mounted_secret(const struct workload_build *build, const struct place *place, const char *name,
				  const struct fact *document, const char *method)
{
	bool is_made = document && secret_is_key_pair(document);
	const char *mounted = is_made ? arena_format(build->arena, "%s-%s", build->name, name) : name;
	const struct yaml_node *used = credential_find(build, mounted), *object;

	if (used && !is_by(used, method)) {
		if (document == NULL) {
			reader_error_at(
				build->reader, place,
				"secret \"%s\" reaches the guest by %s already, and KubeVirt mounts each "
				"Secret once only; name another Secret with the same keys, or add its document "
				"(kind: secret), and labsync copies it",
				name, yaml_get(used, "method")->text);
			return NULL;
		}
		mounted = arena_format(build->arena, "%s-%s-%s", build->name, name,
				       text_equal(method, BY_AGENT) ? "users" : "drive");
		used = credential_find(build, mounted);
		is_made = true;
	}
	if (used || !is_made)
		return mounted;
	object = keys_new(build, place, document, mounted);
	if (object == NULL)
		return NULL;
	translation_add_object(build->translation, object);
	return mounted;
}

/* The credential with keys of a Secret by a method, which may be there already; NULL after it told what is wrong. */
static struct yaml_node *credential_add(const struct workload_build *build, const struct place *place,
					const char *link, const char *method)
{
	const struct yaml_node *at = tree_at(build->arena, place);
	struct yaml_node *credential;
	const struct fact *document;
	const char *secret = link_secret(build, place, link, &document);

	if (secret == NULL || !has_public_keys(build, place, document))
		return NULL;
	secret = mounted_secret(build, place, secret, document, method);
	if (secret == NULL)
		return NULL;
	credential = credential_find(build, secret);
	if (credential)
		return credential;
	credential = tree_mapping(build->arena, at);
	tree_set(build->arena, credential, "sshPublicKeySecret", tree_text(build->arena, at, secret));
	tree_set(build->arena, credential, "method", tree_text(build->arena, at, method));
	tree_append(build->arena, tree_list_at(build->arena, build->vm, "accessCredentials", at), credential);
	return credential;
}

static bool is_listed(const struct yaml_node *users, const char *name)
{
	for (size_t i = 0; i < users->count; i++)
		if (text_equal(users->items[i]->text, name))
			return true;
	return false;
}

static void users_give(const struct workload_build *build, const struct guest_access *access,
		       struct yaml_node *credential)
{
	const struct yaml_node *at = given_place(build, GIVEN(guest_access_type, access, users));
	struct yaml_node *users = tree_list_at(build->arena, credential, "users", at);

	for (size_t i = 0; i < access->users->count; i++)
		if (!is_listed(users, list_text(access->users, i)))
			tree_append(build->arena, users,
				    tree_text(build->arena, tree_at(build->arena, &access->users->places[i]),
					      list_text(access->users, i)));
}

static void credential_give(const struct workload_build *build, const struct guest_access *access)
{
	const struct given *secret = GIVEN(guest_access_type, access, key_secret);
	bool by_drive = text_equal(access->method, BY_DRIVE);
	struct yaml_node *credential =
		credential_add(build, object_place(secret->type, secret->object, secret->offset), access->key_secret,
			       by_drive ? BY_DRIVE : BY_AGENT);

	if (credential && !by_drive)
		users_give(build, access, credential);
	if (by_drive)
		reader_warn_at(
			build->reader, object_place(&guest_access_type, access, offsetof(struct guest_access, users)),
			"users has no effect with deliveryMethod configDrive, by which the keys reach the guest's "
			"default user; use qemuGuestAgent for others");
}

void access_give(struct workload_build *build)
{
	const struct guest_cloud_init *init = build->guest->cloud_init;
	const struct value_list *keys = init ? init->key_secrets : NULL, *list = build->guest->access;
	const char *method = init_is_config_drive(build) ? BY_DRIVE : "noCloud";

	for (size_t i = 0; keys && i < keys->count; i++)
		credential_add(build, &keys->places[i], list_text(keys, i), method);
	for (size_t i = 0; list && i < list->count; i++)
		credential_give(build, list->items[i]);
}
