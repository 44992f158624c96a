/* How VM Operator's fields are written: enums in any case, since v1alpha1 had
 * them in lower case; fields that are known and do not hold here. */
#pragma once

#include "render/dialects/advice.h"
#include "render/lab/reader.h"

/* Standing of such fields in their tables. */
extern const struct value_type vmoperator_refused_type, vmoperator_ignored_type;

/* One of `allowed`, in any case, as it stands there first; NULL after it told what is wrong. */
const char *word_read(struct reader *reader, const struct yaml_pair *pair, const char *const *allowed);

/* Refuses, or passes over with a warning, what the advice for the pair's key says; NULL. */
const void *advice_refuse(struct reader *reader, const struct yaml_pair *pair, const struct advice *table);
const void *advice_warn(struct reader *reader, const struct yaml_pair *pair, const struct advice *table);

/* A mapping of which labsync knows some fields, and vSphere more: those are told of as being without effect, but for
 * `silent`, a list that ends with NULL. const void *: the struct of type->size. */
const void *open_read(struct reader *reader, const struct yaml_pair *pair, const struct value_type *type,
		      const char *const *silent);

/* False after it told that `text` is no domain. `what` is its name for the message. */
bool domain_check(struct reader *reader, const char *what, const char *text, size_t line, size_t column);

/* A value without content where a field was written, for values that are made of it. */
struct yaml_node *field_place(struct arena *arena, const struct value_type *type, const void *object, size_t offset);
