#include "render/objects/password.h"

#include <crypt.h>
#include <string.h>

#include "base/digest.h"
#include "base/memory.h"

enum { SALT_LENGTH = 16 };

void passwords_deinit(struct passwords *passwords)
{
	json_decref(passwords->hashes);
	passwords->hashes = NULL;
}

static char *setting_new(const char *namespace_name, const char *user)
{
	cleanup(free) char *name = string_format("labsync/password/%s/%s", namespace_name, user);
	char hash[SHA256_TEXT_SIZE];

	return string_format("$6$%.*s", SALT_LENGTH, sha256_text(name, strlen(name), hash));
}

static bool hash_compute(json_t *hashes, const char *key, const char *setting, const char *password,
			 struct error *err)
{
	cleanup(free) struct crypt_data *data = memory_new(sizeof(*data)); /* 32 KiB: too much for a stack */
	/* Not crypt_r(): AddressSanitizer stands in for that one, and libcrypt is then not even linked. */
	const char *hash = crypt_rn(password, setting, data, sizeof(*data));

	if (hash)
		json_object_set_new(hashes, key, json_string(hash));
	explicit_bzero(data, sizeof(*data));
	if (json_object_get(hashes, key) == NULL)
		return error_set(err, ERROR_INVALID, "the password cannot be hashed; use fewer than %d characters",
				 CRYPT_MAX_PASSPHRASE_SIZE);
	return true;
}

const char *passwords_hash(struct passwords *passwords, const char *namespace_name, const char *user,
			   const char *password, struct error *err)
{
	cleanup(free) char *key = string_format("%s/%s/%s", namespace_name, user, password);
	cleanup(free) char *setting = NULL;
	const char *known = json_string_value(json_object_get(passwords->hashes, key));

	if (known)
		return known;
	if (passwords->hashes == NULL)
		passwords->hashes = json_object();
	setting = setting_new(namespace_name, user);
	if (!hash_compute(passwords->hashes, key, setting, password, err))
		return NULL;
	return json_string_value(json_object_get(passwords->hashes, key));
}
