/* What the guest is told: the init program, own user data, passwords, keys. */
#include "base/text.h"
#include "render/lab/exclusive.h"
#include "render/lab/tell_once.h"
#include "render/lab/vm_check.h"
#include "render/lab/vm_fields.h"
#include "render/lab/vm_init.h"

#define OFFSET(member) offsetof(struct lab_vm, member)

static const size_t passwords[] = { OFFSET(password), OFFSET(password_hash), OFFSET(password_secret) };
static const size_t sources[] = { offsetof(struct lab_own_init, user_data), offsetof(struct lab_own_init, file),
				  offsetof(struct lab_own_init, secret) };

enum {
	PASSWORD_COUNT = sizeof(passwords) / sizeof(passwords[0]),
	SOURCE_COUNT = sizeof(sources) / sizeof(sources[0])
};

/* What the other init program would be told. Inherited, it is for other nodes; given
 * beside or above `init`, somebody counts on it. */
static void other_init_check(struct vm_check *check, size_t offset, const char *name, const char *needed)
{
	if (!field_is_set(check->vm, offset))
		return;
	if (vm_check_layer(check, offset) >= VM_LAYER(check, init))
		vm_check_refuse(check, vm_check_place(check, offset), "%s needs init: %s; set that, or remove it",
				name, needed);
	field_drop(check->vm, offset);
}

static const struct lab_own_init *own_init_settle(struct vm_check *check, const struct value_type *type,
						  const struct lab_own_init *given, const char *name,
						  const char *text_name)
{
	struct lab_own_init *own;

	if (given == NULL)
		return NULL;
	own = arena_new(check->reader->arena, sizeof(*own));
	*own = *given;
	if (own->user_data || own->file || own->secret)
		exclusive_settle(check->reader, type, own, sources, SOURCE_COUNT);
	else if (check->complete)
		vm_check_refuse(check, &own->settings.place, "%s is empty; add %s, file or secret", name, text_name);
	return own;
}

/* A Secret of one's own is used as it is: what is set beside it does not reach the guest. */
static void unused_warn(struct vm_check *check, size_t own, const char *name)
{
	static const struct {
		size_t offset;
		const char *name;
	} unused[] = { { OFFSET(user), "user" },
		       { OFFSET(password), "passwd" },
		       { OFFSET(password_hash), "passwdHash" },
		       { OFFSET(ssh_keys), "sshKeys" } };

	for (size_t i = 0; i < sizeof(unused) / sizeof(unused[0]); i++)
		if (field_is_set(check->vm, unused[i].offset) &&
		    object_origin(&vm_type, check->vm, unused[i].offset) &&
		    vm_check_layer(check, unused[i].offset) >= vm_check_layer(check, own))
			reader_warn_once(
				check->reader, vm_check_place(check, unused[i].offset),
				"%s has no effect, since the Secret of %s is used as it is; put it into the Secret",
				unused[i].name, name);
}

/* KubeVirt hands keys to the program that reads the VM's init volume. */
static void credentials_check(struct vm_check *check, enum init_method init)
{
	const struct value_list *list = check->vm->access_credentials;
	const char *wrong = init == INIT_IGNITION ? "noCloud" : "configDrive";

	for (size_t i = 0; list && i < list->count; i++) {
		const struct lab_access_credential *credential = list->items[i];

		if (text_equal(credential->method, wrong))
			vm_check_refuse(check, &list->places[i], "method %s needs init: %s; use %s or qemuGuestAgent",
					wrong, init == INIT_IGNITION ? "cloud-init" : "ignition",
					init == INIT_IGNITION ? "configDrive" : "noCloud");
	}
}

void vm_check_init(struct vm_check *check)
{
	struct lab_vm *vm = check->vm;
	enum init_method init = vm->init ? *vm->init : INIT_CLOUD_INIT;

	if (init == INIT_IGNITION)
		other_init_check(check, OFFSET(cloud_init), "cloudInit", "cloud-init");
	else
		other_init_check(check, OFFSET(ignition), "ignition", "ignition");
	vm->cloud_init = own_init_settle(check, &cloud_init_type, vm->cloud_init, "cloudInit", "userData");
	vm->ignition = own_init_settle(check, &ignition_type, vm->ignition, "ignition", "config");
	exclusive_settle(check->reader, &vm_type, vm, passwords, PASSWORD_COUNT);
	credentials_check(check, init);
	if (vm->cloud_init && vm->cloud_init->secret)
		unused_warn(check, OFFSET(cloud_init), "cloudInit");
	if (vm->ignition && vm->ignition->secret)
		unused_warn(check, OFFSET(ignition), "ignition");
}
