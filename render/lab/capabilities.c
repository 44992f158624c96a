#include "render/lab/capabilities.h"

#include <ctype.h>

#include "base/text.h"

#define PREFIX "CAP_"

/* capabilities(7), and ALL, which Kubernetes adds. */
static const char *const names[] = {
	"ALL",
	"AUDIT_CONTROL",
	"AUDIT_READ",
	"AUDIT_WRITE",
	"BLOCK_SUSPEND",
	"BPF",
	"CHECKPOINT_RESTORE",
	"CHOWN",
	"DAC_OVERRIDE",
	"DAC_READ_SEARCH",
	"FOWNER",
	"FSETID",
	"IPC_LOCK",
	"IPC_OWNER",
	"KILL",
	"LEASE",
	"LINUX_IMMUTABLE",
	"MAC_ADMIN",
	"MAC_OVERRIDE",
	"MKNOD",
	"NET_ADMIN",
	"NET_BIND_SERVICE",
	"NET_BROADCAST",
	"NET_RAW",
	"PERFMON",
	"SETFCAP",
	"SETGID",
	"SETPCAP",
	"SETUID",
	"SYSLOG",
	"SYS_ADMIN",
	"SYS_BOOT",
	"SYS_CHROOT",
	"SYS_MODULE",
	"SYS_NICE",
	"SYS_PACCT",
	"SYS_PTRACE",
	"SYS_RAWIO",
	"SYS_RESOURCE",
	"SYS_TIME",
	"SYS_TTY_CONFIG",
	"WAKE_ALARM",
	NULL,
};

enum { CAPABILITIES_MAX = sizeof(names) / sizeof(names[0]) - 1 };

static const struct value_type capability_type = { .name = "capability",
						   .shape = VALUE_TEXT,
						   .pattern = "^[A-Z_]+$" };
const struct value_type capabilities_type = {
	.shape = VALUE_LIST,
	.items = &capability_type,
	.items_max = CAPABILITIES_MAX,
};

/* What a person meant who wrote "cap_net_admin" or "NET_ADMN"; NULL when nothing is near. */
static const char *capability_meant(struct reader *reader, const char *text)
{
	char *upper = arena_format(reader->arena, "%s", text);
	const char *name = upper;

	for (char *c = upper; *c; c++)
		*c = (char)toupper((unsigned char)*c);
	if (text_starts_with(name, PREFIX))
		name += sizeof(PREFIX) - 1;
	return text_nearest(name, names);
}

static bool is_known(const char *text)
{
	for (const char *const *name = names; *name; name++)
		if (text_equal(*name, text))
			return true;
	return false;
}

static bool capability_check(struct reader *reader, const char *text, const struct place *place)
{
	const char *meant;

	if (is_known(text))
		return true;
	meant = capability_meant(reader, text);
	if (meant && text_starts_with(text, PREFIX) && text_equal(text + sizeof(PREFIX) - 1, meant))
		reader_error_at(reader, place, "capability %s stands without " PREFIX " in Kubernetes; write %s",
				reader_quote(reader, text), meant);
	else if (meant)
		reader_error_at(reader, place, "capability %s is not known; did you mean \"%s\"?",
				reader_quote(reader, text), meant);
	else
		reader_error_at(reader, place,
				"capability %s is not known; use the names of capabilities(7) without " PREFIX
				", like NET_ADMIN",
				reader_quote(reader, text));
	return false;
}

const void *capabilities_read(struct reader *reader, const struct yaml_pair *pair)
{
	const struct value_list *list = value_read(reader, pair, &capabilities_type);
	size_t before = reader->errors;

	for (size_t i = 0; list && i < list->count; i++) {
		if (!capability_check(reader, list_text(list, i), &list->places[i]))
			continue;
		for (size_t k = 0; k < i; k++)
			if (text_equal(list_text(list, k), list_text(list, i))) {
				reader_error_at(reader, &list->places[i], "capability %s is listed twice; keep one",
						list_text(list, i));
				break;
			}
	}
	return reader->errors == before ? list : NULL;
}
