/* What the guest is told: the init program, own user data, passwords, keys. */
#include "base/text.h"
#include "render/lab/exclusive.h"
#include "render/lab/tell_once.h"
#include "render/lab/vm_check.h"
#include "render/lab/vm_fields.h"
#include "render/lab/vm_guest.h"
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

/* Fields of cloudInit that are of `only` alone. From a layer below, they were for VMs with it. */
static void only_needed_check(struct vm_check *check, struct lab_own_init *own, size_t offset, const char *name)
{
	if (!field_is_set(own, offset))
		return;
	if (field_layer(&cloud_init_type, own, offset) >=
	    field_layer(&cloud_init_type, own, offsetof(struct lab_own_init, only)))
		vm_check_refuse(
			check, object_place(&cloud_init_type, own, offset),
			"%s needs \"only: true\", since labsync's own network data has another form; add it, or "
			"remove %s",
			name, name);
	field_drop(own, offset);
}

static void cloud_init_check(struct vm_check *check, struct lab_own_init *own)
{
	static const size_t networks[] = { offsetof(struct lab_own_init, network_data),
					   offsetof(struct lab_own_init, network_data_secret) };
	bool has_network = own->network_data || own->network_data_secret;
	bool is_alone = own->only && *own->only;

	if (!is_alone && text_equal(own->type, CLOUD_INIT_CONFIG_DRIVE))
		only_needed_check(check, own, offsetof(struct lab_own_init, type), "type ConfigDrive");
	if (!is_alone) {
		only_needed_check(check, own, networks[0], "networkData");
		only_needed_check(check, own, networks[1], "networkDataSecret");
	} else if (has_network) {
		exclusive_settle(check->reader, &cloud_init_type, own, networks, 2);
	}
}

/* The ways to give something at all; of ignition the latter two are never set. */
static bool is_empty(const struct lab_own_init *own)
{
	return own->user_data == NULL && own->file == NULL && own->secret == NULL && own->network_data == NULL &&
	       own->network_data_secret == NULL;
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
	if (is_empty(own) && check->complete)
		vm_check_refuse(check, &own->settings.place, "%s is empty; add %s, file%s secret%s", name, text_name,
				own->only && *own->only ? "," : " or",
				own->only && *own->only ? " or networkData" : "");
	if (type == &cloud_init_type)
		cloud_init_check(check, own);
	exclusive_settle(check->reader, type, own, sources, SOURCE_COUNT);
	return own;
}

static bool has_agent_user(const struct lab_vm *vm)
{
	return vm->password_secret || (vm->access_credentials && vm->access_credentials->count > 0);
}

/* What is set beside something that keeps it from the guest. `own` is the field that does. */
static void unused_warn(struct vm_check *check, size_t own, const char *why)
{
	static const struct {
		size_t offset;
		const char *name;
	} unused[] = { { OFFSET(password), "passwd" },
		       { OFFSET(password_hash), "passwdHash" },
		       { OFFSET(ssh_keys), "sshKeys" },
		       { OFFSET(user), "user" } };
	/* Through the guest agent, that user gets its password and keys all the same. */
	size_t count = sizeof(unused) / sizeof(unused[0]) - has_agent_user(check->vm);

	for (size_t i = 0; i < count; i++)
		if (field_is_set(check->vm, unused[i].offset) &&
		    object_origin(&vm_type, check->vm, unused[i].offset) &&
		    vm_check_layer(check, unused[i].offset) >= vm_check_layer(check, own))
			reader_warn_once(check->reader, vm_check_place(check, unused[i].offset),
					 "%s has no effect, since %s", unused[i].name, why);
}

static void unused_check(struct vm_check *check, enum init_method init)
{
	struct lab_vm *vm = check->vm;

	if (vm->cloud_init && vm->cloud_init->secret)
		unused_warn(check, OFFSET(cloud_init),
			    "the Secret of cloudInit is used as it is; put it into the Secret");
	else if (cloud_init_is_alone(vm))
		unused_warn(check, OFFSET(cloud_init),
			    "with cloudInit.only the guest gets nothing of labsync's; put it into the user data");
	if (vm->ignition && vm->ignition->secret)
		unused_warn(check, OFFSET(ignition),
			    "the Secret of ignition is used as it is; put it into the Secret");
	if (init == INIT_SYSPREP)
		unused_warn(check, OFFSET(init), "init is sysprep; put it into the answer file");
	if (init == INIT_NONE)
		unused_warn(check, OFFSET(init), "init is none; remove it, or choose another init");
	/* The guest has none of labsync's passwords then, and who looks at the VM must not think so. */
	if (init == INIT_SYSPREP || init == INIT_NONE || cloud_init_is_alone(vm))
		vm->password = vm->password_hash = NULL;
}

/* KubeVirt hands keys to the program that reads the VM's init volume. */
static const char *method_of(const struct vm_check *check, enum init_method init)
{
	const struct lab_own_init *own = check->vm->cloud_init;

	if (init == INIT_IGNITION)
		return "configDrive";
	if (init != INIT_CLOUD_INIT)
		return NULL;
	return own && text_equal(own->type, CLOUD_INIT_CONFIG_DRIVE) ? "configDrive" : "noCloud";
}

static void credential_check(struct vm_check *check, const char *method, const char *right, const struct place *place)
{
	bool is_config_drive = text_equal(method, "configDrive");

	if (method == NULL || text_equal(method, "qemuGuestAgent") || text_equal(method, right))
		return;
	if (right == NULL)
		vm_check_refuse(check, place, "method %s needs init: cloud-init or ignition; use qemuGuestAgent",
				method);
	else
		vm_check_refuse(check, place, "method %s needs %s; use %s or qemuGuestAgent", method,
				is_config_drive ? "init: ignition, or cloudInit.type ConfigDrive"
						: "init: cloud-init, with cloudInit.type NoCloud",
				right);
}

static void credentials_check(struct vm_check *check, enum init_method init)
{
	const struct value_list *list = check->vm->access_credentials;

	for (size_t i = 0; list && i < list->count; i++) {
		const struct lab_access_credential *credential = list->items[i];

		credential_check(check, credential->method, method_of(check, init), &list->places[i]);
	}
}

/* The answer file, which nothing stands for. */
static void sysprep_check(struct vm_check *check, enum init_method init)
{
	static const size_t ways[] = { offsetof(struct lab_sysprep, secret),
				       offsetof(struct lab_sysprep, config_map) };
	struct lab_sysprep *sysprep;

	if (init != INIT_SYSPREP)
		return;
	if (check->vm->sysprep == NULL) {
		if (check->complete)
			vm_check_refuse(check, VM_PLACE(check, init),
					"init: sysprep needs an answer file; add \"sysprep: {secret: NAME}\"");
		return;
	}
	sysprep = arena_new(check->reader->arena, sizeof(*sysprep));
	*sysprep = *check->vm->sysprep;
	if (sysprep->secret || sysprep->config_map)
		exclusive_settle(check->reader, &sysprep_type, sysprep, ways, 2);
	else if (check->complete)
		vm_check_refuse(check, &sysprep->settings.place, "sysprep is empty; add secret or configMap");
	check->vm->sysprep = sysprep;
}

void vm_check_init(struct vm_check *check)
{
	struct lab_vm *vm = check->vm;
	enum init_method init = vm->init ? *vm->init : INIT_CLOUD_INIT;

	if (init != INIT_CLOUD_INIT)
		other_init_check(check, OFFSET(cloud_init), "cloudInit", "cloud-init");
	if (init != INIT_IGNITION)
		other_init_check(check, OFFSET(ignition), "ignition", "ignition");
	if (init != INIT_SYSPREP)
		other_init_check(check, OFFSET(sysprep), "sysprep", "sysprep");
	vm->cloud_init = own_init_settle(check, &cloud_init_type, vm->cloud_init, "cloudInit", "userData");
	vm->ignition = own_init_settle(check, &ignition_type, vm->ignition, "ignition", "config");
	exclusive_settle(check->reader, &vm_type, vm, passwords, PASSWORD_COUNT);
	sysprep_check(check, init);
	credentials_check(check, init);
	unused_check(check, init);
}
