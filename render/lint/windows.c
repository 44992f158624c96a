/* Rules about Windows guests. */
#include <string.h>

#include "base/text.h"
#include "render/lint/rules.h"

enum { NETBIOS_NAME_MAX = 15 };

void lint_windows_name(struct lint *lint, const struct lab *lab)
{
	for (size_t i = 0; i < lab->node_count; i++) {
		const struct lab_node *node = &lab->nodes[i];
		struct place place = lint_node_place(lab, node);
		const char *name;

		if (node->vm == NULL || !text_equal(node->vm->guest_os, "windows"))
			continue;
		name = node->vm->hostname ? node->vm->hostname : node->name;
		if (strlen(name) > NETBIOS_NAME_MAX)
			lint_tell(lint, &place,
				  "host name \"%s\" has %zu characters, of which Windows shows others the first %d; "
				  "set a "
				  "shorter hostname",
				  name, strlen(name), NETBIOS_NAME_MAX);
	}
}
