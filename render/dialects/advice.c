#include "render/dialects/advice.h"

#include "base/text.h"

const char *advice_find(const struct advice *table, const char *field)
{
	while (table->field && !text_equal(table->field, field))
		table++;
	return table->text;
}
