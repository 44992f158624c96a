/* spec.vm.cloudInit and accessCredentials: what the guest is told at its first boot, and
 * who may log in. */
#include <ctype.h>
#include <string.h>

#include "base/text.h"
#include "render/dialects/controlplane/documents.h"
#include "render/dialects/controlplane/values.h"
#include "render/lab/values.h"

enum { USER_DATA_MOST = 16384, ENCODED_MOST = 22000, KEY_SECRETS_MOST = 8, ACCESS_MOST = 8, USERS_MOST = 16 };
enum { USER_NAME_MOST = 32 };

#define USER_CHARACTERS "abcdefghijklmnopqrstuvwxyz0123456789_-"

static const char *const methods[] = { "qemuGuestAgent", "configDrive", NULL };

static const struct value_type method_type = { .name = "text", .shape = VALUE_TEXT, .allowed = methods };
static const struct value_type key_secrets_type = {
	.shape = VALUE_LIST,
	.items = &controlplane_link_type,
	.items_max = KEY_SECRETS_MOST,
};
static const struct value_type user_name_type = {
	.name = "user name",
	.shape = VALUE_TEXT,
	.pattern = "^[a-z_][a-z0-9_-]{0,31}$",
};
static const struct value_type users_type = {
	.shape = VALUE_LIST,
	.items = &user_name_type,
	.items_min = 1,
	.items_max = USERS_MOST,
};

static const void *user_data_read(struct reader *reader, const struct yaml_pair *pair)
{
	if (value_string_pair(reader, pair) == NULL)
		return NULL;
	if (pair->value->length > USER_DATA_MOST)
		return reader_refuse(
			reader, pair->value,
			"userData has %zu bytes; at most %d are taken: put the larger parts on a disk, or "
			"let the guest fetch them",
			pair->value->length, USER_DATA_MOST);
	return pair->value->text;
}

static const void *encoded_read(struct reader *reader, const struct yaml_pair *pair)
{
	const char *text;

	if (value_string_pair(reader, pair) == NULL)
		return NULL;
	text = without_blanks(reader->arena, pair->value->text);
	if (strlen(text) > ENCODED_MOST)
		return reader_refuse(
			reader, pair->value,
			"userDataBase64 has %zu characters; at most %d are taken: put the larger parts on a "
			"disk, or let the guest fetch them",
			strlen(text), ENCODED_MOST);
	return text;
}

#define CLOUD_INIT(member) offsetof(struct guest_cloud_init, member)

static const struct field cloud_init_fields[] = {
	{ "userData", user_data_read, CLOUD_INIT(user_data), &text_type,
	  "User data for cloud-init, at most 16384 bytes. It goes into a Secret. Whoever reads the repository reads "
	  "it.",
	  .fallback = NULL },
	{ "userDataBase64", encoded_read, CLOUD_INIT(user_data_base64), &text_type,
	  "The same in base64, at most 22000 characters; what is packed with gzip, too.", .fallback = NULL },
	{ "userDataSecret", NULL, CLOUD_INIT(user_data_secret), &controlplane_link_type,
	  "A Secret with the user data under the key userdata or user-data. Exactly one of the three, or none.",
	  .fallback = NULL },
	{ "sshPublicKeySecrets", NULL, CLOUD_INIT(key_secrets), &key_secrets_type,
	  "Secrets with public keys of SSH for the guest's default user, at most 8.", .fallback = NULL },
	{ .name = NULL },
};

const struct value_type guest_cloud_init_type = {
	.name = "WorkloadVMCloudInit",
	.shape = VALUE_OBJECT,
	.fields = cloud_init_fields,
	.size = sizeof(struct guest_cloud_init),
};

static bool is_user_name(const char *name)
{
	return (islower((unsigned char)*name) || *name == '_') && strlen(name) <= USER_NAME_MOST &&
	       name[strspn(name, USER_CHARACTERS)] == '\0';
}

static const void *users_read(struct reader *reader, const struct yaml_pair *pair)
{
	const struct value_list *list = value_read(reader, pair, &users_type);

	for (size_t i = 0; list && i < list->count; i++)
		if (!is_user_name(list_text(list, i)))
			reader_error_at(
				reader, &list->places[i],
				"user %s must be at most %d lower-case letters, digits, \"_\" and \"-\", with a "
				"letter or \"_\" first",
				reader_quote(reader, list_text(list, i)), USER_NAME_MOST);
	return list;
}

#define ACCESS(member) offsetof(struct guest_access, member)

static const struct field access_fields[] = {
	{ "sshPublicKeySecret", NULL, ACCESS(key_secret), &controlplane_link_type,
	  "A Secret with public keys of SSH.", .presence = FIELD_REQUIRED },
	{ "users", users_read, ACCESS(users), &users_type, "The users of the guest that they are for, 1 to 16.",
	  .presence = FIELD_REQUIRED },
	{ "deliveryMethod", NULL, ACCESS(method), &method_type,
	  "Through the QEMU guest agent while it runs, for the named users; or by cloud-init at boot, for the "
	  "default user.",
	  .fallback = "qemuGuestAgent" },
	{ .name = NULL },
};

const struct value_type guest_access_type = {
	.name = "WorkloadVMAccess",
	.shape = VALUE_OBJECT,
	.fields = access_fields,
	.size = sizeof(struct guest_access),
};
const struct value_type guest_access_list_type = {
	.shape = VALUE_LIST,
	.items = &guest_access_type,
	.items_max = ACCESS_MOST,
};
