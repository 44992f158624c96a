#include "render/lab/vm_access.h"

#include <string.h>

#include "base/digest.h"
#include "base/text.h"
#include "render/lab/kubernetes_names.h"
#include "render/lab/values.h"
#include "render/lab/vm.h"

enum { KEYS_MAX = 64, KEY_MAX = 16 * 1024, CREDENTIALS_MAX = 16, USERS_MAX = 64, USER_MAX = 256, HASH_MAX = 384 };
enum { MOUNTED_MAX = 63 - sizeof("-access-cred") + 1 };

#define HASH_CHARACTERS "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789./"
#define CUT_BY_SHELL "it is a hash like $6$SALT$HASH, in single quotes; `mkpasswd -m sha-512` makes one"

const struct value_type password_hash_type = {
	.name = "hash as of crypt(5)",
	.shape = VALUE_TEXT,
	.pattern = "^\\$[0-9a-z]+\\$[^:*! ]+$",
};

/* The hashes of crypt(5) that a Linux of today takes: what stands before the hash, and how long it is at most. */
static const struct {
	const char *prefix;
	size_t parts; /* after the prefix, between "$"; the last is the hash */
	size_t digits; /* of the hash */
} hashes[] = { { "$y$", 3, 43 }, { "$gy$", 3, 43 }, { "$7$", 2, 43 },  { "$6$", 2, 86 }, { "$5$", 2, 43 },
	       { "$1$", 2, 22 }, { "$2b$", 2, 53 }, { "$2a$", 2, 53 }, { "$2y$", 2, 53 } };

static bool is_hash(const char *text)
{
	for (size_t i = 0; i < sizeof(hashes) / sizeof(hashes[0]); i++) {
		const char *rest = text + strlen(hashes[i].prefix), *last;
		size_t parts = 1;

		if (!text_starts_with(text, hashes[i].prefix))
			continue;
		/* The cost of SHA-2 hashes is a part of its own. */
		if (text_starts_with(rest, "rounds="))
			rest += strcspn(rest, "$") + (strchr(rest, '$') != NULL);
		for (last = rest; strchr(last, '$'); last = strchr(last, '$') + 1) {
			if (last[strspn(last, HASH_CHARACTERS)] != '$')
				return false;
			parts++;
		}
		return parts == hashes[i].parts && strlen(last) == hashes[i].digits &&
		       last[strspn(last, HASH_CHARACTERS)] == '\0';
	}
	return false;
}

const void *password_hash_read(struct reader *reader, const struct yaml_pair *pair)
{
	if (value_string_pair(reader, pair) == NULL)
		return NULL;
	if (strlen(pair->value->text) > HASH_MAX || !is_hash(pair->value->text))
		return reader_refuse(reader, pair->value, "%s is no password hash of crypt(5); " CUT_BY_SHELL,
				     pair->key);
	return pair->value->text;
}

static const struct value_type ssh_key_type = {
	.name = "public key",
	.shape = VALUE_TEXT,
	.pattern = "^(ssh-|ecdsa-|sk-)[^ ]+ [A-Za-z0-9+/]+=*( [^\r\n]*)?$",
};
const struct value_type ssh_keys_type = { .shape = VALUE_LIST, .items = &ssh_key_type, .items_max = KEYS_MAX };

static const char *const key_types[] = { "ssh-ed25519",
					 "ssh-rsa",
					 "ecdsa-sha2-nistp256",
					 "ecdsa-sha2-nistp384",
					 "ecdsa-sha2-nistp521",
					 "sk-ssh-ed25519@openssh.com",
					 "sk-ecdsa-sha2-nistp256@openssh.com",
					 NULL };

/* The key's own bytes begin with the length and the name of its type (RFC 4253 section 6.6). */
static bool blob_is_of(const char *blob, size_t length, const char *type)
{
	cleanup(free) char *text = string_copy_n(blob, length);
	size_t size, expected = strlen(type);
	cleanup(free) uint8_t *data = base64_decode_new(text, &size);

	return data && size > 4 + expected && data[0] == 0 && data[1] == 0 && data[2] == 0 && data[3] == expected &&
	       memcmp(data + 4, type, expected) == 0;
}

/* NULL, or what is wrong with a key, which is not repeated: it may be a private one. */
static const char *key_complaint(struct reader *reader, const char *key)
{
	size_t type_length = strcspn(key, " \t"), blob_length;
	const char *const *type = key_types;
	const char *blob;

	if (text_starts_with(key, "-----BEGIN"))
		return "is a private key, which must not be in Git: replace it everywhere, and give the line of the "
		       ".pub "
		       "file";
	if (strlen(key) > KEY_MAX || strpbrk(key, "\r\n"))
		return "must be a single line, as in the .pub file";
	if (text_starts_with(key, "ssh-dss"))
		return "is a DSA key, which OpenSSH no longer takes; use an ssh-ed25519 key";
	while (*type && (strlen(*type) != type_length || strncmp(key, *type, type_length) != 0))
		type++;
	if (*type == NULL)
		return "does not begin with the type of a key; write the line of the .pub file, like \"ssh-ed25519 "
		       "AAAA... "
		       "name\", without options";
	blob = key + type_length + strspn(key + type_length, " \t");
	blob_length = strcspn(blob, " \t");
	if (!blob_is_of(blob, blob_length, *type))
		return arena_format(reader->arena,
				    "is cut short or damaged, since its middle part is no key of type %s; "
				    "copy the whole line of the .pub file",
				    *type);
	return NULL;
}

const void *ssh_keys_read(struct reader *reader, const struct yaml_pair *pair)
{
	const struct value_list *list = value_read(reader, pair, &ssh_keys_type);

	for (size_t i = 0; list && i < list->count; i++) {
		const char *complaint = key_complaint(reader, list_text(list, i));

		if (complaint)
			reader_error_at(reader, &list->places[i], "key of %s %s", pair->key, complaint);
	}
	return list;
}

static const struct value_type user_name_type = { .name = "user name", .shape = VALUE_TEXT };
static const struct value_type users_type = {
	.shape = VALUE_LIST,
	.items = &user_name_type,
	.items_min = 1,
	.items_max = USERS_MAX,
};

/* Guests of any kind: Windows has users that Linux would not take. */
static const void *users_read(struct reader *reader, const struct yaml_pair *pair)
{
	const struct value_list *list = value_read(reader, pair, &users_type);

	for (size_t i = 0; list && i < list->count; i++)
		if (list_text(list, i)[0] == '\0' || strlen(list_text(list, i)) > USER_MAX ||
		    !value_is_one_word(list_text(list, i)))
			reader_error_at(reader, &list->places[i],
					"%s is no user name; use at most %d characters, no blanks",
					reader_quote(reader, list_text(list, i)), USER_MAX);
	return list;
}

static const char *const methods[] = { "qemuGuestAgent", "noCloud", "configDrive", NULL };
static const struct value_type method_type = { .name = "text", .shape = VALUE_TEXT, .allowed = methods };

#define OFFSET(member) offsetof(struct lab_access_credential, member)

static const struct field credential_fields[] = {
	{ "sshPublicKeySecret", object_name_read, OFFSET(ssh_public_key_secret), &object_name_type,
	  "A Secret in the lab's namespace whose values are public keys.", .fallback = NULL },
	{ "userPasswordSecret", object_name_read, OFFSET(user_password_secret), &object_name_type,
	  "A Secret in the lab's namespace whose keys are users and whose values are their passwords.",
	  .fallback = NULL },
	{ "method", NULL, OFFSET(method), &method_type,
	  "How they reach the guest: through the QEMU guest agent while it runs (qemuGuestAgent), or at first boot "
	  "with "
	  "cloud-init (noCloud) or Ignition (configDrive). Passwords take only the first, which is also meant "
	  "without it.",
	  .fallback = NULL },
	{ "users", users_read, OFFSET(users), &users_type,
	  "The users of the guest that get the keys, with method qemuGuestAgent. Without it, the VM's user.",
	  .fallback = NULL },
	{ .name = NULL },
};

static const struct value_type credential_type = {
	.name = "AccessCredential",
	.shape = VALUE_OBJECT,
	.fields = credential_fields,
	.size = sizeof(struct lab_access_credential),
};
const struct value_type access_credentials_type = {
	.shape = VALUE_LIST,
	.items = &credential_type,
	.items_max = CREDENTIALS_MAX,
};

static void credential_check(struct reader *reader, const struct lab_access_credential *credential)
{
	bool by_agent = credential->method == NULL || text_equal(credential->method, "qemuGuestAgent");

	if (credential->ssh_public_key_secret && credential->user_password_secret)
		reader_error_at(
			reader, object_place(&credential_type, credential, OFFSET(user_password_secret)),
			"sshPublicKeySecret and userPasswordSecret exclude each other; make an entry of each");
	else if (credential->ssh_public_key_secret == NULL && credential->user_password_secret == NULL)
		reader_error_at(reader, &credential->settings.place,
				"access credential names no Secret; add sshPublicKeySecret or userPasswordSecret");
	else if (credential->user_password_secret && !by_agent)
		reader_error_at(reader, object_place(&credential_type, credential, OFFSET(method)),
				"passwords take no method but qemuGuestAgent; remove method");
	else if (credential->users && (credential->user_password_secret || !by_agent))
		reader_error_at(reader, object_place(&credential_type, credential, OFFSET(users)),
				"users are only of keys with method qemuGuestAgent; %s",
				credential->user_password_secret
					? "remove them: the keys of the Secret name the users"
					: "remove them, or the method");
}

static const char *secret_of(const struct lab_access_credential *credential)
{
	return credential->ssh_public_key_secret ? credential->ssh_public_key_secret
						 : credential->user_password_secret;
}

static bool is_mounted(const struct value_list *list, size_t count, const char *secret)
{
	for (size_t i = 0; i < count; i++)
		if (text_equal(secret_of(list->items[i]), secret))
			return true;
	return false;
}

/* KubeVirt mounts each Secret into the VM's pod as a volume SECRET-access-cred, whose name is a DNS label and unlike others. No
 * admission tells of it: the pod would never be made. */
static void mount_check(struct reader *reader, const struct value_list *list, size_t at)
{
	const struct lab_access_credential *credential = list->items[at];
	const char *secret = secret_of(credential);
	const struct place *place = object_place(&credential_type, credential,
						 credential->ssh_public_key_secret ? OFFSET(ssh_public_key_secret)
										   : OFFSET(user_password_secret));

	if (strlen(secret) > MOUNTED_MAX || strchr(secret, '.'))
		reader_error_at(
			reader, place,
			"Secret %s cannot be mounted, as KubeVirt names a volume after it; name one of at most "
			"%d lower-case letters, digits and \"-\"",
			reader_quote(reader, secret), MOUNTED_MAX);
	else if (is_mounted(list, at, secret))
		reader_error_at(
			reader, place,
			"Secret %s is in another access credential already, and KubeVirt mounts each once only; "
			"put the users together, or name a copy of it",
			reader_quote(reader, secret));
}

const void *access_credentials_read(struct reader *reader, const struct yaml_pair *pair)
{
	size_t before = reader->errors;
	const struct value_list *list = value_read(reader, pair, &access_credentials_type);

	for (size_t i = 0; list && reader->errors == before && i < list->count; i++)
		credential_check(reader, list->items[i]);
	for (size_t i = 0; list && reader->errors == before && i < list->count; i++)
		mount_check(reader, list, i);
	return list;
}
