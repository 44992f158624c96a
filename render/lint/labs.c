/* Rules about a lab as a whole. */
#include "render/lint/rules.h"

void lint_expired(struct lint *lint, const struct lab *lab)
{
	struct place place = { lab->path, lab->line, lab->column };

	if (lab->expired)
		lint_tell(lint, &place,
			  "lab \"%s\" has expired, so that labsync takes it away; set a later date, or remove it",
			  lab->name);
}
