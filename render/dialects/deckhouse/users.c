#include "render/dialects/deckhouse/users.h"

#include <string.h>

#include "base/text.h"

struct wanted {
	const char *kind, *name;
};

static bool refers_to(const struct yaml_node *reference, const struct wanted *device)
{
	const struct yaml_node *kind = yaml_get(reference, "kind"), *name = yaml_get(reference, "name");

	return kind && name && text_equal(kind->text, device->kind) && text_equal(name->text, device->name);
}

static bool lists(const struct fact *machine, const struct wanted *device)
{
	const struct yaml_node *list = yaml_get(machine->spec, "blockDeviceRefs");

	for (size_t i = 0; list && list->kind == YAML_SEQUENCE && i < list->count; i++)
		if (refers_to(list->items[i], device))
			return true;
	return false;
}

/* The next VM with the device in its list; *at as facts_next_saying() has it. */
static const struct fact *next_listing(const struct translation *translation, const struct wanted *device, size_t *at)
{
	const struct fact *machine;

	while ((machine = facts_next_saying(translation->facts, DECKHOUSE, DECKHOUSE_MACHINE,
					    translation->namespace_name, device->name, at)))
		if (lists(machine, device))
			return machine;
	return NULL;
}

static const struct fact *next_attachment(const struct translation *translation, const struct wanted *device,
					  size_t *at)
{
	const struct fact *attachment;

	while ((attachment = facts_next_saying(translation->facts, DECKHOUSE, DECKHOUSE_ATTACHMENT,
					       translation->namespace_name, device->name, at)))
		if (refers_to(yaml_get(attachment->spec, "blockDeviceRef"), device))
			return attachment;
	return NULL;
}

bool device_is_listed(const struct translation *translation, const char *kind, const char *name)
{
	const struct wanted device = { kind, name };
	size_t at = 0;

	return next_listing(translation, &device, &at);
}

bool device_is_attached(const struct translation *translation, const char *kind, const char *name)
{
	const struct wanted device = { kind, name };
	size_t at = 0;

	return next_attachment(translation, &device, &at);
}

/* NULL when it is not in the repository. */
static const struct fact *machine_of(const struct translation *translation, const struct fact *attachment)
{
	const struct yaml_node *name = yaml_get(attachment->spec, "virtualMachineName");

	return name && name->text ? facts_find(translation->facts, DECKHOUSE, DECKHOUSE_MACHINE,
					       translation->namespace_name, name->text)
				  : NULL;
}

const struct fact *device_user_before(const struct translation *translation, const char *kind, const char *name,
				      const char *machine)
{
	const struct wanted device = { kind, name };
	const struct fact *user, *attachment;
	size_t at = 0;

	while ((user = next_listing(translation, &device, &at)))
		if (strcmp(user->name, machine) < 0)
			return user;
	at = 0;
	while ((attachment = next_attachment(translation, &device, &at))) {
		user = machine_of(translation, attachment);
		if (user && strcmp(user->name, machine) < 0)
			return user;
	}
	return NULL;
}
