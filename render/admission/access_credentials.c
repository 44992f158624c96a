#include "render/admission/rules.h"

static bool some_volume_is(const struct machine_view *machine, const char *source)
{
	for (size_t i = 0; i < place_count(&machine->volumes); i++) {
		struct place volume = place_item_any(&machine->volumes, i);

		if (place_has(&volume, source))
			return true;
	}
	return false;
}

/* Each way in which a key reaches the guest, and the volume that it then needs. */
static const struct way {
	const char *method, *volume;
} ways[] = {
	{ "noCloud", "cloudInitNoCloud" },
	{ "configDrive", "cloudInitConfigDrive" },
};

static void volumes_are_there(const struct machine_view *machine, const struct place *method)
{
	for (size_t i = 0; i < sizeof(ways) / sizeof(ways[0]); i++) {
		if (place_has(method, ways[i].method) && !some_volume_is(machine, ways[i].volume))
			refuse_at(method, ways[i].method, "this needs a volume with %s, and there is none; add one",
				  ways[i].volume);
	}
}

static void key_users(const struct place *method)
{
	struct place agent = place_object(method, "qemuGuestAgent");
	struct place users = place_list(&agent, "users");

	if (place_is_given(&agent) && json_array_size(users.value) == 0)
		refuse(&users, "the guest agent needs to know whose keys they are; name at least one user");
}

static void one_of_each(const struct place *credential, const char *const *methods)
{
	struct place source = place_object(credential, "source");
	struct place method = place_object(credential, "propagationMethod");

	if (!place_has(&source, "secret"))
		refuse(&source, "an access credential comes from a Secret; give source.secret.secretName");
	if (place_count_given(&method, methods, NULL) != 1)
		refuse(&method, "an access credential has exactly one propagationMethod; give one");
}

/* A61 */
void rules_access_credentials(const struct machine_view *machine)
{
	static const char *const kinds[] = { "sshPublicKey", "userPassword", NULL };
	static const char *const key_methods[] = { "noCloud", "configDrive", "qemuGuestAgent", NULL };
	static const char *const password_methods[] = { "qemuGuestAgent", NULL };
	struct place list = place_list(&machine->instance, "accessCredentials");

	for (size_t i = 0; i < place_count(&list); i++) {
		struct place credential = place_item(&list, i);
		struct place key = place_object(&credential, kinds[0]);
		struct place password = place_object(&credential, kinds[1]);
		struct place method = place_object(&key, "propagationMethod");

		if (place_is_given(&credential) && place_count_given(&credential, kinds, NULL) != 1)
			refuse(&credential, "an access credential is a sshPublicKey or a userPassword; give one");
		if (place_is_given(&key))
			one_of_each(&key, key_methods);
		if (place_is_given(&password))
			one_of_each(&password, password_methods);
		volumes_are_there(machine, &method);
		key_users(&method);
	}
}
