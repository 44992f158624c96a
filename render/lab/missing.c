#include "render/lab/missing.h"

void setting_missing(struct reader *reader, const char *node, const struct place *place, const char *type,
		     const char *field)
{
	reader_error_at(reader, place,
			"node \"%s\" has no %s; set it in the node, in spec.defaults.%s.%s of the Lab, or in "
			"spec.defaultNode.%s.%s of a KNLConfig named knlcfg",
			node, field, type, field, type, field);
}
