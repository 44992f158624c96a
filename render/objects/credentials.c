#include "render/objects/credentials.h"

#include "base/text.h"
#include "render/objects/given.h"

static json_t *source_build(const char *secret)
{
	return json_pack("{s:{s:s}}", "secret", "secretName", secret);
}

/* The Secret has a key for each user, with the password. */
static json_t *password_build(const char *secret)
{
	return json_pack("{s:{s:o, s:{s:{}}}}", "userPassword", "source", source_build(secret), "propagationMethod",
			 "qemuGuestAgent");
}

/* The guest agent wants to know whose the keys are: labsync's user, unless others are named. */
static json_t *method_build(const struct lab_vm *vm, const struct lab_access_credential *credential)
{
	const char *method = credential->method ? credential->method : "qemuGuestAgent";
	json_t *users;

	if (!text_equal(method, "qemuGuestAgent"))
		return json_pack("{s:{}}", method);
	users = given_list_build(credential->users);
	if (json_array_size(users) == 0)
		json_array_append_new(users, json_string(vm->user));
	return json_pack("{s:{s:o}}", method, "users", users);
}

static json_t *credential_build(const struct lab_vm *vm, const struct lab_access_credential *credential)
{
	if (credential->user_password_secret)
		return password_build(credential->user_password_secret);
	return json_pack("{s:{s:o, s:o}}", "sshPublicKey", "source", source_build(credential->ssh_public_key_secret),
			 "propagationMethod", method_build(vm, credential));
}

json_t *credentials_build(const struct lab_vm *vm)
{
	json_t *list = json_array();

	if (vm->password_secret)
		json_array_append_new(list, password_build(vm->password_secret));
	for (size_t i = 0; vm->access_credentials && i < vm->access_credentials->count; i++)
		json_array_append_new(list, credential_build(vm, vm->access_credentials->items[i]));
	if (json_array_size(list) > 0)
		return list;
	json_decref(list);
	return NULL;
}
