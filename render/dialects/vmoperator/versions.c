#include "render/dialects/vmoperator/versions.h"

#include <string.h>

#include "base/text.h"

enum { VERSION_FIRST = 1, VERSION_LAST = 4, STEP_MAX = 64 };

#define VERSION_PREFIX "vmoperator.vmware.com/v1alpha"

/* "[]" after a name: in each entry of the list. */
static const struct version_row {
	const char *path; /* below spec */
	int first, last;
	const char *instead; /* in the other versions; NULL: nothing */
} rows[] = {
	{ "networkInterfaces", 1, 1, "network.interfaces" },
	{ "vmMetadata", 1, 1, "bootstrap" },
	{ "ports", 1, 1, "a VirtualMachineService" },
	{ "resourcePolicyName", 1, 1, "reserved.resourcePolicyName" },
	{ "advancedOptions", 1, 1, "advanced" },
	{ "volumes[].vsphereVolume", 1, 1, "advanced.bootDiskCapacity" },
	{ "network", 2, 4, "networkInterfaces" },
	{ "bootstrap", 2, 4, "vmMetadata" },
	{ "reserved", 2, 4, "resourcePolicyName" },
	{ "advanced", 2, 4, "advancedOptions" },
	{ "image", 3, 4, "imageName" },
	{ "biosUUID", 3, 4, NULL },
	{ "instanceUUID", 3, 4, NULL },
	{ "guestID", 3, 4, NULL },
	{ "cdrom", 3, 4, NULL },
	{ "crypto", 3, 4, NULL },
	{ "affinity", 3, 4, NULL },
	{ "groupName", 3, 4, NULL },
	{ "promoteDisksMode", 3, 4, NULL },
	{ "network.domainName", 3, 4, NULL },
	{ "network.interfaces[].macAddr", 3, 4, NULL },
	{ "bootstrap.cloudInit.instanceID", 3, 4, NULL },
	{ "bootstrap.cloudInit.useGlobalNameserversAsDefault", 3, 4, NULL },
	{ "bootstrap.cloudInit.useGlobalSearchDomainsAsDefault", 3, 4, NULL },
	{ "bootstrap.cloudInit.waitOnNetwork4", 3, 4, NULL },
	{ "bootstrap.cloudInit.waitOnNetwork6", 3, 4, NULL },
	{ "bootOptions", 4, 4, NULL },
	{ "currentSnapshot", 4, 4, NULL },
};

struct version_checking {
	struct reader *reader;
	const struct version_row *row;
	int version;
	bool right;
};

static const char *versions_text(struct reader *reader, const struct version_row *row)
{
	if (row->first == row->last)
		return arena_format(reader->arena, "v1alpha%d", row->first);
	return arena_format(reader->arena, "v1alpha%d to v1alpha%d", row->first, row->last);
}

static void tell(struct version_checking *checking, const struct yaml_pair *pair)
{
	const struct version_row *row = checking->row;
	struct reader *reader = checking->reader;

	checking->right = false;
	if (row->instead)
		reader_error(reader, pair->line, pair->column, "%s is a field of %s; in v1alpha%d, use %s", pair->key,
			     versions_text(reader, row), checking->version, row->instead);
	else
		reader_error(reader, pair->line, pair->column,
			     "%s is a field of %s; write apiVersion: " VERSION_PREFIX "%d, or remove it", pair->key,
			     versions_text(reader, row), row->last);
}

/* The path is taken apart step by step; at its end is the field in question. */
static void walk(struct version_checking *checking, const struct yaml_node *mapping, const char *path)
{
	size_t length = strcspn(path, ".[");
	char name[STEP_MAX];
	const struct yaml_pair *pair;

	memcpy(name, path, length);
	name[length] = '\0';
	pair = yaml_get_pair(mapping, name);
	if (pair == NULL)
		return;
	path += length;
	if (*path == '\0') {
		if (pair->value->kind != YAML_NULL)
			tell(checking, pair);
	} else if (*path == '.') {
		walk(checking, pair->value, path + 1);
	} else if (pair->value->kind == YAML_SEQUENCE) {
		for (size_t i = 0; i < pair->value->count; i++)
			walk(checking, pair->value->items[i], path + strlen("[]."));
	}
}

static int version_of(const struct fact *document)
{
	for (int version = VERSION_FIRST; version < VERSION_LAST; version++) {
		char text[sizeof(VERSION_PREFIX) + 1] = VERSION_PREFIX;

		text[strlen(VERSION_PREFIX)] = (char)('0' + version);
		if (text_equal(document->version, text))
			return version;
	}
	return VERSION_LAST;
}

bool version_check(struct reader *reader, const struct fact *document)
{
	struct version_checking checking = { .reader = reader, .version = version_of(document), .right = true };

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		checking.row = &rows[i];
		if (checking.version < rows[i].first || checking.version > rows[i].last)
			walk(&checking, document->spec, rows[i].path);
	}
	return checking.right;
}
