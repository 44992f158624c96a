#include "render/objects/firmware.h"

#include "base/digest.h"
#include "base/memory.h"
#include "base/text.h"
#include "render/lab/object_names.h"
#include "render/objects/given.h"

static bool is_efi(const struct lab_firmware *firmware)
{
	return firmware && text_equal(firmware->bootloader, "efi");
}

/* KubeVirt takes EFI that says nothing of secure boot for EFI with it, and then
 * refuses a VM without SMM. Said outright, it is what the person wrote. */
static json_t *bootloader_build(const struct lab_firmware *firmware)
{
	json_t *efi;

	if (firmware == NULL || firmware->bootloader == NULL)
		return NULL;
	if (!is_efi(firmware))
		return json_pack("{s:{}}", "bios");
	efi = json_pack("{s:b}", "secureBoot", given_is_true(firmware->secure_boot));
	if (given_is_true(firmware->persistent))
		json_object_set_new(efi, "persistent", json_true());
	return json_pack("{s:o}", "efi", efi);
}

/* KubeVirt invents both at creation when they are unset, and shows the UUID to
 * cloud-init as the instance-id. Derived from the name, a VM that is deleted
 * and made again on its kept disk is still the same instance to its guest. */
json_t *firmware_build(const struct lab *lab, const struct lab_node *node)
{
	const struct lab_firmware *given = node->vm->firmware;
	cleanup(free) char *name = name_node_identity_new(lab, node->name);
	char derived[UUID_TEXT_SIZE];
	const char *uuid = given ? given->uuid : NULL, *serial = given ? given->serial : NULL;

	uuid_from_name(name, derived);
	return json_pack("{s:s, s:s, s:o*}", "uuid", uuid ? uuid : derived, "serial", serial ? serial : derived,
			 "bootloader", bootloader_build(given));
}

bool firmware_needs_smm(const struct lab_vm *vm)
{
	return is_efi(vm->firmware) && given_is_true(vm->firmware->secure_boot);
}
