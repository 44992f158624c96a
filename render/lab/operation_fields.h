/* The field `operations`: how an operation is written, and what it may be asked of. */
#pragma once

#include "render/lab/lab.h"
#include "render/lab/reader.h"

enum { OPERATIONS_MAX = 1000 };

/* By enum operation_type; ends with NULL. */
extern const char *const operation_type_names[];

extern const struct value_type operations_type;

/* A field's reader; const struct value_list * of struct lab_operation. NULL after any error in it, since more would only be told
 * of what was not taken. */
const void *operations_read(struct reader *reader, const struct yaml_pair *pair);

/* Sets lab->operations from `list` of struct lab_operation, which may be NULL; the lab's nodes are settled. */
void operations_settle(struct reader *reader, const struct value_list *list, struct lab *lab);
